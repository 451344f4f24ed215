import { listen } from "./dom.ts";

const HOLD_MS = 450;

/** Calls `run` when a button is held down; the click that ends the hold is then none. */
export function onHold(button: HTMLElement, run: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = false;
  const end = (): void => clearTimeout(timer);
  listen(button, "pointerdown", (event) => {
    if (event.button !== 0) return;
    held = false;
    end();
    timer = setTimeout(() => {
      held = true;
      run();
    }, HOLD_MS);
  });
  for (const type of ["pointerup", "pointercancel", "pointerleave"] as const) listen(button, type, end);
  listen(button, "contextmenu", (event) => event.preventDefault());
  listen(
    button,
    "click",
    (event) => {
      if (!held) return;
      held = false;
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
