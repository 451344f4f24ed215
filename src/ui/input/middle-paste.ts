import { listen } from "../widgets/dom.ts";
import { isTypedIn } from "./typing-hands.ts";

/** A middle button that moves more than this drags, in CSS pixels. */
const CLICK_SLOP = 3;

/**
 * Where marked words are pasted by the middle button, as on Linux, they are pasted when it comes up,
 * wherever the focus is. That is meant where it is clicked in a field, and not where it moved the board.
 * Returns the function that stops.
 */
export function refuseMiddlePaste(root: HTMLElement): () => void {
  let pressed: { readonly x: number; readonly y: number } | undefined;
  let refuses = false;
  const capture = { capture: true };
  const stops = [
    listen(
      root,
      "pointerdown",
      ({ button, clientX: x, clientY: y, target }) => {
        pressed = button === 1 ? { x, y } : undefined;
        refuses = button === 1 && !isTypedIn(target);
      },
      capture,
    ),
    listen(
      root,
      "pointermove",
      ({ clientX, clientY }) => {
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
