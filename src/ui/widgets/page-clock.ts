import type { InputClock } from "./after-input.ts";

/** The page's own time, with which the browser dates events. */
export const pageClock: InputClock = {
  now: () => performance.now(),
  after(delay, task) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
  requestFrame(task) {
    const frame = requestAnimationFrame(task);
    return () => cancelAnimationFrame(frame);
  },
};
