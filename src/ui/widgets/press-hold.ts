/*
 * Holding a button down as something other than a click.
 */
import { afterInput } from "./after-input.ts";
import { listen } from "./dom.ts";
import { pageClock } from "./page-clock.ts";

const HOLD_MS = 450;

/**
 * Calls `run` when a button is held down, by the times of its events, however busy the page is; the click
 * that ends the hold is then none.
 */
export function onHold(button: HTMLElement, run: () => void): void {
  /** A press that is no hold yet. */
  let press: { readonly time: number; readonly cancel: () => void } | undefined;
  let held = false;
  const hold = (): void => {
    press = undefined;
    held = true;
    run();
  };
  const end = (): void => {
    press?.cancel();
    press = undefined;
  };
  listen(button, "pointerdown", (event) => {
    if (event.button !== 0) return;
    held = false;
    end();
    press = { time: event.timeStamp, cancel: afterInput(pageClock, HOLD_MS, hold) };
  });
  listen(button, "pointerup", (event) => {
    const wasHeld = press && event.timeStamp - press.time >= HOLD_MS;
    end();
    if (wasHeld === true) hold();
  });
  for (const type of ["pointercancel", "pointerleave"] as const) listen(button, type, end);
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
