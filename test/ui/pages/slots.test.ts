import { describe, expect, it } from "vitest";
import type { Box } from "../../../src/base/geometry.ts";
import { nearestSlot, placesAfterMove, scrollSpeed } from "../../../src/ui/pages/slots.ts";

/** Two columns of squares of 100, from the left or from the right. */
const grid = (count: number, rtl = false): Box[] =>
  Array.from({ length: count }, (_, i) => {
    const column = rtl ? 1 - (i % 2) : i % 2;
    const row = Math.floor(i / 2);
    return { minX: 110 * column, minY: 110 * row, maxX: 110 * column + 100, maxY: 110 * row + 100 };
  });

describe("a card that is dragged", () => {
  it("goes to the place that is nearest, in either direction of reading", () => {
    expect(nearestSlot(grid(5), { x: 40, y: 60 })).toBe(0);
    expect(nearestSlot(grid(5), { x: 170, y: 60 })).toBe(1);
    expect(nearestSlot(grid(5, true), { x: 170, y: 60 })).toBe(0);
    expect(nearestSlot(grid(5), { x: 400, y: 900 })).toBe(4);
    expect(nearestSlot([], { x: 0, y: 0 })).toBe(0);
  });
  it("makes those move up or down that lie between", () => {
    expect(placesAfterMove(4, 0, 2)).toEqual([2, 0, 1, 3]);
    expect(placesAfterMove(4, 3, 1)).toEqual([0, 2, 3, 1]);
    expect(placesAfterMove(3, 1, 1)).toEqual([0, 1, 2]);
  });
  it("scrolls the list at its edges, the faster the nearer, and nowhere else", () => {
    expect(scrollSpeed(300, 0, 600)).toBe(0);
    expect(scrollSpeed(30, 0, 600)).toBeLessThan(0);
    expect(scrollSpeed(5, 0, 600)).toBeLessThan(scrollSpeed(30, 0, 600));
    expect(scrollSpeed(590, 0, 600)).toBeGreaterThan(scrollSpeed(560, 0, 600));
    expect(scrollSpeed(5000, 0, 600)).toBe(scrollSpeed(600, 0, 600));
  });
});
