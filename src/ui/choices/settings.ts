/*
 * What is kept on this device of what a person has chosen, as text and back: what cannot be read is as at first.
 */
import type { Address } from "../../env/host.ts";
import { cleanName } from "../../sync/wire/name.ts";
import { paletteOf, type PaletteName } from "./colors.ts";
import { MAX_SIZE, MIN_SIZE, PRESET_SIZES } from "./sizes.ts";
import type { ColoredTool, SizedTool, ToolName } from "./tool-names.ts";
import { hasColor, hasSize, TOOLS } from "./tool-names.ts";

export const SELECT_MODES = ["lasso", "box"] as const;
/** What a drag over the canvas encloses with the selecting tool. */
export type SelectMode = (typeof SELECT_MODES)[number];

/** What a contact wants to be called, behind its address. */
export type ContactName = readonly [Address, string];

/** What a person chooses besides the tools. */
export interface Preferences {
  /** What the contacts are told; empty: nothing. */
  readonly name: string;
  /** As BCP 47 has it; empty: that of the device. */
  readonly language: string;
  readonly leftHanded: boolean;
  /** Fingers move the board, and do not draw. */
  readonly fingersPan: boolean;
  /** A short tick of the device where something has happened. */
  readonly haptics: boolean;
  /** A shape that is drawn by hand and held still becomes an even one. */
  readonly recognizeShapes: boolean;
  /** What the others drew while this person was away draws itself. */
  readonly playAway: boolean;
  /** Calls go directly where the other one wants it too: each device's address is shown to the other. */
  readonly directCalls: boolean;
  readonly hintSeen: boolean;
  /** This person was asked for a name, and answered in one way or the other. */
  readonly nameAsked: boolean;
}

/** What a person works with. */
interface Tools {
  readonly tool: ToolName;
  readonly selectMode: SelectMode;
  /** 0xRRGGBB. */
  readonly colors: Readonly<Record<ColoredTool, number>>;
  /** CSS pixels. */
  readonly sizes: Readonly<Record<SizedTool, number>>;
  /** There ever was a pen. */
  readonly hasPen: boolean;
  /** What contacts want to be called, also while they are away. The latest ones last. */
  readonly contactNames: readonly ContactName[];
}

/**
 * Everything that this person has chosen on this device, and what contacts want to be called. Nothing that
 * anybody drew is in it.
 */
export interface Settings extends Tools {
  readonly preferences: Preferences;
}

const colorOf = (tool: ColoredTool, name: PaletteName): number =>
  paletteOf(tool).find((color) => color.name === name)?.rgb ?? 0;
const LARGEST_COLOR = 0xffffff;
const MAX_TEXT = 100;
/** All of the settings are one value of the storage. */
const MAX_CONTACT_NAMES = 50;

const TOOL_COLORS: Readonly<Record<ColoredTool, number>> = {
  pen: colorOf("pen", "ink"),
  marker: colorOf("marker", "blue"),
  highlighter: colorOf("highlighter", "yellow"),
  line: colorOf("line", "ink"),
  arrow: colorOf("arrow", "ink"),
  rectangle: colorOf("rectangle", "ink"),
  ellipse: colorOf("ellipse", "ink"),
  text: colorOf("text", "ink"),
  note: colorOf("note", "yellow"),
  laser: colorOf("laser", "red"),
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

const DEFAULT_TOOLS: Tools = {
  tool: "pen",
  selectMode: "lasso",
  colors: TOOL_COLORS,
  sizes: TOOL_SIZES,
  hasPen: false,
  contactNames: [],
};
const DEFAULT_PREFERENCES: Preferences = {
  name: "",
  language: "",
  leftHanded: false,
  fingersPan: false,
  haptics: true,
  recognizeShapes: true,
  playAway: true,
  directCalls: false,
  hintSeen: false,
  nameAsked: false,
};
export const DEFAULT_SETTINGS: Settings = { ...DEFAULT_TOOLS, preferences: DEFAULT_PREFERENCES };

const isColor = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= LARGEST_COLOR;
const isSize = (value: unknown): boolean =>
  Number.isFinite(value) && Number(value) >= MIN_SIZE && Number(value) <= MAX_SIZE;
const isText = (value: unknown): boolean => typeof value === "string" && value.length <= MAX_TEXT;
const isName = (value: unknown): value is ContactName =>
  Array.isArray(value) && value.length === 2 && value.every(isText);
/** A name as it is shown; none where an earlier version kept what nobody can see. */
const asSeen = (value: unknown): readonly ContactName[] => {
  const name = isName(value) ? cleanName(value[1]) : "";
  return isName(value) && name !== "" ? [[value[0], name]] : [];
};
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

const FITS: Readonly<Record<keyof Tools | keyof Preferences, (value: unknown) => boolean>> = {
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
  playAway: isFlag,
  directCalls: isFlag,
  hintSeen: isFlag,
  nameAsked: isFlag,
  contactNames: Array.isArray,
};

/** The colour of notes in 0.4.0 and before, unless another was chosen: as strong as that of a pen. */
const OLD_NOTE_COLOR = 0xe0a400;

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
  const settings = pick(DEFAULT_TOOLS, stored, (name, value) => FITS[name](value));
  const preferences = pick(DEFAULT_PREFERENCES, stored, (name, value) => FITS[name](value));
  return {
    ...settings,
    preferences: { ...preferences, name: cleanName(preferences.name) },
    colors: pick(
      TOOL_COLORS,
      settings.colors,
      (tool, value) => hasColor(tool) && isColor(value) && !(tool === "note" && value === OLD_NOTE_COLOR),
    ),
    sizes: pick(TOOL_SIZES, settings.sizes, (tool, value) => hasSize(tool) && isSize(value)),
    contactNames: latestNames(settings.contactNames.flatMap(asSeen)),
  };
}

/** One name for each address, the last one, and as many as are kept. */
export function latestNames(names: readonly ContactName[]): readonly ContactName[] {
  const latest = new Map<Address, string>();
  for (const [address, name] of names) {
    latest.delete(address);
    latest.set(address, name);
  }
  return [...latest].slice(-MAX_CONTACT_NAMES);
}

/** As `parseSettings` reads it, and versions before it: all that has a name, side by side. */
export function settingsText({ preferences, ...tools }: Settings): string {
  return JSON.stringify({ ...tools, ...preferences });
}
