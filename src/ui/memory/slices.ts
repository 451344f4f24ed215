import { pageClock } from "../widgets/page-clock.ts";

/** So long, in milliseconds, a frame may work. */
const SLICE_MS = 10;

/**
 * Works frame by frame, each time until `go` is told that it is enough, and goes on with `done` when `go` says that
 * this is all; returns how to stop.
 */
export function inSlices(go: (enough: () => boolean) => boolean, done: () => void): () => void {
  let cancel = pageClock.requestFrame(work);
  return () => cancel();

  function work(): void {
    const start = pageClock.now();
    if (go(() => pageClock.now() - start >= SLICE_MS)) done();
    else cancel = pageClock.requestFrame(work);
  }
}
