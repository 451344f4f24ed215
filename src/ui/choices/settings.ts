/*
 * What is kept on this device of what a person has chosen, as text and back: what cannot be read is as at first.
 */
import { PALETTE } from "./colors.ts";
import { MAX_SIZE, MIN_SIZE, PRESET_SIZES } from "./sizes.ts";
import type { ColoredTool, SizedTool, ToolName } from "./tool-names.ts";
import { hasColor, hasSize, TOOLS } from "./tool-names.ts";

export const SELECT_MODES = ["lasso", "box"] as const;
/** What a drag over the canvas encloses with the selecting tool. */
export type SelectMode = (typeof SELECT_MODES)[number];

/** Everything that this person has chosen on this device. Nothing of any board is in it. */
export interface Settings {
  readonly tool: ToolName;
  readonly selectMode: SelectMode;
  /** 0xRRGGBB. */
  readonly colors: Readonly<Record<ColoredTool, number>>;
  /** CSS pixels. */
  readonly sizes: Readonly<Record<SizedTool, number>>;
  /** What the contacts are told; empty: nothing. */
  readonly name: string;
  /** As BCP 47 has it; empty: that of the device. */
  readonly language: string;
  readonly leftHanded: boolean;
  /** There ever was a pen. */
  readonly hasPen: boolean;
  /** Fingers move the board, and do not draw. */
  readonly fingersPan: boolean;
  /** A short tick of the device where something has happened. */
  readonly haptics: boolean;
  /** A shape that is drawn by hand and held still becomes an even one. */
  readonly recognizeShapes: boolean;
  readonly hintSeen: boolean;
}

const colorOf = (name: string): number => PALETTE.find((color) => color.name === name)?.rgb ?? 0;
const LARGEST_COLOR = 0xffffff;
const MAX_TEXT = 100;

const TOOL_COLORS: Readonly<Record<ColoredTool, number>> = {
  pen: colorOf("ink"),
  marker: colorOf("blue"),
  highlighter: colorOf("yellow"),
  line: colorOf("ink"),
  arrow: colorOf("ink"),
  rectangle: colorOf("ink"),
  ellipse: colorOf("ink"),
  text: colorOf("ink"),
  note: colorOf("yellow"),
  laser: colorOf("red"),
};

const TOOL_SIZES: Readonly<Record<SizedTool, number>> = {
  pen: PRESET_SIZES.pen[1],
  marker: PRESET_SIZES.marker[1],
  highlighter: PRESET_SIZES.highlighter[2],
  line: PRESET_SIZES.line[1],
  arrow: PRESET_SIZES.arrow[1],
  rectangle: PRESET_SIZES.rectangle[1],
  ellipse: PRESET_SIZES.ellipse[1],
  text: PRESET_SIZES.text[1],
  note: PRESET_SIZES.note[1],
  eraser: PRESET_SIZES.eraser[1],
  cutter: PRESET_SIZES.cutter[1],
};

export const DEFAULT_SETTINGS: Settings = {
  tool: "pen",
  selectMode: "lasso",
  colors: TOOL_COLORS,
  sizes: TOOL_SIZES,
  name: "",
  language: "",
  leftHanded: false,
  hasPen: false,
  fingersPan: false,
  haptics: true,
  recognizeShapes: true,
  hintSeen: false,
};

const isColor = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_COLOR;
const isSize = (value: unknown): boolean =>
  Number.isFinite(value) && Number(value) >= MIN_SIZE && Number(value) <= MAX_SIZE;
const isText = (value: unknown): boolean => typeof value === "string" && value.length <= MAX_TEXT;
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isOneOf = (list: readonly string[]) => (value: unknown) => list.includes(value as string);

/** Of each value in `defaults`, the one of the same name in `stored` where that is fit to be used. */
function pick<T extends object>(
  defaults: T,
  stored: unknown,
  isFit: (name: keyof T, value: unknown) => boolean,
): T {
  if (typeof stored !== "object" || stored === null) return defaults;
  const known = new Map(Object.entries(stored));
  const entries = Object.entries(defaults).map(([name, value]: [string, unknown]) => {
    const kept: unknown = known.get(name);
    return [name, isFit(name as keyof T, kept) ? kept : value] as const;
  });
  return Object.fromEntries(entries) as T;
}

const FITS: Readonly<Record<keyof Settings, (value: unknown) => boolean>> = {
  tool: isOneOf(TOOLS),
  selectMode: isOneOf(SELECT_MODES),
  colors: (value) => typeof value === "object",
  sizes: (value) => typeof value === "object",
  name: isText,
  language: isText,
  leftHanded: isFlag,
  hasPen: isFlag,
  fingersPan: isFlag,
  haptics: isFlag,
  recognizeShapes: isFlag,
  hintSeen: isFlag,
};

/** What 0.3.0 and before called a tool. */
const OLD_TOOL_NAMES: ReadonlyMap<unknown, ToolName> = new Map([["hand", "pan"]]);

/** What was stored as text; where any of it is damaged, the default is in its place. */
export function parseSettings(text: string): Settings {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return DEFAULT_SETTINGS;
  }
  if (typeof stored === "object" && stored !== null && "tool" in stored)
    stored = { ...stored, tool: OLD_TOOL_NAMES.get(stored.tool) ?? stored.tool };
  const settings = pick(DEFAULT_SETTINGS, stored, (name, value) => FITS[name](value));
  return {
    ...settings,
    colors: pick(TOOL_COLORS, settings.colors, (tool, value) => hasColor(tool) && isColor(value)),
    sizes: pick(TOOL_SIZES, settings.sizes, (tool, value) => hasSize(tool) && isSize(value)),
  };
}

export function settingsText(settings: Settings): string {
  return JSON.stringify(settings);
}
