import type { SizedTool } from "./tool-names.ts";

type Five = readonly [number, number, number, number, number];

const LINES: Five = [2, 4, 8, 14, 24];
const LETTERS: Five = [16, 22, 30, 44, 64];
const ERASERS: Five = [8, 16, 28, 44, 64];

/** Sizes to start from, in CSS pixels: of ink and outlines the width, of words the size of their type. */
export const PRESET_SIZES: Readonly<Record<SizedTool, Five>> = {
  pen: LINES,
  marker: [4, 8, 14, 24, 36],
  highlighter: [10, 16, 24, 36, 52],
  line: LINES,
  arrow: LINES,
  rectangle: LINES,
  ellipse: LINES,
  text: LETTERS,
  note: [14, 16, 20, 26, 36],
  eraser: ERASERS,
  cutter: ERASERS,
};

export const MIN_SIZE = 1;
export const MAX_SIZE = 64;
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

/** The preset that follows a size on the way to larger or smaller ones; the size itself at the end. */
export function nextSize(tool: SizedTool, size: number, direction: 1 | -1): number {
  const presets = PRESET_SIZES[tool];
  const beyond = presets.filter((each) => (each - size) * direction > 0);
  return (direction === 1 ? beyond[0] : beyond.at(-1)) ?? size;
}
