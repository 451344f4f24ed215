import { distance, type Point } from "../base/geometry.ts";
import { LASER_MS } from "../board/previews/preview.ts";
import type { Tool } from "./tool.ts";

/** Screen pixels between places that are remembered. */
const STEP = 1;

interface TrailPoint extends Point {
  readonly time: number;
}

/** A light that fades: it shows where the pointer was lately, and is never written anywhere. */
export function createLaser(): Tool {
  let places: TrailPoint[] = [];
  let color = 0;
  let step = 0;
  let isDown = false;

  const add = ({ x, y, time }: TrailPoint): void => {
    let last = places.at(-1);
    const place = { x, y, time };
    // It shone there until now, as far as was known; by what comes late, it had gone on before.
    if (last && last.time > time) {
      last = { ...last, time };
      places[places.length - 1] = last;
    }
    // A pointer that rests keeps shining where it is.
    if (last && distance(last, place) < step) places[places.length - 1] = { ...last, time };
    else places.push(place);
  };

  const up = (): void => {
    isDown = false;
  };

  return {
    down(sample, context) {
      places = [];
      color = context.color;
      step = STEP / context.zoom;
      isDown = true;
      add(sample);
    },
    move(samples) {
      if (isDown) samples.forEach(add);
    },
    commit: () => undefined,
    up,
    drop() {
      places = [];
      up();
    },
    preview(now) {
      const last = places.at(-1);
      if (isDown && last) places[places.length - 1] = { ...last, time: Math.max(last.time, now) };
      places = places.filter(({ time }) => now - time < LASER_MS);
      if (places.length === 0) return undefined;
      const points = places.map(({ x, y, time }) => ({ x, y, age: Math.max(now - time, 0) }));
      return { kind: "laser", color, points };
    },
  };
}
