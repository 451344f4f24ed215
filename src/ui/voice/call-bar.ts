/*
 * Calls on the page: the button beside the contact's name, the question while it rings, and the bar while people talk.
 * What it says is looked at anew a few times a second, as levels change all the time.
 */
import type { Address } from "../../env/host.ts";
import type { Voice } from "../../session.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Notices } from "../notices/notices.ts";
import { showChildren } from "../widgets/children.ts";
import { element, listen } from "../widgets/dom.ts";
import { iconButton, nameButton } from "../widgets/icon-button.ts";
import { createSlider } from "../widgets/slider.ts";
import type { Strings } from "../words/strings.ts";

export interface CallBar {
  /** Begins a call, joins one, or takes the one that rings. */
  readonly button: HTMLButtonElement;
  readonly root: HTMLElement;
  /** The session, or what people are called, has changed. */
  update(): void;
  close(): void;
}

export interface CallBarDeps {
  readonly voice: Voice;
  readonly nameOf: NameOf;
  readonly strings: Strings;
  readonly notices: Pick<Notices, "show" | "dismiss">;
  /** Where the marks of people are, each with its address. */
  readonly page: ParentNode;
}

const LOOK_MS = 150;
const KIND = "call";
const FULL_VOLUME = 10;
/** As long as it is held this person is heard. */
const TALK_KEY = "F9";
/** A press that is shorter is none of talking. */
const HOLD_MS = 300;
/** A voice of this level fills the meter. */
const LOUD = 0.15;

export function createCallBar({ voice, nameOf, strings, notices, page }: CallBarDeps): CallBar {
  const words = strings.voice;
  const button = iconButton(words.talk, "call", "talk-button");
  const microphone = iconButton(words.mute, "microphone", "mute-button");
  const hangUp = iconButton(words.hangUp, "hangUp", "hang-up");
  const text = element("span", { id: "call-text" });
  const people = element("ul", { attributes: { role: "list" } });
  const root = element("div", { id: "call-bar", attributes: { role: "group", "aria-label": words.talk } }, [
    microphone,
    element("div", { class: "call-about" }, [people, text]),
    hangUp,
  ]);
  const rows = new Map<Address, HTMLElement>();
  let asked: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Since when the button or the key is held, and whether this person was muted before. */
  let hold: { readonly since: number; readonly wasMuted: boolean } | undefined;

  const press = (): void => voice.press();
  listen(button, "click", press);
  listen(hangUp, "click", () => voice.end());

  function begin(now: number): void {
    if (hold) return;
    hold = { since: now, wasMuted: voice.isMuted() };
    if (hold.wasMuted) voice.setMuted(false);
  }
  /** A short press of the button changes it; what was held only for talking is silent again. */
  function end(now: number, isButton: boolean): void {
    if (!hold) return;
    const { since, wasMuted } = hold;
    hold = undefined;
    const isShort = isButton && now - since < HOLD_MS;
    if (voice.isMuted() !== (isShort ? !wasMuted : wasMuted)) voice.setMuted(isShort ? !wasMuted : wasMuted);
  }
  listen(microphone, "pointerdown", ({ timeStamp }) => begin(timeStamp));
  for (const type of ["pointerup", "pointercancel", "pointerleave"] as const)
    listen(microphone, type, ({ timeStamp }) => end(timeStamp, type === "pointerup"));
  listen(microphone, "contextmenu", (event) => event.preventDefault());
  // By a key: a press of the button has no pointer.
  listen(microphone, "click", ({ detail }) => {
    if (detail === 0) voice.setMuted(!voice.isMuted());
  });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== TALK_KEY || voice.phase() !== "talking") return;
    event.preventDefault();
    if (event.type === "keydown") begin(event.timeStamp);
    else end(event.timeStamp, false);
  };
  const onBlur = (): void => end(Infinity, false);
  for (const type of ["keydown", "keyup"] as const) document.addEventListener(type, onKey);
  window.addEventListener("blur", onBlur);

  function rowOf(address: Address): HTMLElement {
    const known = rows.get(address);
    if (known) return known;
    const slider = createSlider({
      label: words.volume(nameOf(address)),
      kind: "volume",
      max: FULL_VOLUME,
      onInput: (value) => voice.setVolume(address, value / FULL_VOLUME),
    });
    const { volume = 1 } = voice.members().find((each) => each.address === address) ?? {};
    slider.set(volume * FULL_VOLUME, strings.percent(volume * 100));
    const row = element("li", { attributes: { "data-address": address } }, [
      element("span", { text: nameOf(address) }),
      slider.root,
    ]);
    rows.set(address, row);
    return row;
  }

  function ask(): void {
    const by = voice.phase() === "rung" ? voice.by() : undefined;
    const question = by === undefined ? undefined : words.rings(nameOf(by));
    if (question === asked) return;
    asked = question;
    if (question === undefined) return notices.dismiss(KIND);
    const answers = [
      { label: words.talk, run: press },
      { label: strings.askNameNo, run: () => voice.decline() },
    ];
    notices.show({ kind: KIND, text: question, answers });
  }

  function about(): string {
    const outside = voice.outside();
    if (outside !== undefined) return outside;
    if (voice.phase() === "ringing") return words.ringing;
    const state = voice.microphone();
    if (state === "refused" || state === "missing") return words.noMicrophone;
    if (voice.isFull()) return words.full;
    return words.cost(voice.cost(), Math.max(0, ...voice.members().map(({ latency }) => latency)));
  }

  function look(): void {
    timer = undefined;
    const phase = voice.phase();
    const isOn = phase === "ringing" || phase === "talking";
    const isOutside = voice.outside() !== undefined;
    button.hidden = phase !== "idle" || isOutside;
    button.classList.toggle("is-running", voice.isRunning());
    root.hidden = !isOn && !isOutside;
    for (const each of [microphone, hangUp]) each.hidden = !isOn;
    ask();
    const members = voice.members();
    showTalkers(page, new Set(members.filter(({ isTalking }) => isTalking).map(({ address }) => address)));
    if (root.hidden) return;
    showChildren(
      people,
      members.map(({ address }) => rowOf(address)),
    );
    const said = about();
    if (text.textContent !== said) text.textContent = said;
    const isMuted = voice.isMuted();
    microphone.setAttribute("aria-pressed", String(isMuted));
    nameButton(microphone, isMuted ? words.unmute : words.mute);
    microphone.dataset["state"] = voice.microphone();
    microphone.style.setProperty("--level", Math.min(1, voice.level() / LOUD).toFixed(2));
    timer = setTimeout(look, LOOK_MS);
  }

  function update(): void {
    clearTimeout(timer);
    look();
  }
  const stop = voice.onChange(update);
  update();

  return {
    button,
    root,
    update,
    close() {
      stop();
      clearTimeout(timer);
      for (const type of ["keydown", "keyup"] as const) document.removeEventListener(type, onKey);
      window.removeEventListener("blur", onBlur);
      root.remove();
    },
  };
}

/** A ring around the picture, the cursor and the name of who says something. */
function showTalkers(page: ParentNode, addresses: ReadonlySet<Address>): void {
  for (const mark of page.querySelectorAll<HTMLElement>("[data-address]"))
    mark.toggleAttribute("data-talking", addresses.has(mark.dataset["address"] ?? ""));
}
