import type { Cancel, Clock } from "../../env/clock.ts";
import { pageClock } from "../widgets/page-clock.ts";

/** The time that everything on the canvas goes by, in milliseconds; pointer events are dated with it too. */
export interface StageClock extends Clock {
  /** Calls back before the next paint with the time; returns how to take it back. */
  requestFrame(task: (now: number) => void): Cancel;
}

/** `root` carries `data-idle`: no frame is waiting, the picture is up to date and still. */
export function createStageClock(root: HTMLElement): StageClock {
  const frames = new Set<number>();
  const showIdle = (): void => {
    const idle = String(frames.size === 0);
    if (root.dataset["idle"] !== idle) root.dataset["idle"] = idle;
  };
  return {
    now: pageClock.now,
    after: pageClock.after,
    requestFrame(task) {
      const handle = requestAnimationFrame((now) => {
        frames.delete(handle);
        task(now);
        showIdle();
      });
      frames.add(handle);
      showIdle();
      return () => {
        cancelAnimationFrame(handle);
        frames.delete(handle);
        showIdle();
      };
    },
  };
}
