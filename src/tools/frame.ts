/*
 * The frame around what is selected. What lies turned has a turned frame, along whose sides it can be
 * stretched without going askew: a turned rectangle stays a rectangle.
 */
import type { Box, Point } from "../base/geometry.ts";
import { IDENTITY, type Matrix } from "../base/matrix.ts";
import type { Item } from "../board/document/board.ts";

/** A box with axes of its own. */
export interface Frame {
  /** From the box to the world: its columns are as long as 1, the first points to the right, the second down. */
  readonly axes: Matrix;
  /** Along the axes. */
  readonly box: Box;
  /**
   * All that is in it lies along its axes, and keeps its angles when they are stretched each for itself.
   * Otherwise only both together may be.
   */
  readonly stretches: boolean;
}

/** Sines: two directions that differ by less are one; axes that lie closer together span no frame. */
const SAME = 1e-3;
const FLAT = 0.1;
/** What rounding leaves of a direction that is upright. */
const ROUNDING = 1e-6;
/** What is as short as this has no direction. */
const NOTHING = 1e-12;

/**
 * The axes along which all the items lie, upright where there are none. An item that has gone askew on a
 * board of an earlier version has a frame that is as askew: it gets no worse along its own sides.
 */
export function axesOf(items: readonly Item[]): Pick<Frame, "axes" | "stretches"> {
  const [first, ...others] = items.map(sidesOf);
  const axes = first ? axesAlong(first) : IDENTITY;
  return axes && others.every((sides) => areAlong(sides, axes))
    ? { axes, stretches: true }
    : { axes: IDENTITY, stretches: false };
}

/** Where a matrix takes directions to the right and down. */
type Sides = readonly [Point, Point];

function sidesOf(item: Item): Sides {
  const { a, b, c, d } = item.kind === "stroke" ? (item.attributes.matrix ?? IDENTITY) : item.matrix;
  return [unit(a, b), unit(c, d)];
}

/**
 * Whichever side is nearest to it points to the right: handles are named by where they are, also in what
 * was turned over.
 */
function axesAlong([first, second]: Sides): Matrix | undefined {
  if (Math.abs(cross(first, second)) < FLAT) return undefined;
  const [across, along] = Math.abs(first.x) >= Math.abs(second.x) ? [first, second] : [second, first];
  const right = across.x < 0 ? opposite(across) : across;
  const down = cross(right, along) < 0 ? opposite(along) : along;
  if (Math.abs(right.y) < ROUNDING && Math.abs(down.x) < ROUNDING) return IDENTITY;
  return { a: right.x, b: right.y, c: down.x, d: down.y, e: 0, f: 0 };
}

function areAlong(sides: Sides, { a, b, c, d }: Matrix): boolean {
  return sides.every(
    (side) => Math.abs(cross(side, { x: a, y: b })) < SAME || Math.abs(cross(side, { x: c, y: d })) < SAME,
  );
}

function unit(x: number, y: number): Point {
  const length = Math.hypot(x, y);
  return length < NOTHING ? { x: 0, y: 0 } : { x: x / length, y: y / length };
}

function opposite({ x, y }: Point): Point {
  return { x: -x, y: -y };
}

function cross(a: Point, b: Point): number {
  return a.x * b.y - a.y * b.x;
}
