import type { Box, Point } from "./geometry.ts";

/** An affine map of the plane: x' = a x + c y + e, y' = b x + d y + f, as a canvas has it. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const IDENTITY: Matrix = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

export function isIdentity({ a, b, c, d, e, f }: Matrix): boolean {
  return a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0;
}

export function translation(x: number, y: number): Matrix {
  return { ...IDENTITY, e: x, f: y };
}

/** `second` after `first`. */
export function multiply(second: Matrix, first: Matrix): Matrix {
  return {
    a: second.a * first.a + second.c * first.b,
    b: second.b * first.a + second.d * first.b,
    c: second.a * first.c + second.c * first.d,
    d: second.b * first.c + second.d * first.d,
    e: second.a * first.e + second.c * first.f + second.e,
    f: second.b * first.e + second.d * first.f + second.f,
  };
}

export function apply({ a, b, c, d, e, f }: Matrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** How much longer lines get, on average: the width of ink goes with it. */
export function scaleOf({ a, b, c, d }: Matrix): number {
  return Math.sqrt(Math.abs(a * d - b * c));
}

/** Undefined for a map that makes everything flat. */
export function invert({ a, b, c, d, e, f }: Matrix): Matrix | undefined {
  const det = a * d - b * c;
  if (!(Math.abs(det) > 1e-12)) return undefined;
  return {
    a: d / det,
    b: -b / det,
    c: -c / det,
    d: a / det,
    e: (c * f - d * e) / det,
    f: (b * e - a * f) / det,
  };
}

/** What becomes of the corners of a box: of the upper left, upper right, lower right and lower left one. */
export function cornersOf({ minX, minY, maxX, maxY }: Box, matrix: Matrix = IDENTITY): readonly Point[] {
  return [
    apply(matrix, { x: minX, y: minY }),
    apply(matrix, { x: maxX, y: minY }),
    apply(matrix, { x: maxX, y: maxY }),
    apply(matrix, { x: minX, y: maxY }),
  ];
}

/** The smallest box around what becomes of a box. */
export function boxThrough(matrix: Matrix, box: Box): Box {
  const corners = cornersOf(box, matrix);
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) };
}
