export interface InkTheme {
  readonly dark: boolean;
}

/** The colour under the ink, as CSS. */
export const PAPER = { light: "#fdfdfb", dark: "#17181a" } as const;

/** How light colours become at least on dark paper, for a fully saturated one; 0 .. 1. */
const LEAST_LIGHT = 0.6;

/**
 * A stored colour (0xRRGGBB, chosen for light paper) as the CSS colour to paint. On dark paper
 * lightness is mirrored, so that what stood out from the paper still does; hue is kept. Whole
 * numbers come out, the same in every engine.
 */
export function displayColor(rgb: number, dark: boolean): string {
  const channels = [(rgb >>> 16) & 255, (rgb >>> 8) & 255, rgb & 255];
  return css(dark ? mirrored(channels) : channels);
}

/** Mirrors HSL lightness; saturated colours that are dark to the eye (blue) are mixed with white. */
function mirrored(channels: readonly number[]): number[] {
  const max = Math.max(...channels);
  const min = Math.min(...channels);
  const shift = 255 - max - min;
  const turned = channels.map((channel) => channel + shift);
  const [red, green, blue] = turned as [number, number, number];
  const light = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
  const wanted = (LEAST_LIGHT * (max - min)) / 255;
  if (light >= wanted) return turned;
  const white = (wanted - light) / (1 - light);
  return turned.map((channel) => Math.round(channel + (255 - channel) * white));
}

function css(channels: readonly number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
