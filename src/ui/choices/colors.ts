import type { ColoredTool } from "./tool-names.ts";

/** A colour on offer. Names are keys of the strings. */
export interface PaletteColor {
  readonly name: PaletteName;
  /** 0xRRGGBB. */
  readonly rgb: number;
}

export type PaletteName =
  | "ink"
  | "grey"
  | "brown"
  | "red"
  | "orange"
  | "yellow"
  | "green"
  | "teal"
  | "sky"
  | "blue"
  | "violet"
  | "pink";

/** Chosen to stand apart from one another and from the canvas of either theme; the dark one mirrors lightness. */
export const PALETTE: readonly PaletteColor[] = [
  { name: "ink", rgb: 0x1f2328 },
  { name: "grey", rgb: 0x6b7380 },
  { name: "brown", rgb: 0x8f5a36 },
  { name: "red", rgb: 0xd42a31 },
  { name: "orange", rgb: 0xe8700f },
  { name: "yellow", rgb: 0xe0a400 },
  { name: "green", rgb: 0x33964f },
  { name: "teal", rgb: 0x1c9a8c },
  { name: "sky", rgb: 0x1484d2 },
  { name: "blue", rgb: 0x2348c4 },
  { name: "violet", rgb: 0x6a2fbd },
  { name: "pink", rgb: 0xc92c80 },
];

/** Soft ones, for words to stand on. */
export const NOTE_PALETTE: readonly PaletteColor[] = [
  { name: "yellow", rgb: 0xffec99 },
  { name: "orange", rgb: 0xffd8a8 },
  { name: "pink", rgb: 0xffc9dd },
  { name: "violet", rgb: 0xe2d4fb },
  { name: "sky", rgb: 0xc5e3fc },
  { name: "green", rgb: 0xcdeec4 },
];

/** The colours on offer for what `tool` leaves. */
export function paletteOf(tool: ColoredTool): readonly PaletteColor[] {
  return tool === "note" ? NOTE_PALETTE : PALETTE;
}

/** Hue in degrees 0 .. 360, saturation and lightness 0 .. 1. */
export interface Hsl {
  readonly hue: number;
  readonly saturation: number;
  readonly lightness: number;
}

export function rgbOfHsl({ hue, saturation, lightness }: Hsl): number {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return (channel(0) << 16) | (channel(8) << 8) | channel(4);
}

export function hslOfRgb(rgb: number): Hsl {
  const red = ((rgb >> 16) & 255) / 255;
  const green = ((rgb >> 8) & 255) / 255;
  const blue = (rgb & 255) / 255;
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const lightness = (max + min) / 2;
  const range = max - min;
  if (range === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = range / (1 - Math.abs(2 * lightness - 1));
  let sextant = 0;
  if (max === red) sextant = ((green - blue) / range + 6) % 6;
  else if (max === green) sextant = (blue - red) / range + 2;
  else sextant = (red - green) / range + 4;
  return { hue: sextant * 60, saturation, lightness };
}

/** `#rrggbb`. */
export function cssColor(rgb: number): string {
  return `#${(rgb & 0xffffff).toString(16).padStart(6, "0")}`;
}

/** Dark enough for white letters of any size (4.5:1 or more). */
const PERSON_COLORS: readonly number[] = [
  0xb4443c, 0x9a5b12, 0x6f6a13, 0x2c7a3f, 0x0f7674, 0x2368a8, 0x4a56c4, 0x7a46b8, 0xa63d80, 0x5d6673,
];

/** The colour that stands for a person: the same for one address on every device. */
export function personColor(address: string): number {
  // FNV-1a: short, and spreads addresses that differ in one character.
  let hash = 0x811c9dc5;
  for (let i = 0; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193);
  return PERSON_COLORS[(hash >>> 0) % PERSON_COLORS.length]!;
}

/** One or two letters for a person's picture; of a name that only its number tells from others, with that. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const letter = (word: string | undefined): string => Array.from(word ?? "")[0] ?? "";
  const number = /\D(\d{1,2})$/u.exec(name.trim())?.[1];
  if (number !== undefined) return letter(words[0]).toLocaleUpperCase() + number;
  const letters =
    words.length > 1
      ? letter(words[0]) + letter(words.at(-1))
      : Array.from(words[0] ?? "")
          .slice(0, 2)
          .join("");
  return letters.toLocaleUpperCase();
}

/** An address, short enough to be read: its beginning, since its end is a checksum. */
export function shortAddress(address: string): string {
  const letters = Array.from(address);
  return letters.length <= 10 ? address : `${letters.slice(0, 8).join("")}…`;
}

/** The name of the colour on offer for `tool` that a colour is most like. */
export function nearestColor(tool: ColoredTool, rgb: number): PaletteName {
  const channels = (of: number): readonly number[] => [(of >> 16) & 255, (of >> 8) & 255, of & 255];
  const own = channels(rgb);
  const distance = ({ rgb: other }: PaletteColor): number =>
    channels(other).reduce((sum, channel, i) => sum + (channel - own[i]!) ** 2, 0);
  return paletteOf(tool).reduce((best, each) => (distance(each) < distance(best) ? each : best)).name;
}
