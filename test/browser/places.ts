import type { Place } from "./picture.ts";

/** Places on a circle, `turns` times round, ending where the last turn ends. */
export function circle(center: Place, radius: number, count = 26, turns = 1): Place[] {
  return Array.from({ length: count }, (_, i): Place => {
    const angle = (i / (count - 1)) * turns * 2 * Math.PI;
    return [center[0] + radius * Math.cos(angle), center[1] + radius * Math.sin(angle)];
  });
}

/** A wave from left to right. */
export function wave([x, y]: Place, width: number, height: number, count = 30): Place[] {
  return Array.from({ length: count }, (_, i): Place => {
    const part = i / (count - 1);
    return [x + part * width, y + height * Math.sin(part * 4 * Math.PI)];
  });
}

/** A spiral outwards: every place is a new one. */
export function spiral(center: Place, inner: number, outer: number, count: number, turns: number): Place[] {
  return Array.from({ length: count }, (_, i): Place => {
    const part = i / (count - 1);
    const angle = part * turns * 2 * Math.PI;
    const radius = inner + (outer - inner) * part;
    return [center[0] + radius * Math.cos(angle), center[1] + radius * Math.sin(angle)];
  });
}

/** Up and down from left to right, with a corner at every place: none of them can be left out. */
export function zigzag([x, y]: Place, width: number, height: number, count: number): Place[] {
  return Array.from({ length: count }, (_, i): Place => [
    x + (i / (count - 1)) * width,
    y + (i % 2) * height,
  ]);
}
