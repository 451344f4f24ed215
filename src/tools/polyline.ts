import { distance, type Point } from "../base/geometry.ts";
import { distanceToLine } from "./sweep.ts";

export function lengthOf(line: readonly Point[]): number {
  let length = 0;
  for (const [i, to] of line.entries()) if (i > 0) length += distance(line[i - 1]!, to);
  return length;
}

/** `count` places at equal ways along a line, its ends among them. */
export function resample(line: readonly Point[], count: number): Point[] {
  const step = lengthOf(line) / (count - 1);
  const places: Point[] = [line[0]!];
  let walked = 0;
  for (const [i, to] of line.entries()) {
    const from = line[i - 1];
    const length = from ? distance(from, to) : 0;
    if (!from || length === 0) continue;
    for (let next = places.length * step; next <= walked + length; next = places.length * step) {
      if (places.length === count - 1) break;
      const t = (next - walked) / length;
      places.push({ x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t });
    }
    walked += length;
  }
  places.push(line.at(-1)!);
  return places;
}

/** The corners of a line, its ends among them: between them it stays within `tolerance` of straight lines. */
export function cornersAlong(line: readonly Point[], tolerance: number): Point[] {
  const from = line[0]!;
  const to = line.at(-1)!;
  let worst = tolerance;
  let at = 0;
  for (const [i, place] of line.entries()) {
    const away = distanceToLine(place, from, to);
    if (away <= worst) continue;
    worst = away;
    at = i;
  }
  if (at === 0) return [from, to];
  const before = cornersAlong(line.slice(0, at + 1), tolerance);
  return [...before.slice(0, -1), ...cornersAlong(line.slice(at), tolerance)];
}
