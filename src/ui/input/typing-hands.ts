import { listen } from "../widgets/dom.ts";
import { isField } from "../widgets/field.ts";

/** Knows of hands that still type although their field is gone. */
export interface TypingHands {
  /** The key was meant for a field that was taken away. Asked once for each key outside of fields. */
  typeOn(event: KeyboardEvent): boolean;
  stop(): void;
}

/** Who has not typed for this long has looked up, in milliseconds. */
const LOOKED_UP_MS = 1500;

/** Somebody types there: words, or the first letters of what is chosen in a list. */
export function isTypedIn(target: EventTarget | null): boolean {
  return isField(target) || target instanceof HTMLSelectElement;
}

/**
 * Whoever types does not see at once that somebody else took the field away: what comes next must not be
 * read as commands. It ends with a pause, with a press, and with a key that leads out of a field.
 */
export function watchTypingHands(root: HTMLElement): TypingHands {
  let last = -Infinity;
  const end = (): void => void (last = -Infinity);
  const leads = (event: KeyboardEvent): boolean =>
    event.key === "Escape" ||
    event.key === "Tab" ||
    (event.key === "Enter" && event.target instanceof HTMLInputElement);
  const stops = [
    listen(
      root,
      "keydown",
      (event) => {
        if (!isTypedIn(event.target)) return;
        if (leads(event)) end();
        else last = event.timeStamp;
      },
      { capture: true },
    ),
    listen(root, "pointerdown", end, { capture: true }),
  ];
  return {
    typeOn(event) {
      const goesOn = event.timeStamp - last < LOOKED_UP_MS;
      if (goesOn && event.key !== "Tab" && event.key !== "Escape") last = event.timeStamp;
      else end();
      return goesOn && event.key !== "Tab";
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
