import type { Point } from "../../../src/base/geometry.ts";
import type { Prng } from "../../../src/base/prng.ts";
import { createSimplifier } from "../../../src/ink/simplify.ts";
import type { InkPoint, InkSample } from "../../../src/ink/stroke.ts";
import { resample } from "../../../src/tools/polyline.ts";
import { PEN } from "./fake-board.ts";

/** What is kept of samples. */
export function simplified(samples: readonly Omit<InkSample, "time">[]): InkPoint[] {
  const simplifier = createSimplifier(PEN, 1);
  const kept = samples.flatMap((sample, i) => simplifier.push({ ...sample, time: i * 8 }));
  return [...kept, ...simplifier.end()];
}

/** A line as a hand draws it that means it: swaying by a part of its size, and trembling a little. */
export function roughly(prng: Prng, line: readonly Point[], size: number, sway = 0.015): InkPoint[] {
  const noise = (most: number): number => (prng.next() * 2 - 1) * most;
  const waves = Array.from({ length: 3 }, (_, i) => ({
    x: noise(sway * size) / (i + 1),
    y: noise(sway * size) / (i + 1),
    phase: prng.next() * 6,
    often: (i + 1) * 3,
  }));
  const places = resample(line, 120);
  return simplified(
    places.map(({ x, y }, i) => {
      let dx = noise(0.5);
      let dy = noise(0.5);
      for (const wave of waves) {
        const at = Math.sin(wave.phase + (wave.often * i) / places.length);
        dx += wave.x * at;
        dy += wave.y * at;
      }
      return { x: x + dx, y: y + dy, pressure: 0.5 };
    }),
  );
}

/** Round a closed line from somewhere, either way, until nearly its beginning or a little beyond it. */
export function goneRound(prng: Prng, corners: readonly Point[]): Point[] {
  const places = resample([...corners, corners[0]!], 200).slice(1);
  const start = prng.below(places.length);
  const count = Math.round(places.length * (0.97 + prng.next() * 0.09));
  const way = prng.chance(0.5) ? 1 : -1;
  return Array.from({ length: count }, (_, i) => {
    const at = (start + way * i) % places.length;
    return places[(at + places.length) % places.length]!;
  });
}

export function turned(corners: readonly Point[], angle: number): Point[] {
  return corners.map(({ x, y }) => ({
    x: 500 + x * Math.cos(angle) - y * Math.sin(angle),
    y: 400 + x * Math.sin(angle) + y * Math.cos(angle),
  }));
}
