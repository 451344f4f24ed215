/*
 * What the gesture recogniser remembers from one input to the next: its states, with the ways between them.
 */
import type { Point } from "../../base/geometry.ts";
import type { Momentum } from "./momentum.ts";
import type { PalmProofs } from "./palm-proof.ts";
import type { Palms } from "./palm.ts";
import type { Finger, Pinch } from "./pinch.ts";
import type { StrokeGesture } from "./stroke-gesture.ts";
import type { Swipe } from "./swipe.ts";
import type { Taps } from "./tap.ts";

/** The speed of a canvas when one of two fingers let it go. */
export interface Release {
  readonly velocity: Point;
  readonly time: number;
}

/**
 * - idle -> drawing: pen, mouse or first finger goes down
 * - drawing -> pinching: a second finger lands while the stroke is provisional (drops it)
 * - drawing -> drawing: fingers that land later do not move the canvas: they constrain what is drawn
 * - pinching -> resting: one of the two fingers is lifted
 * - resting -> pinching: another finger lands; resting -> idle: the last finger is lifted
 * - idle -> dragging: a pointer goes down that pans; dragging -> pinching: a second finger lands
 * - pinching -> dragging: one of two fingers that pan is lifted
 * - pinching -> swiping: a third finger lands before the two have moved the canvas
 * - swiping -> idle: the last finger is lifted
 * - any -> drawing: a pen goes down; it takes precedence over fingers
 */
export type State =
  | { readonly kind: "idle" }
  | { readonly kind: "drawing"; readonly stroke: StrokeGesture }
  /** `still`: the finger has not left the slop around where it landed. */
  | { readonly kind: "dragging"; readonly finger: Finger; still: boolean; readonly release?: Release }
  | { readonly kind: "pinching"; readonly pinch: Pinch }
  | { readonly kind: "swiping"; readonly swipe: Swipe }
  | { readonly kind: "resting"; readonly finger: Finger; readonly release: Release };

/** What the recogniser remembers from one input to the next. */
export interface Recogniser {
  state: State;
  /** How fast the canvas moves since the fingers on it changed. */
  readonly momentum: Momentum;
  readonly taps: Taps;
  readonly palms: Palms;
  readonly proofs: PalmProofs;
}
