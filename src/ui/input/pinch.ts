import { distance, midpoint, type Point } from "../../base/geometry.ts";
import type { InkInput } from "../../ink/stroke.ts";

/** Two fingers that pan never keep their distance exactly: zooming starts after this many CSS pixels. */
const PINCH_SLOP = 12;
/** Closer than this, the ratio of two distances is noise. In CSS pixels. */
const MIN_SPREAD = 16;

/** A pointer that moves the canvas, or may. */
export interface Finger {
  readonly id: number;
  readonly input: InkInput;
  /** It pans where it is alone. */
  readonly pans: boolean;
  /** CSS pixels in the canvas. */
  at: Point;
}

/** Two fingers that move the canvas together and scale it. */
export interface Pinch {
  readonly fingers: readonly [Finger, Finger];
  readonly startSpread: number;
  readonly startMiddle: Point;
  /** They have moved the canvas. */
  hasMoved: boolean;
  /** The distance to which the next one is compared; undefined until the slop is passed. */
  spread: number | undefined;
}

/** A finger that does not pan where it is alone. */
export function touchAt(id: number, { x, y }: Point): Finger {
  return { id, input: "touch", pans: false, at: { x, y } };
}

export function createPinch(a: Finger, b: Finger): Pinch {
  return {
    fingers: [a, b],
    startSpread: distance(a.at, b.at),
    startMiddle: midpoint(a.at, b.at),
    hasMoved: false,
    spread: undefined,
  };
}

/** The finger that is left when this one is lifted; undefined where it does not take part. */
export function otherFinger({ fingers: [a, b] }: Pinch, id: number): Finger | undefined {
  if (a.id === id) return b;
  return b.id === id ? a : undefined;
}

/** The middle between the fingers. */
export function middleOf({ fingers: [a, b] }: Pinch): Point {
  return midpoint(a.at, b.at);
}

/**
 * The factor by which the fingers spread since the last time that this was asked; 1 where they pinch only
 * from now on. `since`: the spread to compare with.
 */
export function spreadOf(pinch: Pinch, since: number | undefined = pinch.spread): number {
  const [a, b] = pinch.fingers;
  const spread = Math.max(distance(a.at, b.at), MIN_SPREAD);
  if (pinch.spread === undefined && Math.abs(spread - pinch.startSpread) <= PINCH_SLOP) return 1;
  pinch.spread = spread;
  return since === undefined ? 1 : spread / Math.max(since, MIN_SPREAD);
}
