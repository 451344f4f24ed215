import type { Past } from "../../board/document/past.ts";
import type { Cancel } from "../../env/clock.ts";

/** How a person gets from one moment to another: in a few frames, where it is far. */
export interface Walk {
  /** Where it leads. */
  target(): number;
  goTo(at: number): void;
  /** Is there at once. */
  leap(at: number): void;
  isUnderWay(): boolean;
  stop(): void;
}

/** So many steps in one frame. */
const STEPS_A_FRAME = 500;

/** Begins where the past is shown. `onMove`: another moment is shown. */
export function createWalk(
  past: Pick<Past<unknown>, "at" | "show" | "steps">,
  requestFrame: (task: () => void) => Cancel,
  onMove: () => void,
): Walk {
  let target = past.at();
  let cancel: Cancel | undefined;

  function stop(): void {
    cancel?.();
    cancel = undefined;
  }

  function move(): void {
    const way = target - past.at();
    past.show(past.at() + Math.sign(way) * Math.min(Math.abs(way), STEPS_A_FRAME));
    cancel = past.at() === target ? undefined : requestFrame(move);
    onMove();
  }

  return {
    target: () => target,
    isUnderWay: () => cancel !== undefined,
    stop,
    goTo(at) {
      stop();
      target = Math.min(Math.max(at, 0), past.steps.length);
      move();
    },
    leap(at) {
      stop();
      target = at;
      past.show(at);
      onMove();
    },
  };
}
