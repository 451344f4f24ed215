/*
 * Tells when two or three fingers tap together: fast, in place, all of them down at the same time, and no
 * palm among them.
 */
import { distance, type Point } from "../../base/geometry.ts";
import type { GestureInput } from "./gesture-events.ts";
import type { Palms } from "./palm.ts";

/** From the first finger's landing to the last one's lifting, in milliseconds. */
const TAP_MS = 250;
/** A finger that moves as far as this does not tap. In CSS pixels. */
export const TAP_MOVE = 10;
const MOST_FINGERS = 3;

/** Tells taps of two and three fingers from everything else that fingers do. */
export interface Taps {
  /** Takes every input, before anybody but what tells palms. Gives the number of fingers when they have tapped. */
  handle(input: GestureInput): 2 | 3 | undefined;
  /** What the fingers are doing may still become a tap. */
  possible(): boolean;
}

export function createTaps(palms: Pick<Palms, "isPenNear" | "isBroad">): Taps {
  /** Fingers that are down, with the places where they landed. */
  const fingers = new Map<number, Point>();
  let start = 0;
  /** How many took part; 0: what is going on is no tap. */
  let count = 0;

  const isLate = (time: number): boolean => !(time - start < TAP_MS);

  const down = (id: number, place: Point, time: number, dismissing: boolean): void => {
    if (fingers.size === 0) {
      start = time;
      count = dismissing ? 0 : 1;
      // Fingers tap together: all of them are down at the same time.
    } else if (isLate(time) || fingers.size !== count || count === MOST_FINGERS) count = 0;
    else count++;
    if (palms.isPenNear(time) || palms.isBroad(id)) count = 0;
    fingers.set(id, place);
  };

  const lift = (id: number, time: number): 2 | 3 | undefined => {
    if (!fingers.delete(id)) return undefined;
    if (isLate(time) || palms.isPenNear(time)) count = 0;
    if (fingers.size > 0) return undefined;
    const tapped = count;
    count = 0;
    return tapped === 2 || tapped === 3 ? tapped : undefined;
  };

  return {
    handle(input) {
      switch (input.type) {
        case "down":
          fingers.delete(input.id);
          // Beside a pen or a mouse at work, fingers are a palm.
          if (input.input === "touch") down(input.id, input.sample, input.sample.time, input.dismissing);
          else count = 0;
          return undefined;
        case "move": {
          const from = fingers.get(input.id);
          if (!from) return undefined;
          if (palms.isBroad(input.id)) count = 0;
          if (input.samples.some((at) => isLate(at.time) || distance(from, at) >= TAP_MOVE)) count = 0;
          return undefined;
        }
        case "pen-near":
          count = 0;
          return undefined;
        case "up":
          return lift(input.id, input.time);
        case "cancel":
          return lift(input.id, Infinity);
      }
    },
    possible: () => count > 0,
  };
}
