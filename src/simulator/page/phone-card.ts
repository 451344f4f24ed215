/*
 * One phone as it stands on the simulator's page: its name and state, what can be done to it, and its
 * screen.
 */
import type { AlertBadge } from "./alert-badge.ts";
import { chatText } from "./chat-text.ts";
import { button, el, toggle } from "./dom.ts";
import type { Meter } from "./meter.ts";
import type { Person } from "./people.ts";
import type { PhoneModel, PhoneState } from "./phone-model.ts";
import { createPhonePanel, type PhonePanelDeps } from "./phone-panel.ts";
import { formatScreen } from "./screens.ts";

export interface PhoneCard {
  readonly element: HTMLElement;
  /** Where the app's page goes. */
  readonly screenElement: HTMLElement;
  /** The model exists once `screenElement` does. */
  connect(phone: PhoneModel, meter: Meter, alerts: AlertBadge): void;
  /** Shows the phone's screen this many times as large. */
  setScale(scale: number): void;
}

export interface PhoneCardDeps extends PhonePanelDeps {
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
export function createPhoneCard(deps: PhoneCardDeps): PhoneCard {
  const { person, onResize } = deps;
  const panel = createPhonePanel(deps);
  const screenElement = el("div", { class: "screen" });
  const closed = el("div", { class: "closed" });
  const bezel = el("div", { class: "bezel" }, screenElement, closed);
  const state = el("span", { class: "state" });
  const withWhom = el("span", { class: "with" });
  const actions = el("div", { class: "actions" });
  const head = el(
    "header",
    {},
    el("span", { class: "avatar", "aria-hidden": "true" }, person.name.charAt(0)),
    el("div", { class: "who" }, el("b", {}, person.name), withWhom),
    state,
    panel.element,
  );
  const element = el(
    "section",
    { class: "phone", style: `--who:${person.color}`, "aria-label": `${person.name}'s phone` },
    head,
    actions,
    bezel,
  );
  let scale = 1;
  const layOut = (phone: PhoneModel): void => {
    const { width, height } = phone.settings.screen;
    element.style.setProperty("--screen-width", `${width * scale}px`);
    bezel.style.width = `${width * scale}px`;
    bezel.style.height = `${height * scale}px`;
    screenElement.style.width = `${width}px`;
    screenElement.style.height = `${height}px`;
    screenElement.style.transform = scale === 1 ? "" : `scale(${scale})`;
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
      el("p", {}, closedText(now, person)),
      button("Open the app", "Opens the app", () => phone.open()),
    );
    actions.replaceChildren(...controlsOf(phone));
    panel.show(phone);
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

/** What a person does with a phone all the time. */
function controlsOf(phone: PhoneModel): readonly HTMLElement[] {
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
  return [open, back, kill, offline, hidden];
}

function closedText(state: PhoneState, { name }: Person): string {
  if (state === "killed") return "The messenger was killed.";
  return state === "page-killed" ? "The page was killed." : `${name} is in the chat.`;
}
