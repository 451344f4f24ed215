import { createLatestUsed } from "../../base/latest-used.ts";
import type { LatestUsed } from "../../base/latest-used.ts";
import type { InkPoint } from "../../ink/stroke.ts";

/**
 * What was worked out of strokes that will not grow any more, the latest used of it: the rest is let go, and
 * worked out again when somebody asks. Points of all strokes take several times what their text takes.
 */
export interface KeptInk {
  /** By who has worked them out. */
  readonly points: LatestUsed<object, readonly InkPoint[]>;
  readonly parts: LatestUsed<object, StrokeParts>;
}

/** What erasers left of a stroke that had so many points. */
export interface StrokeParts {
  readonly count: number;
  readonly parts: readonly (readonly InkPoint[])[];
}

/** So many points of some 50 bytes: more than a screen full of handwriting has. */
const MAX_POINTS = 40_000;
/** Those of parts are mostly points of their strokes. */
const MAX_PART_POINTS = 20_000;

export function createKeptInk(): KeptInk {
  return {
    points: createLatestUsed(MAX_POINTS, ({ length }) => length),
    parts: createLatestUsed(MAX_PART_POINTS, ({ count }) => count),
  };
}
