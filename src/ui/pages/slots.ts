import { centreOf, distance, type Box, type Point } from "../../base/geometry.ts";

/** Which of the places is nearest to a point; the first of several, and 0 where there is none. */
export function nearestSlot(slots: readonly Box[], point: Point): number {
  let nearest = 0;
  slots.forEach((slot, i) => {
    if (distance(centreOf(slot), point) < distance(centreOf(slots[nearest]!), point)) nearest = i;
  });
  return nearest;
}

/** The places that are taken when what is at `from` moves to `to`: for each thing in order, where it goes. */
export function placesAfterMove(count: number, from: number, to: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => {
    if (i === from) return to;
    if (from < i && i <= to) return i - 1;
    return to <= i && i < from ? i + 1 : i;
  });
}

/** How fast a list scrolls by itself, in CSS pixels a frame, where something is dragged to its upper or lower edge. */
export function scrollSpeed(y: number, top: number, bottom: number): number {
  const reach = Math.min(EDGE, (bottom - top) / 4);
  const into = y < top + reach ? y - (top + reach) : y > bottom - reach ? y - (bottom - reach) : 0;
  return Math.max(-1, Math.min(1, into / reach)) * FASTEST;
}

/** CSS pixels. */
const EDGE = 56;
const FASTEST = 14;
