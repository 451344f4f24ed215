import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createPrng, type Prng } from "../../src/base/prng.ts";
import type { InkSample, StrokeHeader } from "../../src/ink/stroke.ts";

export const PEN: StrokeHeader & { readonly tool: "pen" } = {
  tool: "pen",
  color: 0x1d1d1f,
  width: 4,
  input: "touch",
  pressure: false,
  scale: 0,
};

/** `count` strokes as a hand draws them: curves, corners, changing speed, a little noise. */
export function generateStrokes(seed: number, count: number, hz: 60 | 120 = 120): InkSample[][] {
  const prng = createPrng(seed);
  return Array.from({ length: count }, () => generateStroke(prng, hz));
}

function generateStroke(prng: Prng, hz: number): InkSample[] {
  const length = 3 + prng.below(120);
  const noise = (size: number): number => (prng.next() + prng.next() - 1) * size;
  const samples: InkSample[] = [];
  let x = prng.next() * 1000;
  let y = prng.next() * 700;
  let heading = prng.next() * 2 * Math.PI;
  let turning = noise(0.2);
  let speed = 1;
  const usualSpeed = 60 + prng.next() * 700;
  for (let i = 0; i < length; i++) {
    samples.push({
      x: x + noise(0.2),
      y: y + noise(0.2),
      pressure: Math.min(0.1 + i * 0.05, 0.5 + 0.3 * Math.sin(i / 15)),
      time: (i * 1000) / hz,
    });
    turning = turning * 0.95 + noise(0.04);
    if (prng.chance(0.01)) heading += Math.PI / 2 + noise(1);
    heading += (turning * 120) / hz;
    // A hand slows down where it turns.
    const aim = usualSpeed / hz / (1 + 4 * Math.abs(turning));
    speed += (aim - speed) * 0.2;
    x += Math.cos(heading) * speed;
    y += Math.sin(heading) * speed;
  }
  return samples;
}

export interface Recording {
  readonly name: string;
  readonly strokes: readonly (readonly InkSample[])[];
}

/**
 * The recorded strokes in `folder`, which INKMESH_RECORDINGS may name; else those that may lie next to
 * the repository, in `../shared/ink`; else none.
 */
export function loadRecordings(folder = process.env["INKMESH_RECORDINGS"] ?? "../shared/ink"): Recording[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      const { strokes } = JSON.parse(text) as { strokes: { points: number[][] }[] };
      return {
        name: name.replace(/(-shared)?\.json$/u, ""),
        strokes: strokes.map(({ points }) =>
          points.map(([x, y, time, pressure = 0.5]) => ({ x: x!, y: y!, time: time!, pressure })),
        ),
      };
    });
}
