/*
 * Listens to the keys of the page and runs their commands, except where a field or a button has the key
 * for itself.
 */
import { watchComposition } from "../widgets/composition.ts";
import { listen } from "../widgets/dom.ts";
import type { Commands } from "./commands.ts";
import { keepKeysForBoard } from "./pointer-focus.ts";
import { commandFor, repeats } from "./shortcuts.ts";
import { isTypedIn, watchTypingHands } from "./typing-hands.ts";

export interface KeyboardDeps {
  readonly root: HTMLElement;
  readonly commands: Pick<Commands, "run">;
  /** The key that turns the pointer into a hand is down. */
  readonly setPanKey: (held: boolean) => void;
}

/** Keys that sliders, radio buttons, buttons and what is scrolled have their own use for. */
const OWN_KEYS = new Set([
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "PageUp",
  "PageDown",
  " ",
  "-",
  "+",
  "_",
  "=",
]);

function keeps(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input, .panel-body")) return OWN_KEYS.has(key);
  return (key === " " || key === "Enter") && isButton(target);
}

function isButton(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("button");
}

/** Listens to the keys of the whole page; returns the function that stops. */
export function listenToKeys({ root, commands, setPanKey }: KeyboardDeps): () => void {
  const composition = watchComposition(root);
  const typingHands = watchTypingHands(root);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || composition.owns(event)) return;
    // A key that is held down presses a button once: what it opens must not shut again.
    const isHeldOnButton = event.repeat && event.key === "Enter" && isButton(event.target);
    if (isHeldOnButton || (!isTypedIn(event.target) && typingHands.typeOn(event))) {
      event.preventDefault();
      return;
    }
    const command = commandFor(event);
    // The browser makes events of the clipboard from these, which alone may read and write it everywhere.
    if (!command || command === "copy" || command === "cut" || command === "paste") return;
    if (keeps(event.target, event.key)) return;
    // Where somebody types, only what leads out of it is a command.
    if (isTypedIn(event.target) && command !== "dismiss") return;
    if (command === "grab") setPanKey(true);
    // What opens must not shut again because a finger rests on its key.
    else if ((!event.repeat || repeats(command)) && !commands.run(command)) return;
    event.preventDefault();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.key === " ") setPanKey(false);
  };
  /** Whoever has the keyboard now hears that the key comes up; this page does not. */
  const onBlur = (): void => setPanKey(false);
  /** The page itself never zooms: the canvas does. */
  const onWheel = (event: WheelEvent): void => {
    if (event.ctrlKey) event.preventDefault();
  };
  const stops = [
    composition.stop,
    typingHands.stop,
    keepKeysForBoard(root),
    listen(root, "keydown", onKeyDown),
    listen(root, "keyup", onKeyUp),
    listen(root, "wheel", onWheel, { passive: false }),
  ];
  window.addEventListener("blur", onBlur);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener("blur", onBlur);
  };
}
