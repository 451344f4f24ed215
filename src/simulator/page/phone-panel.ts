/*
 * The settings of one simulated phone, as controls: its screen, its messenger, with whom the app is
 * opened.
 */
import { choice, el, toggle } from "./dom.ts";
import { HOSTS } from "./hosts.ts";
import type { Person } from "./people.ts";
import type { Appearance, PhoneModel, PhoneSettings } from "./phone-model.ts";
import { createPhoneTrouble } from "./phone-trouble.ts";
import { PROFILES } from "./profiles.ts";
import { formatScreen, parseScreen, RATIOS, SCREENS } from "./screens.ts";

/** What can be chosen for one phone, behind a button of its card. */
export interface PhonePanel {
  readonly element: HTMLElement;
  /** Makes it anew for the phone's present state. */
  show(phone: PhoneModel): void;
}

export interface PhonePanelDeps {
  readonly person: Person;
  /** Everybody in the simulation, for the choice of contacts. */
  readonly everybody: () => readonly Person[];
  /** The person's contacts, platform or the like were changed: the app has to be opened again. */
  readonly onReopen: (change: Partial<PhoneSettings>) => void;
}

export function createPhonePanel({ person, everybody, onReopen }: PhonePanelDeps): PhonePanel {
  const panel = el("div", { class: "panel" });
  const trouble = createPhoneTrouble();
  return {
    element: el(
      "details",
      { class: "more" },
      el("summary", { title: `Settings of ${person.name}'s phone` }, "•••"),
      panel,
    ),
    show(phone) {
      const { contacts } = phone.settings;
      const others = everybody().filter(({ address }) => address !== person.address);
      panel.replaceChildren(
        ...screenChoices(phone),
        ...appChoices(phone.settings, onReopen),
        trouble(phone),
        contactChoices(others, contacts, (chosen) => onReopen({ contacts: chosen })),
      );
    },
  };
}

/** What acts at once. */
function screenChoices(phone: PhoneModel): readonly HTMLElement[] {
  const { settings } = phone;
  const size = formatScreen(settings.screen);
  const isCustom = !SCREENS.some(([value]) => value === size);
  const sizes: (readonly [string, string])[] = [
    ...SCREENS,
    ["custom", isCustom ? `Custom ${size}` : "Custom…"],
  ];
  const apply = (text: string): void => {
    const screen = parseScreen(text);
    if (screen) phone.setScreen(screen, settings.ratio);
  };
  const custom = el("input", {
    type: "text",
    value: size,
    "aria-label": "Width x height",
    hidden: !isCustom,
  });
  custom.addEventListener("change", () => apply(custom.value));
  return [
    choice("Screen", sizes, isCustom ? "custom" : size, (value) => {
      if (value !== "custom") return apply(value);
      custom.hidden = false;
      custom.focus();
    }),
    custom,
    choice(
      "Pixel ratio",
      [...new Set([...RATIOS, settings.ratio])].map((ratio) => [String(ratio), String(ratio)] as const),
      String(settings.ratio),
      (value) => phone.setScreen(settings.screen, Number(value)),
    ),
    choice<Appearance>(
      "Appearance",
      [
        ["page", "as this page"],
        ["light", "Light"],
        ["dark", "Dark"],
      ],
      settings.appearance,
      (appearance) => phone.setAppearance(appearance),
    ),
  ];
}

/** What acts when the app is opened again. */
function appChoices(settings: PhoneSettings, onReopen: PhonePanelDeps["onReopen"]): readonly HTMLElement[] {
  return [
    choice("Platform", PROFILES, settings.platform, (platform) => onReopen({ platform })),
    choice(
      "Navigation rules",
      [
        ["default", "of the platform"],
        ["chromium", "Chromium"],
        ["webkit", "WebKit"],
      ],
      settings.engine,
      (engine) => onReopen({ engine }),
    ),
    choice("Messenger", HOSTS, settings.hostVersion, (hostVersion) => onReopen({ hostVersion })),
    toggle("Decimal comma", settings.decimalComma, (decimalComma) => onReopen({ decimalComma })),
  ];
}

/** With whom the app is opened. */
function contactChoices(
  people: readonly Person[],
  contacts: PhoneSettings["contacts"],
  onChange: (contacts: PhoneSettings["contacts"]) => void,
): HTMLElement {
  const toggles = people.map(({ address, name }) =>
    toggle(name, contacts.includes(address), (on) => {
      const others = contacts.filter((other) => other !== address);
      onChange(on ? [...others, address] : others);
    }),
  );
  return el("fieldset", { class: "contacts" }, el("legend", {}, "Opened with"), ...toggles);
}
