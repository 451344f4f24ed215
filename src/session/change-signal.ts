/*
 * Tells that a session changed, at most once a frame whatever happens meanwhile: with many people something
 * does at every moment, and who listens looks at everything anew.
 *
 *     (quiet) --soon--> (planned: at once, or a frame after it was told last) --> told
 *        any  --now--> told, with all that was planned
 *
 * A frame is a span of the clock here, not one of the page's pictures: those stop coming to a page that is
 * hidden, and what is told must not wait for them.
 */
import { createEmitter } from "../base/emitter.ts";
import type { Cancel, Clock } from "../env/clock.ts";

export interface ChangeSignal {
  on(listener: () => void): () => void;
  /** Something changed. It is told in a task of its own, within a frame. */
  soon(): void;
  /** The same for what must not be known later than what goes with it: it is told before this returns. */
  now(): void;
  /** Tells now what is planned, if anything is: the timers of a hidden page may be late. */
  flush(): void;
  close(): void;
}

/** The pictures of a usual screen are so far apart, in milliseconds. */
const FRAME_MS = 16;

/** `onError`: a listener threw. */
export function createChangeSignal(clock: Clock, onError: (error: unknown) => void): ChangeSignal {
  const changed = createEmitter<void>(onError);
  let planned: Cancel | undefined;
  let lastTold = -Infinity;
  let isClosed = false;

  function now(): void {
    planned?.();
    planned = undefined;
    if (isClosed) return;
    lastTold = clock.now();
    changed.emit();
  }

  return {
    on: (listener) => changed.on(listener),
    soon() {
      if (!isClosed) planned ??= clock.after(Math.max(0, lastTold + FRAME_MS - clock.now()), now);
    },
    now,
    flush() {
      if (planned) now();
    },
    close() {
      isClosed = true;
      planned?.();
      planned = undefined;
    },
  };
}
