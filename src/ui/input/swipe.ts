/*
 * Three fingers that move to one side together: they turn the page. What two of them would do to the canvas is
 * over as soon as the third one lands, whatever comes of it.
 */
import type { Point } from "../../base/geometry.ts";
import type { GestureAction } from "./gesture-events.ts";
import type { Finger, Pinch } from "./pinch.ts";

/** Three fingers or more, until the last of them is lifted. */
export interface Swipe {
  /** Those that are down, with the places where they landed, or were when the third one did. */
  readonly fingers: Map<number, { readonly from: Point; at: Point }>;
  /** It has done what it does, or turned out to be nothing: the fingers that are left mean nothing more. */
  isOver: boolean;
}

/** So far fingers move that mean it, in CSS pixels, and so much further to the side than up or down. */
const LEAST_WAY = 48;
const SIDEWAYS = 1.5;

/** A third finger lands beside two that have not moved the canvas. */
export function createSwipe({ fingers }: Pinch, third: Finger): Swipe {
  const all = [...fingers, third].map(({ id, at }) => [id, { from: at, at }] as const);
  return { fingers: new Map(all), isOver: false };
}

export function moveSwipe({ fingers }: Swipe, id: number, to: Point): void {
  const finger = fingers.get(id);
  if (finger) finger.at = to;
}

/** One more finger is down: that is no swipe. */
export function addToSwipe(swipe: Swipe, { id, at }: Finger): void {
  swipe.fingers.set(id, { from: at, at });
  swipe.isOver = true;
}

/** One of the fingers is lifted; `isMeant`: by a person, and not taken away. */
export function liftFromSwipe(swipe: Swipe, id: number, isMeant: boolean): GestureAction[] {
  const direction = swipe.isOver || !isMeant ? undefined : directionOf(swipe);
  if (!swipe.fingers.delete(id)) return [];
  swipe.isOver = true;
  return direction ? [{ type: "swipe", direction }] : [];
}

/** Where all fingers went; undefined: not to one side. */
function directionOf({ fingers }: Swipe): "left" | "right" | undefined {
  const ways = [...fingers.values()].map(({ from, at }) => ({ x: at.x - from.x, y: at.y - from.y }));
  const isSideways = ways.every(
    ({ x, y }) => Math.abs(x) >= LEAST_WAY && Math.abs(x) >= SIDEWAYS * Math.abs(y),
  );
  if (!isSideways) return undefined;
  if (ways.every(({ x }) => x < 0)) return "left";
  return ways.every(({ x }) => x > 0) ? "right" : undefined;
}
