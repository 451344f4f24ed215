import type { Point } from "../../src/base/geometry.ts";
import { flattenCurve } from "../../src/ink/curve.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkPoint, InkSample, StrokeHeader } from "../../src/ink/stroke.ts";
import { distanceToLine } from "../ink/distance.ts";
import { PEN } from "../support/strokes.ts";
import type { Strokes } from "./scheme.ts";

/** In screen pixels at the zoom at which it was drawn. */
export interface Deviation {
  /** Of the way, samples from curve or curve from samples, that is worse on average. */
  readonly mean: number;
  /** The 95th percentile of the greatest of each stroke, whichever way. */
  readonly worst95: number;
}

/** The points that are kept of a stroke. */
export function simplified(header: StrokeHeader, samples: readonly InkSample[], zoom?: number): InkPoint[] {
  const simplifier = createSimplifier(header, zoom);
  const kept = samples.flatMap((sample) => simplifier.push(sample));
  return [...kept, ...simplifier.end()];
}

/**
 * How far the drawn curve is from what was measured: of each sample, the distance to the curve; of each
 * half pixel of the curve, the distance to the straight lines between the samples.
 */
export function deviationOf(strokes: Strokes, header: StrokeHeader = PEN, zoom = 1): Deviation {
  const toCurve: number[] = [];
  const toSamples: number[] = [];
  const worst: number[] = [];
  for (const stroke of strokes) {
    const curve = flattenCurve(simplified(header, stroke, zoom), 0.5 / zoom);
    const there = distances(stroke, curve, zoom);
    const back = distances(curve, stroke, zoom);
    toCurve.push(...there);
    toSamples.push(...back);
    worst.push(Math.max(...there, ...back));
  }
  worst.sort((a, b) => a - b);
  return {
    mean: Math.max(mean(toCurve), mean(toSamples)),
    worst95: worst[Math.ceil(worst.length * 0.95) - 1]!,
  };
}

function distances(points: readonly Point[], line: readonly Point[], zoom: number): number[] {
  return points.map((point) => distanceToLine(point, line) * zoom);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
