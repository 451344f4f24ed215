/*
 * The button of the microphone, and a key: a short press mutes or unmutes; while either is held, who is muted is heard.
 */
import type { Voice } from "../../session.ts";
import { listen } from "../widgets/dom.ts";

const TALK_KEY = "F9";
/** A press that is shorter is none of talking. */
const HOLD_MS = 300;
/** Where the microphone is so, a press asks for it again. */
const GONE: readonly string[] = ["refused", "missing", "lost"];

/** Returns how to end it. */
export function createHold(button: HTMLElement, voice: Voice): () => void {
  /** Since when something is held, and whether this person was muted before. */
  let hold: { readonly since: number; readonly wasMuted: boolean } | undefined;
  const isGone = (): boolean => GONE.includes(voice.microphone());

  function begin(now: number): void {
    if (hold) return;
    hold = { since: now, wasMuted: voice.isMuted() };
    if (hold.wasMuted) voice.setMuted(false);
  }
  function end(now: number, isButton: boolean): void {
    if (!hold) return;
    const { since, wasMuted } = hold;
    hold = undefined;
    if (isButton && isGone()) return voice.setMuted(false);
    const isMuted = isButton && now - since < HOLD_MS ? !wasMuted : wasMuted;
    if (voice.isMuted() !== isMuted) voice.setMuted(isMuted);
  }

  listen(button, "pointerdown", ({ timeStamp }) => begin(timeStamp));
  for (const type of ["pointerup", "pointercancel", "pointerleave"] as const)
    listen(button, type, ({ timeStamp }) => end(timeStamp, type === "pointerup"));
  listen(button, "contextmenu", (event) => event.preventDefault());
  // By a key: a press of the button has no pointer.
  listen(button, "click", ({ detail }) => {
    if (detail === 0) voice.setMuted(!isGone() && !voice.isMuted());
  });

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== TALK_KEY) return;
    // Whatever else is held by then.
    if (event.type === "keyup") return end(event.timeStamp, false);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || event.defaultPrevented || voice.phase() !== "talking") return;
    event.preventDefault();
    begin(event.timeStamp);
  };
  const onBlur = (): void => end(Infinity, false);
  for (const type of ["keydown", "keyup"] as const) document.addEventListener(type, onKey);
  window.addEventListener("blur", onBlur);
  // What is held in one call is not in the next.
  const stop = voice.onChange(() => {
    if (voice.phase() !== "ringing" && voice.phase() !== "talking") hold = undefined;
  });
  return () => {
    stop();
    // Who lets go then is not seen any more.
    onBlur();
    for (const type of ["keydown", "keyup"] as const) document.removeEventListener(type, onKey);
    window.removeEventListener("blur", onBlur);
  };
}
