import type { Point } from "../../src/base/geometry.ts";

/** A path that only remembers the points which its bounding box has to hold. */
export class FakePath {
  readonly points: Point[] = [];
  moveTo(x: number, y: number): void {
    this.points.push({ x, y });
  }
  lineTo(x: number, y: number): void {
    this.points.push({ x, y });
  }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.points.push({ x: cx, y: cy }, { x, y });
  }
  arc(x: number, y: number, radius: number): void {
    this.points.push({ x: x - radius, y: y - radius }, { x: x + radius, y: y + radius });
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.points.push({ x, y }, { x: x + width, y: y + height });
  }
  closePath(): void {
    this.points.push(this.points[0]!);
  }
}

/** Gives the code under test a Path2D. */
export function stubPath2D(): void {
  Object.assign(globalThis, { Path2D: FakePath });
}
