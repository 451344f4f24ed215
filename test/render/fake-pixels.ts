import type { Box } from "../../src/base/geometry.ts";

/** What a pixel holds: what covers everything below it, or marks on top of that. */
export interface Ink {
  readonly covers: boolean;
  readonly text: string;
}

/** One thing that was painted, and what it leaves on a pixel inside `box`. */
export interface Operation {
  readonly box: Box;
  at(x: number, y: number): Ink;
}

/** What lies on a pixel after these operations: a chain of marks down to what covers all. */
export function pixelOf(operations: readonly Operation[], count: number, x: number, y: number): Ink {
  let marks = "";
  for (let i = count - 1; i >= 0; i--) {
    const { box, at } = operations[i]!;
    if (x < box.minX || y < box.minY || x >= box.maxX || y >= box.maxY) continue;
    const { covers, text } = at(x, y);
    marks = text + marks;
    if (covers) return { covers: true, text: marks };
  }
  return { covers: false, text: marks };
}
