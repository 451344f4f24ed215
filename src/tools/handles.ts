/*
 * The handles around a selection: where they stand, and what dragging one does to what is selected.
 */
import type { Box, Point } from "../base/geometry.ts";
import { apply, IDENTITY, invert, multiply, translation, type Matrix } from "../base/matrix.ts";
import type { Frame } from "./frame.ts";

/** Named by the points of the compass; `rotate` stands above the upper side. */
export type HandleName = keyof typeof SIDES | "rotate";

export interface Handle {
  readonly name: HandleName;
  /** World units. */
  readonly at: Point;
}

/** World units; `zoom`: screen pixels to each. */
interface HandleDrag {
  readonly from: Point;
  readonly to: Point;
  readonly zoom: number;
  readonly constrain: boolean;
}

/** On which sides of the frame a handle is: x to the right, y down. */
export const SIDES = {
  nw: { x: -1, y: -1 },
  n: { x: 0, y: -1 },
  ne: { x: 1, y: -1 },
  e: { x: 1, y: 0 },
  se: { x: 1, y: 1 },
  s: { x: 0, y: 1 },
  sw: { x: -1, y: 1 },
  w: { x: -1, y: 0 },
} as const;
const NAMES = Object.keys(SIDES) as (keyof typeof SIDES)[];

/** Screen pixels. Handles stand a little off the ink, and that to rotate further. */
const OFF = 8;
const ROTATE_OFF = 36;
/** A side that is shorter than this has no handle in its middle: it would be on the corners'. */
const ROOM = 40;
/** No side gets shorter than this, nor so many times as long. */
const SHORTEST = 4;
const MAX_SCALE = 100;
const STEP = Math.PI / 12;

/**
 * Where the handles of a frame are after a matrix. `hasLines`: sides set a width, and are there at any height.
 */
export function handlesOf(
  { axes, box }: Frame,
  matrix: Matrix,
  zoom: number,
  hasLines = false,
): readonly Handle[] {
  const place = multiply(matrix, axes);
  const right = unit(place.a, place.b);
  const down = unit(place.c, place.d);
  const width = (box.maxX - box.minX) * right.length * zoom;
  const height = (box.maxY - box.minY) * down.length * zoom;
  const off = (side: Point, pixels: number): Point => {
    const { x, y } = apply(place, placeOn(box, side));
    const away = pixels / zoom;
    return {
      x: x + (right.x * side.x + down.x * side.y) * away,
      y: y + (right.y * side.x + down.y * side.y) * away,
    };
  };
  const shown = NAMES.filter((name) => {
    const { x, y } = SIDES[name];
    return (x !== 0 || width >= ROOM) && (y !== 0 || hasLines || height >= ROOM);
  });
  return [
    ...shown.map((name) => ({ name, at: off(SIDES[name], OFF) })),
    { name: "rotate", at: off(SIDES.n, ROTATE_OFF) },
  ];
}

/**
 * What dragging a handle of the frame from one place to another does to what is in it; all in world units.
 * Corners keep the proportions, sides stretch one way; `constrain` turns that round, and turns the frame to
 * a multiple of 15 degrees. Where what is in the frame may not be stretched, all keeps its proportions.
 */
export function draggedHandle(name: HandleName, frame: Frame, drag: HandleDrag): Matrix {
  if (name === "rotate") return rotated(frame, drag);
  const { axes } = frame;
  const back = invert(axes) ?? IDENTITY;
  const along = { ...drag, from: apply(back, drag.from), to: apply(back, drag.to) };
  return multiply(axes, multiply(resized(SIDES[name], frame, along), back));
}

/** The same along the axes of the frame. */
function resized(side: Point, { box, stretches }: Frame, { from, to, zoom, constrain }: HandleDrag): Matrix {
  const fixed = placeOn(box, { x: -side.x, y: -side.y });
  const width = Math.max(box.maxX - box.minX, Number.EPSILON);
  const height = Math.max(box.maxY - box.minY, Number.EPSILON);
  const dx = side.x * (to.x - from.x);
  const dy = side.y * (to.y - from.y);
  const isCorner = side.x !== 0 && side.y !== 0;
  if (stretches && isCorner === constrain) {
    const across = side.x === 0 ? 1 : factor(width, dx, zoom);
    return scaled(fixed, across, side.y === 0 ? 1 : factor(height, dy, zoom));
  }
  // Along the way from the fixed point to the handle.
  const reach = Math.sqrt((side.x * width) ** 2 + (side.y * height) ** 2);
  const both = factor(reach, (width * dx + height * dy) / reach, zoom);
  return scaled(fixed, both, both);
}

function placeOn({ minX, minY, maxX, maxY }: Box, side: Point): Point {
  return {
    x: (minX + maxX) / 2 + (side.x * (maxX - minX)) / 2,
    y: (minY + maxY) / 2 + (side.y * (maxY - minY)) / 2,
  };
}

/** How many times as long something gets that is drawn out by `more`; never turned inside out. */
function factor(length: number, more: number, zoom: number): number {
  const shortest = Math.min(SHORTEST / zoom / length, 1);
  return Math.min(Math.max((length + more) / length, shortest), MAX_SCALE);
}

function scaled({ x, y }: Point, a: number, d: number): Matrix {
  return { a, b: 0, c: 0, d, e: x - a * x, f: y - d * y };
}

function rotated({ axes, box }: Frame, { from, to, constrain }: HandleDrag): Matrix {
  const centre = apply(axes, placeOn(box, { x: 0, y: 0 }));
  const angle = (place: Point): number => Math.atan2(place.y - centre.y, place.x - centre.x);
  const turn = angle(to) - angle(from);
  const before = Math.atan2(axes.b, axes.a);
  const even = constrain ? Math.round((before + turn) / STEP) * STEP - before : turn;
  const cos = Math.cos(even);
  const sin = Math.sin(even);
  const about = { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
  return multiply(translation(centre.x, centre.y), multiply(about, translation(-centre.x, -centre.y)));
}

function unit(x: number, y: number): Point & { readonly length: number } {
  const length = Math.sqrt(x * x + y * y);
  return length === 0 ? { x: 0, y: 0, length } : { x: x / length, y: y / length, length };
}
