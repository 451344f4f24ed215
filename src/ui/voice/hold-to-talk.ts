/*
 * The button of the microphone, and a key: a short press mutes or unmutes; while either is held, who is muted is heard.
 */
import type { Voice } from "../../session.ts";
import { listen } from "../widgets/dom.ts";

const TALK_KEY = "F9";
/** A press that is shorter is none of talking. */
const HOLD_MS = 300;

/** Returns how to end it. */
export function createHold(button: HTMLElement, voice: Voice): () => void {
  /** Since when something is held, and whether this person was muted before. */
  let hold: { readonly since: number; readonly wasMuted: boolean } | undefined;

  function begin(now: number): void {
    if (hold) return;
    hold = { since: now, wasMuted: voice.isMuted() };
    if (hold.wasMuted) voice.setMuted(false);
  }
  function end(now: number, isButton: boolean): void {
    if (!hold) return;
    const { since, wasMuted } = hold;
    hold = undefined;
    // Where there is no microphone a press asks for it again.
    if (isButton && voice.microphone() !== "open") return voice.setMuted(false);
    const isMuted = isButton && now - since < HOLD_MS ? !wasMuted : wasMuted;
    if (voice.isMuted() !== isMuted) voice.setMuted(isMuted);
  }

  listen(button, "pointerdown", ({ timeStamp }) => begin(timeStamp));
  for (const type of ["pointerup", "pointercancel", "pointerleave"] as const)
    listen(button, type, ({ timeStamp }) => end(timeStamp, type === "pointerup"));
  listen(button, "contextmenu", (event) => event.preventDefault());
  // By a key: a press of the button has no pointer.
  listen(button, "click", ({ detail }) => {
    if (detail === 0) voice.setMuted(!voice.isMuted());
  });

  const onKey = (event: KeyboardEvent): void => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key !== TALK_KEY || !isPlain || event.defaultPrevented || voice.phase() !== "talking") return;
    event.preventDefault();
    if (event.type === "keydown") begin(event.timeStamp);
    else end(event.timeStamp, false);
  };
  const onBlur = (): void => end(Infinity, false);
  for (const type of ["keydown", "keyup"] as const) document.addEventListener(type, onKey);
  window.addEventListener("blur", onBlur);
  return () => {
    for (const type of ["keydown", "keyup"] as const) document.removeEventListener(type, onKey);
    window.removeEventListener("blur", onBlur);
  };
}
