/*
 * What a person sets once on this device: a name, the language, the hand, what fingers do.
 */
import type { Choices } from "../choices/choices.ts";
import type { Preferences } from "../choices/settings.ts";
import { element, listen } from "../widgets/dom.ts";
import { createNameField } from "../widgets/name-field.ts";
import { LANGUAGES } from "../words/languages.ts";
import type { Strings } from "../words/strings.ts";

type Flag = { [K in keyof Preferences]: Preferences[K] extends boolean ? K : never }[keyof Preferences];

/** What a person prefers on this device. */
export interface SettingsPanel {
  readonly content: HTMLElement;
  update(): void;
  /** The keyboard goes to the field of the name. */
  askName(): void;
}

export function createSettingsPanel({
  strings,
  choices,
  canConnect,
}: {
  readonly strings: Strings;
  readonly choices: Choices;
  /** This device can connect directly to a contact's. */
  readonly canConnect: boolean;
}): SettingsPanel {
  const name = createNameField({
    id: "own-name",
    attributes: { autocomplete: "off", "aria-describedby": "own-name-hint" },
    onName: (typed) => choices.prefer({ name: typed }),
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
    flag("playAway", strings.playAway),
  ];
  const direct = flag("directCalls", strings.direct.setting);
  direct.input.setAttribute("aria-describedby", "direct-calls-hint");
  const hint = canConnect ? strings.direct.hint : strings.transfer.missing(strings.direct.setting);
  const field = (label: string, input: HTMLElement, ...below: readonly HTMLElement[]): HTMLElement =>
    element("div", { class: "setting-field" }, [
      element("label", { text: label, attributes: { for: input.id } }),
      input,
      ...below,
    ]);

  return {
    content: element("div", { class: "settings" }, [
      field(
        strings.yourName,
        name.input,
        element("p", { id: "own-name-hint", class: "quiet", text: strings.yourNameHint }),
      ),
      field(strings.chooseLanguage, language),
      ...flags.map(({ row }) => row),
      ...(canConnect ? [direct.row] : []),
      element("p", { id: "direct-calls-hint", class: "quiet", text: hint }),
    ]),
    update() {
      const preferences = choices.preferences();
      name.show(preferences.name);
      language.value = preferences.language;
      for (const { preference, input } of [...flags, direct]) input.checked = preferences[preference];
    },
    askName: () => name.input.focus(),
  };
}
