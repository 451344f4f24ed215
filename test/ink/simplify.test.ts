import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { quantize } from "../../src/ink/codec.ts";
import { flattenCurve } from "../../src/ink/curve.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkSample, StrokeHeader } from "../../src/ink/stroke.ts";
import { strokeHeader } from "../../src/tools/stroke-header.ts";
import { deviationOf, simplified } from "../bench/deviation.ts";
import { generateStrokes, loadRecordings, PEN } from "../support/strokes.ts";
import { distanceToLine } from "./distance.ts";

const sample = (x: number, y: number, pressure = 0.5): InkSample => ({ x, y, pressure, time: 0 });

/** Distances of the samples from the drawn curve. */
function deviations(header: StrokeHeader, samples: readonly InkSample[]): number[] {
  const line = flattenCurve(simplified(header, samples), 0.25);
  return samples.map((each) => distanceToLine(each, line));
}

test.each([60, 120] as const)("generated strokes at %i Hz stay near the samples, both ways", (hz) => {
  const { mean, worst95 } = deviationOf(generateStrokes(11, 150, hz));
  expect(mean).toBeLessThanOrEqual(0.15);
  expect(worst95).toBeLessThanOrEqual(0.9);
});

test.each([0.1, 0.5, 2, 8])("in proportion when drawn at zoom %d", (zoom) => {
  const strokes = generateStrokes(12, 50).map((stroke) =>
    stroke.map(({ x, y, ...rest }) => ({ ...rest, x: x / zoom, y: y / zoom })),
  );
  const header = strokeHeader({ tool: "pen", color: 0, size: 4 }, "touch", zoom);
  const { mean, worst95 } = deviationOf(strokes, header, zoom);
  expect(mean).toBeLessThanOrEqual(0.15);
  expect(worst95).toBeLessThanOrEqual(0.9);
});

test("nothing bulges where few samples were taken", () => {
  const sparse = Array.from({ length: 20 }, (_, i) =>
    sample(100 * Math.cos(i * 0.6), 90 * Math.sin(i * 0.6)),
  );
  expect(deviationOf([sparse]).worst95).toBeLessThan(0.9);
});

test("fewer points are kept when drawn zoomed out", () => {
  const count = (zoom: number): number =>
    generateStrokes(13, 20).flatMap((stroke) => simplified(PEN, stroke, zoom)).length;
  expect(count(0.1)).toBeLessThan(count(1) * 0.8);
});

for (const { name, strokes } of loadRecordings()) {
  test(`recorded strokes stay near the samples, both ways: ${name}`, () => {
    const { mean, worst95 } = deviationOf(strokes);
    expect(mean).toBeLessThanOrEqual(0.15);
    expect(worst95).toBeLessThanOrEqual(0.9);
  });
}

const walks = fc
  .array(
    fc.record({
      dx: fc.double({ min: -30, max: 30, noNaN: true }),
      dy: fc.double({ min: -30, max: 30, noNaN: true }),
      pressure: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((steps) => {
    let x = 0;
    let y = 0;
    return steps.map(({ dx, dy, pressure }) => sample((x += dx), (y += dy), pressure));
  });

test("any walk: kept points are samples or on the way between them, both ends are kept", () => {
  fc.assert(
    fc.property(walks, fc.boolean(), (samples, pressure) => {
      const header = { ...PEN, pressure };
      const raw = samples.map((each) => quantize(each, header));
      const kept = simplified(header, samples);
      for (const point of kept) {
        expect([point.x, point.y, point.pressure].every(Number.isFinite)).toBe(true);
        expect(quantize(point, header)).toEqual(point);
        expect(distanceToLine(point, samples)).toBeLessThan(0.2);
      }
      expect(kept[0]).toEqual(raw[0]);
      const [lastKept, lastRaw] = [kept.at(-1)!, raw.at(-1)!];
      expect([lastKept.x, lastKept.y]).toEqual([lastRaw.x, lastRaw.y]);
    }),
  );
});

test("no sample is far from the curve, however wild the walk", () => {
  let worst = 0;
  // Seeds 188 and 957 broke a simplifier that did not look back at the span before the new one.
  for (const seed of [...Array(100).keys(), 188, 957]) {
    const prng = createPrng(seed);
    const stride = [1, 3, 10, 30, 60][seed % 5]!;
    let x = 0;
    let y = 0;
    const wild = Array.from({ length: 60 }, () => {
      x += (prng.next() * 2 - 1) * stride;
      y += (prng.next() * 2 - 1) * stride;
      return sample(x, y);
    });
    worst = Math.max(worst, ...deviations(PEN, wild));
  }
  expect(worst).toBeLessThan(0.6);
});

test("any walk: no sample is further than a pixel from the curve", () => {
  fc.assert(
    fc.property(walks, (samples) => {
      expect(Math.max(...deviations(PEN, samples))).toBeLessThan(1);
    }),
    { numRuns: 500 },
  );
});

test("kept points and tail always are what the stroke would be if it ended now", () => {
  fc.assert(
    fc.property(walks, fc.nat(79), (samples, cut) => {
      const part = samples.slice(0, cut + 1);
      const simplifier = createSimplifier(PEN);
      const kept = part.flatMap((each) => simplifier.push(each));
      expect([...kept, ...simplifier.tail()]).toEqual(simplified(PEN, part));
      const { x, y } = quantize(part.at(-1)!, PEN);
      expect([...kept, ...simplifier.tail()].at(-1)).toMatchObject({ x, y });
    }),
  );
});

test("a straight even line keeps every ninth sample", () => {
  const line = Array.from({ length: 28 }, (_, i) => sample(i * 5, 10));
  expect(simplified(PEN, line).map(({ x }) => x)).toEqual([0, 45, 90, 135]);
});

test("a corner is kept", () => {
  const corner = [0, 1, 2, 3, 4].map((i) => sample(i * 10, 0));
  const down = [1, 2, 3, 4].map((i) => sample(40, i * 10));
  expect(simplified(PEN, [...corner, ...down])).toContainEqual({ x: 40, y: 0, pressure: 0.5 });
});

test("repeated samples and samples that are no numbers are dropped", () => {
  const samples = [sample(1, 1), sample(1, 1), sample(Number.NaN, 2), sample(1.01, 1)];
  expect(simplified(PEN, samples)).toEqual([{ x: 1, y: 1, pressure: 0.5 }]);
});

test("a change of pressure on a straight line is kept", () => {
  const header = { ...PEN, input: "pen", pressure: true } as const;
  const line = Array.from({ length: 9 }, (_, i) => sample(i * 5, 0, i === 4 ? 1 : 0.25));
  expect(simplified(header, line)).toContainEqual({ x: 20, y: 0, pressure: 1 });
});
