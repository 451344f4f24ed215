import { LIMITS } from "../../board/document/limits.ts";
import { LASER_MS, type LaserPoint, type Preview } from "../../board/previews/preview.ts";

/** A laser that rests shines on: its light is told again. */
const RESTING_MS = 600;

type Laser = Preview & { readonly kind: "laser" };

/** A preview, and when it was made. */
export interface Dated<P extends Preview> {
  readonly preview: P;
  readonly at: number;
}

/** What is left of it so much later. Only a laser changes by itself; undefined: its light is gone. */
export function agedBy(preview: Preview, milliseconds: number): Preview | undefined {
  if (preview.kind !== "laser") return preview;
  const points = preview.points
    .map(({ x, y, age }) => ({ x, y, age: age + milliseconds }))
    .filter(({ age }) => age <= LASER_MS)
    .slice(-LIMITS.laserPoints.writes);
  return points.length > 0 ? { ...preview, points } : undefined;
}

/** How long it is until its light is gone. */
export function lightLeft({ points }: Laser): number {
  return LASER_MS - (points.at(-1)?.age ?? LASER_MS);
}

/** Shows light that the other one did not have. */
export function isBrighter(next: Dated<Laser>, before: Dated<Laser>): boolean {
  const newest = next.preview.points.at(-1);
  const known = before.preview.points.at(-1);
  if (!newest || !known) return newest !== undefined;
  const later = timeOf(newest, next.at) - timeOf(known, before.at);
  const hasMoved = newest.x !== known.x || newest.y !== known.y;
  return later > (hasMoved ? 0 : RESTING_MS);
}

function timeOf({ age }: LaserPoint, at: number): number {
  return at - age;
}
