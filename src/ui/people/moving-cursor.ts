import type { Point } from "../../base/geometry.ts";

/**
 * News comes a few times a second. The cursor takes about the time until the next for its way, within
 * these milliseconds, as a contact's ink does: it stays at the tip.
 */
const SHORTEST_WAY = 40;
const LONGEST_WAY = 250;

/** A contact's cursor on its way to where the contact is now. Points in world units, times in milliseconds. */
export interface MovingCursor {
  /** Where it is shown; undefined: nowhere. */
  at: Point | undefined;
  /** Its way, with the times of the news and of its arrival. */
  way: Way | undefined;
  /** It did not move for a while, and is faded. */
  resting: boolean;
}

interface Way {
  readonly from: Point;
  readonly to: Point;
  readonly since: number;
  readonly until: number;
}

export function createMovingCursor(): MovingCursor {
  return { at: undefined, way: undefined, resting: true };
}

/** Sets out for a place that was just told; `jumps`: it is there at once. */
export function setOut(cursor: MovingCursor, to: Point | undefined, now: number, jumps: boolean): void {
  // One that was not to be seen does not fly in from where it was.
  if (cursor.resting || jumps) cursor.at = to;
  const pause = Math.min(Math.max(now - (cursor.way?.since ?? -Infinity), SHORTEST_WAY), LONGEST_WAY);
  cursor.way = cursor.at && to && { from: cursor.at, to, since: now, until: now + pause };
  cursor.resting = false;
}

/** Goes as far as it has come by now; says whether it has not arrived. */
export function advance(cursor: MovingCursor, now: number): boolean {
  if (!cursor.way) return false;
  const { from, to, since, until } = cursor.way;
  const part = Math.min((now - since) / (until - since), 1);
  cursor.at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  return part < 1;
}
