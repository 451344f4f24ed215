import { distance } from "../../base/geometry.ts";
import type { InkSample } from "../../ink/stroke.ts";

/** Two taps within this time and way belong together: milliseconds, CSS pixels. */
const DOUBLE_MS = 400;
const DOUBLE_SLOP = 24;

/** Takes each tap, in world units, and says whether it is the second of two. `zoom`: CSS pixels to a world unit. */
export function createDoubleTap(): (tap: InkSample, zoom: number) => boolean {
  let before: InkSample | undefined;
  return (tap, zoom) => {
    const isSecond =
      before !== undefined &&
      tap.time - before.time <= DOUBLE_MS &&
      distance(tap, before) * zoom <= DOUBLE_SLOP;
    before = isSecond ? undefined : tap;
    return isSecond;
  };
}
