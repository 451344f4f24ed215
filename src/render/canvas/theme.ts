/*
 * The colours of the light and the dark theme, and which colour ink has in each.
 */
import type { BrushTool } from "../../ink/stroke.ts";

export interface InkTheme {
  readonly dark: boolean;
}

/** The colour under the ink, as CSS. */
export const CANVAS_COLOR = { light: "#fdfdfb", dark: "#17181a" } as const;

/** The marks of a background, low in contrast: they are for the hand, not to be read. */
export const PATTERN = { light: "#e2e2dc", dark: "#2c2e32" } as const;
/** What shows a selection on its way. */
export const ACCENT = { light: "#3557d0", dark: "#9db2ff" } as const;

/** How light colours become at least in the dark theme, for a fully saturated one; 0 .. 1. */
const LEAST_LIGHT = 0.6;
/** How light notes are at least in the dark theme: soft ones would sink into the canvas. */
const LEAST_NOTE_LIGHT = 0.3;

/**
 * A stored colour (0xRRGGBB, chosen for the light theme) as the CSS colour to paint. In the dark theme
 * lightness is mirrored, so that what stood out from the canvas still does; hue is kept. Whole
 * numbers come out, the same in every engine.
 */
export function displayColor(rgb: number, dark: boolean): string {
  return css(displayChannels(rgb, dark, 0));
}

/** The same for what `tool` leaves. */
export function toolColor(tool: BrushTool | "laser", rgb: number, dark: boolean): string {
  return css(displayChannels(rgb, dark, tool === "note" ? LEAST_NOTE_LIGHT : 0));
}

/** The colour of words on a note of a stored colour, as CSS: readable on it. */
export function wordsOn(rgb: number, dark: boolean): string {
  const under = luminance(displayChannels(rgb, dark, LEAST_NOTE_LIGHT));
  const readable = WORDS.find((color) => contrast(luminance(channelsOf(color)), under) >= READABLE);
  return css(channelsOf(readable ?? 0));
}

/** In the order of preference. On any colour one of them can be read. */
const WORDS = [0x1d1d1f, 0xffffff, 0x000000];
/** WCAG 2, level AA. */
const READABLE = 4.5;

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** As WCAG 2 has it, 0 .. 1. */
function luminance(channels: readonly number[]): number {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function displayChannels(rgb: number, dark: boolean, leastLight: number): number[] {
  return dark ? mirrored(channelsOf(rgb), leastLight) : channelsOf(rgb);
}

function channelsOf(rgb: number): number[] {
  return [(rgb >>> 16) & 255, (rgb >>> 8) & 255, rgb & 255];
}

/**
 * Mirrors HSL lightness; saturated colours that are dark to the eye (blue), and all that are darker than
 * `leastLight` (0 .. 1), are mixed with white.
 */
function mirrored(channels: readonly number[], leastLight: number): number[] {
  const max = Math.max(...channels);
  const min = Math.min(...channels);
  const shift = 255 - max - min;
  const turned = channels.map((channel) => channel + shift);
  const [red, green, blue] = turned as [number, number, number];
  const light = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
  const wanted = Math.max(leastLight, (LEAST_LIGHT * (max - min)) / 255);
  if (light >= wanted) return turned;
  const white = (wanted - light) / (1 - light);
  return turned.map((channel) => Math.round(channel + (255 - channel) * white));
}

/** A colour as CSS, "#rrggbb", that lets through what lies below. `alpha`: 0 .. 1. */
export function withAlpha(color: string, alpha: number): string {
  return `rgba(${channelsOf(Number.parseInt(color.slice(1), 16)).join(", ")}, ${alpha})`;
}

function css([red, green, blue]: readonly number[]): string {
  return `#${((1 << 24) | (red! << 16) | (green! << 8) | blue!).toString(16).slice(1)}`;
}
