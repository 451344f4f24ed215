import { distance, midpoint, type Point } from "../base/geometry.ts";
import type { InkPoint, ShapeTool } from "./stroke.ts";

/** Half the angle between the two sides of an arrow's head: 30 degrees. */
const HEAD_COS = 0.866_025_403_784_438_6;
const HEAD_SIN = 0.5;
/** The length of a head: so many times the width, and so much of the shaft, but never most of it. */
const HEAD_WIDTHS = 3;
const HEAD_PART = 0.08;
const LONGEST_HEAD = 0.5;

/** How often a quarter of an ellipse is halved. */
const LEAST_HALVINGS = 4;
const MOST_HALVINGS = 11;
/** A span that turns by 10 degrees is smooth: the squared cosine of it. */
const SMOOTH_COS_SQUARED = 0.984_807_753 ** 2;

/**
 * The outline of a shape as the points of an evenly wide stroke, in one way of the pen. A rectangle
 * and an ellipse fill the box between the two points and end where they began.
 *
 * Made with nothing but what IEEE 754 defines to the last digit, so that every engine gets the same.
 *
 * @param width of the stroke, in world units as the points: a wide arrow has a large head.
 */
export function shapePoints(tool: ShapeTool, from: Point, to: Point, width: number): InkPoint[] {
  if (from.x === to.x && from.y === to.y) return [inkAt(from.x, from.y)];
  switch (tool) {
    case "line":
      return [inkAt(from.x, from.y), inkAt(to.x, to.y)];
    case "arrow":
      return arrow(from, to, width);
    case "rectangle":
      return [
        inkAt(from.x, from.y),
        inkAt(to.x, from.y),
        inkAt(to.x, to.y),
        inkAt(from.x, to.y),
        inkAt(from.x, from.y),
      ];
    case "ellipse":
      return ellipse(from, to);
  }
}

/** Along the shaft, and over the tip from one end of the head to the other. */
function arrow(from: Point, to: Point, width: number): InkPoint[] {
  const length = distance(from, to);
  const head = Math.min(HEAD_WIDTHS * width + HEAD_PART * length, LONGEST_HEAD * length);
  const backX = ((from.x - to.x) / length) * head;
  const backY = ((from.y - to.y) / length) * head;
  const wing = (sin: number): InkPoint =>
    inkAt(to.x + backX * HEAD_COS - backY * sin, to.y + backX * sin + backY * HEAD_COS);
  const tip = inkAt(to.x, to.y);
  return [inkAt(from.x, from.y), tip, wing(HEAD_SIN), tip, wing(-HEAD_SIN)];
}

/**
 * Close points where it bends, so that the curve through them takes no turn for a corner. It begins
 * at its flattest place, where the joint is least seen.
 */
function ellipse(from: Point, to: Point): InkPoint[] {
  const centre = midpoint(from, to);
  const radii = { x: Math.abs(to.x - from.x) / 2, y: Math.abs(to.y - from.y) / 2 };
  const quarters = [
    { x: 1, y: 0 },
    { x: 0, y: 1 },
    { x: -1, y: 0 },
    { x: 0, y: -1 },
  ];
  const first = radii.x < radii.y ? 0 : 1;
  const unit: Point[] = [];
  for (let i = 0; i < 4; i++) {
    const start = quarters[(first + i) % 4]!;
    unit.push(start, ...between(start, quarters[(first + i + 1) % 4]!, radii, 0));
  }
  unit.push(quarters[first]!);
  return unit.map(({ x, y }) => inkAt(centre.x + radii.x * x, centre.y + radii.y * y));
}

/** Points of the unit circle between two, as dense as the ellipse of these radii needs them. */
function between(a: Point, b: Point, radii: Point, depth: number): Point[] {
  const sum = { x: a.x + b.x, y: a.y + b.y };
  const length = Math.sqrt(sum.x * sum.x + sum.y * sum.y);
  const middle = { x: sum.x / length, y: sum.y / length };
  if (depth >= LEAST_HALVINGS && (depth >= MOST_HALVINGS || isSmooth(a, b, radii))) return [];
  return [...between(a, middle, radii, depth + 1), middle, ...between(middle, b, radii, depth + 1)];
}

/** By the way the curve goes at the one point and at the other. */
function isSmooth(a: Point, b: Point, radii: Point): boolean {
  const from = { x: -a.y * radii.x, y: a.x * radii.y };
  const to = { x: -b.y * radii.x, y: b.x * radii.y };
  const dot = from.x * to.x + from.y * to.y;
  const squares = (from.x * from.x + from.y * from.y) * (to.x * to.x + to.y * to.y);
  return dot > 0 && dot * dot >= SMOOTH_COS_SQUARED * squares;
}

function inkAt(x: number, y: number): InkPoint {
  return { x, y, pressure: 0.5 };
}
