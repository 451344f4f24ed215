/*
 * Lays lines, rectangles and ellipses through the points of a rough stroke, and says how far off they are.
 */
import { boundsOf, centreOf, distance, type Box, type Point } from "../base/geometry.ts";

/** Something regular laid through points. */
export interface Fit {
  readonly box: Box;
  /** How far the points lie off it: on average, and at most; world units. */
  readonly mean: number;
  readonly worst: number;
  /** There are points all along it. */
  readonly complete: boolean;
}

const SECTORS = 12;

/** The ellipse with level axes for which the squared errors of its equation are least. */
export function fitEllipse(points: readonly Point[]): Fit | undefined {
  const around = boundsOf(points);
  if (!around) return undefined;
  const size = Math.max(around.maxX - around.minX, around.maxY - around.minY);
  const middle = centreOf(around);
  const near = points.map(({ x, y }) => ({ x: (x - middle.x) / size, y: (y - middle.y) / size }));
  // a x^2 + b y^2 + c x + d y = 1
  const solved = leastSquares(near.map(({ x, y }) => [x * x, y * y, x, y]));
  if (!solved) return undefined;
  const [a, b, c, d] = solved as [number, number, number, number];
  if (!(a > 0 && b > 0)) return undefined;
  const k = 1 + (c * c) / (4 * a) + (d * d) / (4 * b);
  const rx = Math.sqrt(k / a) * size;
  const ry = Math.sqrt(k / b) * size;
  const x = middle.x - (c / (2 * a)) * size;
  const y = middle.y - (d / (2 * b)) * size;
  const sectors = new Set<number>();
  const errors = points.map((point) => {
    const right = (point.x - x) / rx;
    const down = (point.y - y) / ry;
    sectors.add(Math.floor((Math.atan2(down, right) / (2 * Math.PI) + 0.5) * SECTORS) % SECTORS);
    const out = Math.sqrt(right * right + down * down);
    return out === 0 ? Math.min(rx, ry) : Math.abs(1 - 1 / out) * distance(point, { x, y });
  });
  const box = { minX: x - rx, minY: y - ry, maxX: x + rx, maxY: y + ry };
  return { box, ...sumOf(errors), complete: sectors.size === SECTORS };
}

/** The rectangle whose sides are in the middle of the points along them, turned by `angle` about its middle. */
export function fitRectangle(points: readonly Point[], angle: number): Fit | undefined {
  const around = boundsOf(points);
  if (!around) return undefined;
  const middle = centreOf(around);
  const turned = points.map((point) => turn(point, middle, -angle));
  let box = boundsOf(turned)!;
  for (let i = 0; i < 3; i++) box = settle(box, turned);
  const errors = turned.map((point) => Math.min(...Object.values(awayFrom(box, point))));
  const centre = turn(centreOf(box), middle, angle);
  const width = (box.maxX - box.minX) / 2;
  const height = (box.maxY - box.minY) / 2;
  const level = {
    minX: centre.x - width,
    minY: centre.y - height,
    maxX: centre.x + width,
    maxY: centre.y + height,
  };
  return { box: level, ...sumOf(errors), complete: hasCorners(box, turned) };
}

/** How near to each corner a line must come, in parts of the shorter side: a circle does not. */
const CORNER = 0.15;

function hasCorners(box: Box, points: readonly Point[]): boolean {
  const reach = CORNER * Math.min(box.maxX - box.minX, box.maxY - box.minY);
  return [box.minX, box.maxX].every((x) =>
    [box.minY, box.maxY].every((y) => points.some((point) => distance(point, { x, y }) < reach)),
  );
}

function awayFrom({ minX, minY, maxX, maxY }: Box, { x, y }: Point): Record<keyof Box, number> {
  return {
    minX: Math.abs(x - minX),
    minY: Math.abs(y - minY),
    maxX: Math.abs(x - maxX),
    maxY: Math.abs(y - maxY),
  };
}

/** Brings each side of a box to the middle of the points that are nearer to it than to the others. */
function settle(box: Box, points: readonly Point[]): Box {
  const sums = { minX: [0, 0], minY: [0, 0], maxX: [0, 0], maxY: [0, 0] };
  for (const point of points) {
    const away = awayFrom(box, point);
    let side: keyof Box = "minX";
    for (const other of ["minY", "maxX", "maxY"] as const) if (away[other] < away[side]) side = other;
    sums[side][0]! += side === "minX" || side === "maxX" ? point.x : point.y;
    sums[side][1]! += 1;
  }
  const mean = (side: keyof Box): number =>
    sums[side][1]! > 0 ? sums[side][0]! / sums[side][1]! : box[side];
  return { minX: mean("minX"), minY: mean("minY"), maxX: mean("maxX"), maxY: mean("maxY") };
}

function turn({ x, y }: Point, about: Point, angle: number): Point {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const right = x - about.x;
  const down = y - about.y;
  return { x: about.x + right * cos - down * sin, y: about.y + right * sin + down * cos };
}

function sumOf(errors: readonly number[]): { mean: number; worst: number } {
  return { mean: errors.reduce((sum, error) => sum + error, 0) / errors.length, worst: Math.max(...errors) };
}

/** The numbers by which the terms of each row add up to 1 as nearly as can be; undefined where many do. */
function leastSquares(rows: readonly (readonly number[])[]): number[] | undefined {
  const count = rows[0]!.length;
  const matrix = Array.from({ length: count }, (_, i) => [
    ...Array.from({ length: count }, (__, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
    rows.reduce((sum, row) => sum + row[i]!, 0),
  ]);
  for (let i = 0; i < count; i++) {
    let pivot = i;
    for (let j = i + 1; j < count; j++)
      if (Math.abs(matrix[j]![i]!) > Math.abs(matrix[pivot]![i]!)) pivot = j;
    [matrix[i], matrix[pivot]] = [matrix[pivot]!, matrix[i]!];
    const row = matrix[i]!;
    if (Math.abs(row[i]!) < 1e-9) return undefined;
    for (let j = 0; j < count; j++) {
      if (j === i) continue;
      const factor = matrix[j]![i]! / row[i]!;
      for (let k = i; k <= count; k++) matrix[j]![k]! -= factor * row[k]!;
    }
  }
  return matrix.map((row, i) => row[count]! / row[i]!);
}
