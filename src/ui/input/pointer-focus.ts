import { listen } from "../widgets/dom.ts";

/** What has a use for keys besides being pressed: arrows, the space bar, letters. */
const HOLDS_KEYS = "button, input[type=radio], input[type=checkbox], input[type=range], [role=slider]";

/**
 * Keys are for the board after a control was used with a pointer: the focus that a press leaves on it is
 * taken away. Whoever comes by the Tab key keeps it. Returns the function that stops.
 */
export function keepKeysForBoard(root: HTMLElement): () => void {
  let byPointer = false;
  const stops = [
    listen(root, "pointerdown", () => void (byPointer = true), { capture: true }),
    listen(root, "keydown", () => void (byPointer = false), { capture: true }),
    // Before the control itself hears of it: where it goes on in a panel, the focus is put there.
    listen(
      root,
      "click",
      () => {
        const focused = document.activeElement;
        if (byPointer && focused instanceof HTMLElement && focused.matches(HOLDS_KEYS)) focused.blur();
      },
      { capture: true },
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
