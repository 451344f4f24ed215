import type { InkTool } from "../ink/stroke.ts";

type Five = readonly [number, number, number, number, number];

/** Brush sizes to start from, in CSS pixels. */
export const PRESET_SIZES: Readonly<Record<InkTool, Five>> = {
  pen: [2, 4, 8, 14, 24],
  marker: [4, 8, 14, 24, 36],
  highlighter: [10, 16, 24, 36, 52],
};

const MIN_SIZE = 1;
const MAX_SIZE = 64;
/** Positions of the slider: 0 .. this. */
export const SLIDER_STEPS = 60;

/** The size at a slider's position. Equal ways on the slider are equal ratios of size. */
export function sizeAt(position: number): number {
  return Math.round(MIN_SIZE * (MAX_SIZE / MIN_SIZE) ** (position / SLIDER_STEPS));
}

/** The slider's position for a size. */
export function positionOf(size: number): number {
  const bounded = Math.min(Math.max(size, MIN_SIZE), MAX_SIZE);
  return Math.round((Math.log(bounded / MIN_SIZE) / Math.log(MAX_SIZE / MIN_SIZE)) * SLIDER_STEPS);
}
