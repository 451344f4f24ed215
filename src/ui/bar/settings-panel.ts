/*
 * What a person sets once on this device: a name, the language, the hand, what fingers do.
 */
import type { Choices, Preferences } from "../choices/choices.ts";
import { element, listen } from "../widgets/dom.ts";
import { LANGUAGES } from "../words/languages.ts";
import type { Strings } from "../words/strings.ts";

const MAX_NAME = 40;

type Flag = { [K in keyof Preferences]: Preferences[K] extends boolean ? K : never }[keyof Preferences];

/** What a person prefers on this device. */
export function createSettingsPanel({
  strings,
  choices,
}: {
  readonly strings: Strings;
  readonly choices: Choices;
}): { readonly content: HTMLElement; update(): void; close(): void } {
  const name = element("input", {
    id: "own-name",
    class: "text-input",
    attributes: {
      type: "text",
      maxlength: String(MAX_NAME),
      autocomplete: "off",
      "aria-describedby": "own-name-hint",
    },
  });
  listen(name, "change", () => choices.prefer({ name: name.value.trim() }));
  listen(name, "keydown", (event) => {
    if (event.key === "Enter") name.blur();
  });
  const language = element(
    "select",
    { id: "language", class: "text-input" },
    [{ code: "", name: strings.deviceLanguage }, ...LANGUAGES].map(({ code, name: text }) =>
      element("option", { text, attributes: { value: code, lang: code } }),
    ),
  );
  listen(language, "change", () => choices.prefer({ language: language.value }));

  const flag = (preference: Flag, label: string) => {
    const input = element("input", {
      id: `prefer-${preference}`,
      attributes: { type: "checkbox", role: "switch" },
    });
    listen(input, "change", () => choices.prefer({ [preference]: input.checked }));
    return {
      preference,
      input,
      row: element("label", { class: "setting-row switch" }, [
        element("span", { text: label }),
        input,
        element("span", { class: "switch-look", attributes: { "aria-hidden": "true" } }),
      ]),
    };
  };
  const flags = [
    flag("leftHanded", strings.leftHanded),
    flag("fingersPan", strings.fingersMove),
    flag("recognizeShapes", strings.recognizeShapes),
    flag("haptics", strings.haptics),
  ];
  const field = (label: string, input: HTMLElement, ...below: readonly HTMLElement[]): HTMLElement =>
    element("div", { class: "setting-field" }, [
      element("label", { text: label, attributes: { for: input.id } }),
      input,
      ...below,
    ]);

  const update = (): void => {
    const preferences = choices.preferences();
    if (document.activeElement !== name) name.value = preferences.name;
    language.value = preferences.language;
    for (const { preference, input } of flags) input.checked = preferences[preference];
  };
  return {
    content: element("div", { class: "settings" }, [
      field(
        strings.yourName,
        name,
        element("p", { id: "own-name-hint", class: "quiet", text: strings.yourNameHint }),
      ),
      field(strings.chooseLanguage, language),
      ...flags.map(({ row }) => row),
    ]),
    update,
    close: choices.onChange(update),
  };
}
