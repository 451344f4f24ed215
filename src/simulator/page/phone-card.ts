import type { AlertBadge } from "./alert-badge.ts";
import { chatText } from "./chat-text.ts";
import { button, choice, el, toggle } from "./dom.ts";
import { HOSTS } from "./hosts.ts";
import type { Meter } from "./meter.ts";
import type { Person } from "./people.ts";
import type { Appearance, PhoneModel, PhoneSettings, PhoneState } from "./phone-model.ts";
import { formatScreen, parseScreen, RATIOS, SCREENS } from "./screens.ts";

export interface PhoneCard {
  readonly element: HTMLElement;
  /** Where the app's page goes. */
  readonly screenElement: HTMLElement;
  /** The model exists once `screenElement` does. */
  connect(phone: PhoneModel, meter: Meter, alerts: AlertBadge): void;
  /** Shows the phone's screen this many times as large. */
  setScale(scale: number): void;
}

export interface PhoneCardDeps {
  readonly person: Person;
  /** Everybody in the simulation, for the choice of contacts. */
  readonly everybody: () => readonly Person[];
  /** The person's contacts, platform or the like were changed: the app has to be opened again. */
  readonly onReopen: (change: Partial<PhoneSettings>) => void;
  /** The card has another size. */
  readonly onResize: () => void;
}

const STATES: Record<PhoneState, string> = {
  open: "open",
  chat: "in the chat",
  "page-killed": "page killed",
  killed: "killed",
};

/** One phone on the page: who it is, what can be done to it, its screen, its traffic. */
export function createPhoneCard({ person, everybody, onReopen, onResize }: PhoneCardDeps): PhoneCard {
  const screenElement = el("div", { class: "screen" });
  const closed = el("div", { class: "closed" });
  const bezel = el("div", { class: "bezel" }, screenElement, closed);
  const state = el("span", { class: "state" });
  const withWhom = el("span", { class: "with" });
  const actions = el("div", { class: "actions" });
  const panel = el("div", { class: "panel" });
  const more = el(
    "details",
    { class: "more" },
    el("summary", { title: `Settings of ${person.name}'s phone` }, "•••"),
    panel,
  );
  const head = el(
    "header",
    {},
    el("span", { class: "avatar", "aria-hidden": "true" }, person.name.charAt(0)),
    el("div", { class: "who" }, el("b", {}, person.name), withWhom),
    state,
    more,
  );
  const element = el(
    "section",
    { class: "phone", style: `--who:${person.color}`, "aria-label": `${person.name}'s phone` },
    head,
    actions,
    bezel,
  );
  let scale = 1;
  let rollBackSeconds = "5";

  const fillActions = (phone: PhoneModel): void => {
    const isOpen = phone.state() === "open";
    const offline = toggle("Offline", !phone.isOnline(), (on) => phone.setOnline(!on));
    const hidden = toggle("Hidden", phone.isHidden(), (on) => phone.setHidden(on));
    hidden.title = "The page is in the background: timers and calls of the host wait";
    const back = button("Back", "Back to the chat: the page closes, the contact is told", () => phone.back());
    const kill = button("Kill", "The messenger is killed: what it has not yet written is lost", () =>
      phone.kill(),
    );
    const open = button(isOpen ? "Reopen" : "Open", "Opens the app", () => phone.open());
    for (const control of [back, hidden.querySelector("input")!]) control.disabled = !isOpen;
    actions.replaceChildren(open, back, kill, offline, hidden);
  };

  const fillPanel = (phone: PhoneModel): void => {
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
    const contacts = everybody()
      .filter(({ address }) => address !== person.address)
      .map(({ address, name }) =>
        toggle(name, settings.contacts.includes(address), (on) => {
          const others = settings.contacts.filter((other) => other !== address);
          onReopen({ contacts: on ? [...others, address] : others });
        }),
      );
    panel.replaceChildren(
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
      choice(
        "Platform",
        [
          ["android", "Android"],
          ["ios", "iOS"],
          ["windows", "Windows"],
          ["macos", "macOS"],
        ],
        settings.platform,
        (platform) => onReopen({ platform }),
      ),
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
      trouble(phone),
      el("fieldset", { class: "contacts" }, el("legend", {}, "Opened with"), ...contacts),
    );
  };

  /** What a phone can do to an app: rarely, and at the worst moment. */
  const trouble = (phone: PhoneModel): HTMLElement => {
    const killPage = button("Kill the page", "The app's page dies without a word, the messenger lives", () =>
      phone.killPage(),
    );
    killPage.disabled = phone.state() !== "open";
    const seconds = el("input", {
      type: "number",
      min: "0",
      max: "60",
      step: "any",
      value: rollBackSeconds,
      "aria-label": "Seconds to roll back",
    });
    seconds.addEventListener("change", () => {
      rollBackSeconds = seconds.value;
    });
    const rollBack = button(
      "Roll storage back",
      "The messenger is killed, and what was stored in the last seconds is gone",
      () => phone.rollBack(seconds.valueAsNumber || 0),
    );
    const damage = button(
      "Damage storage",
      "The messenger is killed, and the last value of each table is damaged",
      () => phone.damageStorage(),
    );
    return el(
      "fieldset",
      { class: "trouble" },
      el("legend", {}, "Trouble"),
      killPage,
      damage,
      rollBack,
      el("label", { class: "seconds" }, seconds, "s"),
    );
  };

  const layOut = (phone: PhoneModel): void => {
    const { width, height } = phone.settings.screen;
    element.style.setProperty("--screen-width", `${width * scale}px`);
    bezel.style.width = `${width * scale}px`;
    bezel.style.height = `${height * scale}px`;
    screenElement.style.width = `${width}px`;
    screenElement.style.height = `${height}px`;
    screenElement.style.transform = scale === 1 ? "" : `scale(${scale})`;
  };

  const closedText = (now: PhoneState): string => {
    if (now === "killed") return "The messenger was killed.";
    return now === "page-killed" ? "The page was killed." : `${person.name} is in the chat.`;
  };

  let connected: PhoneModel | undefined;
  const show = (phone: PhoneModel): void => {
    const now = phone.state();
    state.textContent = phone.isOnline() ? (phone.isHidden() ? "hidden" : STATES[now]) : "offline";
    state.dataset["state"] = phone.isOnline() ? now : "offline";
    const chat = chatText(phone.view()?.chat ?? "chat", phone.settings.contacts);
    withWhom.textContent = chat;
    withWhom.title = chat;
    closed.hidden = now === "open";
    screenElement.style.colorScheme = phone.settings.appearance === "page" ? "" : phone.settings.appearance;
    closed.replaceChildren(
      el("p", {}, closedText(now)),
      button("Open the app", "Opens the app", () => phone.open()),
    );
    fillActions(phone);
    fillPanel(phone);
    layOut(phone);
  };

  return {
    element,
    screenElement,
    connect(phone, meter, alerts) {
      connected = phone;
      let size = "";
      phone.onChange(() => {
        show(phone);
        const next = formatScreen(phone.settings.screen);
        if (next !== size) onResize();
        size = next;
      });
      state.before(alerts.element);
      element.append(meter.element);
      show(phone);
    },
    setScale(next) {
      scale = next;
      if (connected) layOut(connected);
    },
  };
}
