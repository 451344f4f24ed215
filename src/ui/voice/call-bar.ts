/*
 * Calls on the page: the button beside the contact's name, the question while it rings, and the bar while people talk.
 * What it says is looked at anew a few times a second, as levels change all the time.
 */
import type { Address } from "../../env/host.ts";
import type { Voice } from "../../session.ts";
import type { Commands } from "../input/commands.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Notices } from "../notices/notices.ts";
import { showChildren } from "../widgets/children.ts";
import { element, hide, listen } from "../widgets/dom.ts";
import { iconButton, nameButton } from "../widgets/icon-button.ts";
import { icon } from "../widgets/icons.ts";
import { createSlider } from "../widgets/slider.ts";
import { createHold } from "./hold-to-talk.ts";
import { isolated } from "../words/messages.ts";
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
  readonly commands: Commands;
  readonly notices: Pick<Notices, "show" | "dismiss">;
  /** Says it aloud, for who does not see the bar. */
  announce(text: string): void;
  /** Where the marks of people are, each with its address. */
  readonly page: ParentNode;
}

/** What there is to say of a microphone that is not heard. */
const TROUBLES = {
  open: undefined,
  closed: undefined,
  refused: "refused",
  missing: "noMicrophone",
  lost: "lost",
  taken: "taken",
} as const satisfies Readonly<Record<ReturnType<Voice["microphone"]>, keyof Strings["voice"] | undefined>>;

const LOOK_MS = 150;
const KIND = "call";
const FULL_VOLUME = 10;
/** A voice of this level fills the meter. */
const LOUD = 0.15;

export function createCallBar(deps: CallBarDeps): CallBar {
  const { voice, nameOf, strings, commands, notices, page } = deps;
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
  /** Figures change all the time: of them only the first are said aloud. */
  let told: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const press = (): void => voice.press();
  listen(button, "click", press);
  listen(hangUp, "click", () => voice.end());

  const hold = createHold(microphone, voice);

  function rowOf(address: Address): HTMLElement {
    const known = rows.get(address);
    if (known) return known;
    const slider = createSlider({
      label: words.volume(nameOf(address)),
      kind: "volume",
      max: FULL_VOLUME,
      onInput: (value) => show(value / FULL_VOLUME),
    });
    const show = (volume: number): void => {
      voice.setVolume(address, volume);
      slider.set(volume * FULL_VOLUME, strings.percent(volume * 100));
    };
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

  function look(): void {
    timer = undefined;
    const phase = voice.phase();
    const isOn = phase === "ringing" || phase === "talking";
    const isOutside = voice.outside() !== undefined;
    hide(button, phase !== "idle" || isOutside);
    button.classList.toggle("is-running", voice.isRunning());
    hide(root, !isOn && !isOutside);
    for (const each of [microphone, hangUp]) hide(each, !isOn);
    ask();
    const members = voice.members();
    showTalkers(page, new Set(members.filter(({ isTalking }) => isTalking).map(({ address }) => address)));
    if (root.hidden) {
      told = undefined;
      return;
    }
    showChildren(
      people,
      members.map(({ address }) => rowOf(address)),
    );
    const trouble = troubleOf(voice, strings);
    const said = trouble ?? costOf(voice, strings);
    if (text.textContent !== said) text.textContent = said;
    if (told !== (trouble ?? "")) deps.announce(said);
    told = trouble ?? "";
    showMicrophone(microphone, voice, strings);
    timer = setTimeout(look, LOOK_MS);
  }

  function update(): void {
    clearTimeout(timer);
    look();
  }
  const stops = [
    hold,
    voice.onChange(update),
    commands.handle({
      talk() {
        // Then it is a key that is held.
        if (voice.phase() === "talking") return false;
        press();
        return true;
      },
      "hang-up": () => voice.end(),
    }),
  ];
  update();

  return {
    button,
    root,
    update,
    close() {
      for (const stop of stops) stop();
      clearTimeout(timer);
      root.remove();
    },
  };
}

/** The line below the people: why nobody is heard yet, or not all of what this person says. */
function troubleOf(voice: Voice, { voice: words }: Strings): string | undefined {
  const outside = voice.outside();
  if (outside !== undefined) return outside;
  if (voice.phase() === "ringing") return words.ringing;
  const trouble = TROUBLES[voice.microphone()];
  if (trouble) return words[trouble];
  if (voice.isFull()) return words.full;
  return voice.isHeldUp() ? words.heldUp : undefined;
}

function showMicrophone(button: HTMLElement, voice: Voice, { voice: words }: Strings): void {
  const isMuted = voice.isMuted();
  const isOff = isMuted || TROUBLES[voice.microphone()] !== undefined;
  if (button.classList.contains("is-off") !== isOff) {
    button.classList.toggle("is-off", isOff);
    button.replaceChildren(icon(isOff ? "microphoneOff" : "microphone"));
  }
  button.setAttribute("aria-pressed", String(isMuted));
  nameButton(button, isMuted ? words.unmute : words.mute);
  button.dataset["state"] = voice.microphone();
  button.style.setProperty("--level", Math.min(1, voice.level() / LOUD).toFixed(2));
}

/** Else that line says what talking costs, and which way sound goes where there is more than one. */
function costOf(voice: Voice, { voice: words, direct, direction }: Strings): string {
  const cost = words.cost(voice.cost(), Math.max(0, ...voice.members().map(({ latency }) => latency)));
  const way = voice.way();
  // A number beside the messenger's name would go with that, and stand on its wrong side.
  return way ? `${isolated(way === "direct" ? direct.way : direct.through, direction)} · ${cost}` : cost;
}

/** A ring around the picture, the cursor and the name of who says something. */
function showTalkers(page: ParentNode, addresses: ReadonlySet<Address>): void {
  for (const mark of page.querySelectorAll<HTMLElement>("[data-address]"))
    mark.toggleAttribute("data-talking", addresses.has(mark.dataset["address"] ?? ""));
}
