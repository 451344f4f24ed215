/*
 * Decides when to paint, and for how long: a frame that takes too long lets the pen wait.
 */
import type { Cancel } from "../env/clock.ts";

/** When to paint: at most once a frame, within a slice of time. */
export interface Frames {
  /** There is something to paint. */
  schedule(): void;
  /** The view moves: the next frame has to be short. */
  moved(): void;
  /** Paints what waits, and what `change` brings, now, and no more than has to be. */
  paintNow(change?: () => void): void;
  /** Nothing waits. */
  idle(): boolean;
  close(): void;
}

export interface FramesDeps {
  /** Runs the task before the next picture is shown. */
  readonly requestFrame: (task: () => void) => Cancel;
  /** Each of what can wait does after `slice` milliseconds. Says whether something is left, or goes on by itself. */
  readonly paint: (slice: number) => boolean;
}

/** How long tiles are painted in one frame, in milliseconds: while the view moves, and while it rests. */
const MOVING_SLICE = 6;
const RESTING_SLICE = 12;

export function createFrames({ requestFrame, paint }: FramesDeps): Frames {
  let moving = false;
  let stale = true;
  let frame: Cancel | undefined;
  let closed = false;
  /** It is painted in a moment: to ask the engine for a frame, and then not, takes a pen a good part of its time. */
  let isPainting = false;

  const schedule = (): void => {
    if (closed) return;
    stale = true;
    if (isPainting) return;
    frame ??= requestFrame(() => {
      frame = undefined;
      const slice = moving ? MOVING_SLICE : RESTING_SLICE;
      moving = false;
      run(slice);
    });
  };

  const run = (slice: number): void => {
    const goesOn = paint(slice);
    stale = false;
    if (goesOn) schedule();
  };

  const hold = (change: () => void): void => {
    isPainting = true;
    try {
      change();
    } catch (error) {
      isPainting = false;
      if (stale) schedule();
      throw error;
    }
    isPainting = false;
  };

  const cancel = (): void => {
    frame?.();
    frame = undefined;
  };

  return {
    schedule,
    moved() {
      moving = true;
    },
    paintNow(change) {
      if (change) hold(change);
      if (closed || !stale) return;
      cancel();
      run(0);
    },
    idle: () => frame === undefined,
    close() {
      closed = true;
      cancel();
    },
  };
}
