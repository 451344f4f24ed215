import { listen } from "../widgets/dom.ts";
import { isTypedIn } from "./typing-hands.ts";

/** A middle button that moves more than this drags, in CSS pixels. */
const CLICK_SLOP = 3;
/** As `PointerEvent` numbers it in `button`, and its bit in `buttons`. */
const MIDDLE = 1;
const MIDDLE_BIT = 4;

/**
 * Where marked words are pasted by the middle button, as on Linux, they are pasted when it comes up,
 * wherever the focus is. That is meant where it is clicked in a field, and not where it moved the board.
 * Returns the function that stops.
 */
export function refuseMiddlePaste(root: HTMLElement): () => void {
  let pressed: { readonly x: number; readonly y: number } | undefined;
  let refuses = false;
  const capture = { capture: true };
  const press = ({ clientX: x, clientY: y, target }: PointerEvent): void => {
    pressed = { x, y };
    refuses = !isTypedIn(target);
  };
  const stops = [
    listen(
      root,
      "pointerdown",
      (event) => {
        pressed = undefined;
        refuses = false;
        if (event.button === MIDDLE) press(event);
      },
      capture,
    ),
    listen(
      root,
      "pointermove",
      (event) => {
        // With another button down already, it comes as a movement.
        if (event.button === MIDDLE && (event.buttons & MIDDLE_BIT) !== 0) press(event);
        const { clientX, clientY } = event;
        refuses ||=
          pressed !== undefined && Math.hypot(clientX - pressed.x, clientY - pressed.y) > CLICK_SLOP;
      },
      capture,
    ),
    listen(root, "pointerup", () => void (pressed = undefined), capture),
    // From here on it is the keyboard that pastes.
    listen(root, "keydown", () => void (refuses = false), capture),
    listen(
      root,
      "paste",
      (event) => {
        if (!refuses) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      capture,
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
