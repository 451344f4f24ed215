/*
 * What a person has chosen to work with. It is kept on the device, but for the layer, which is of one board.
 */
import { createEmitter } from "../../base/emitter.ts";
import type { Address } from "../../env/host.ts";
import type { LayerId } from "../../board/document/board.ts";
import { FIRST_LAYER } from "../../board/document/board.ts";
import type { BrushTool } from "../../ink/stroke.ts";
import type { Brush } from "../../tools/stroke-header.ts";
import type { Preferences, SelectMode, Settings } from "./settings.ts";
import { DEFAULT_SETTINGS, latestNames } from "./settings.ts";
import type { ColoredTool, SizedTool, ToolGroup, ToolName } from "./tool-names.ts";
import { groupOf, hasColor, hasSize, isBrushTool, TOOL_GROUPS } from "./tool-names.ts";

/** What this person works with. Each tool keeps its own colour and size, as real pens do. */
export interface Choices {
  /** What is in the hand. */
  tool(): ToolName;
  setTool(tool: ToolName): void;
  /** The tool that was in the hand last of those that share a button. */
  lastOf(group: ToolGroup): ToolName;
  /** The tool in the hand if it makes items, else the one that did so last. */
  brush(): Brush;
  /** 0xRRGGBB. */
  colorOf(tool: ColoredTool): number;
  /** CSS pixels: of an eraser how far across it is. */
  sizeOf(tool: SizedTool): number;
  /** 0xRRGGBB, for the tool in the hand, or the brush where that has none. */
  setColor(rgb: number): void;
  /** CSS pixels, for the tool in the hand, or the brush where that has none. */
  setSize(size: number): void;
  selectMode(): SelectMode;
  setSelectMode(mode: SelectMode): void;
  /** Where new things go; of one board, and kept as long as the page is open. */
  activeLayer(): LayerId;
  setActiveLayer(layer: LayerId): void;
  /** A pen is at hand. The first time, fingers leave the drawing to it. */
  seePen(): void;
  /** Whether there ever was one. */
  hasPen(): boolean;
  /** Fingers move the board, and do not draw. */
  fingersPan(): boolean;
  setFingersPan(pan: boolean): void;
  /** What this contact wants to be called, as far as it ever said so; empty: it did not. */
  contactName(address: Address): string;
  /** A contact has said what it wants to be called; empty: nothing any more. */
  setContactName(address: Address, name: string): void;
  preferences(): Preferences;
  prefer(part: Partial<Preferences>): void;
  /** All that is kept on this device. */
  settings(): Settings;
  /** What was kept, or as it is where nothing was. */
  restore(settings: Settings): void;
  /** It is known what this person chose at other times. */
  restored(): boolean;
  onChange(listener: () => void): () => void;
}

export function createChoices({ onError }: { readonly onError: (error: unknown) => void }): Choices {
  const changes = createEmitter<void>(onError);
  let settings = DEFAULT_SETTINGS;
  let brushTool: BrushTool = "pen";
  let isRestored = false;
  let activeLayer = FIRST_LAYER;
  const latest = new Map<ToolGroup, ToolName>();

  const takeUp = (): void => {
    const { tool } = settings;
    latest.set(groupOf(tool), tool);
    if (isBrushTool(tool)) brushTool = tool;
  };
  const change = (part: Partial<Settings>): void => {
    settings = { ...settings, ...part };
    takeUp();
    changes.emit();
  };
  const prefer = (part: Partial<Preferences>): void =>
    change({ preferences: { ...settings.preferences, ...part } });
  const contactName = (address: Address): string =>
    settings.contactNames.find(([other]) => other === address)?.[1] ?? "";
  takeUp();

  return {
    tool: () => settings.tool,
    setTool: (tool) => change({ tool }),
    lastOf: (group) => latest.get(group) ?? TOOL_GROUPS[group][0],
    brush: () => ({ tool: brushTool, color: settings.colors[brushTool], size: settings.sizes[brushTool] }),
    colorOf: (tool) => settings.colors[tool],
    sizeOf: (tool) => settings.sizes[tool],
    setColor(rgb) {
      const tool = hasColor(settings.tool) ? settings.tool : brushTool;
      change({ colors: { ...settings.colors, [tool]: rgb } });
    },
    setSize(size) {
      const tool = hasSize(settings.tool) ? settings.tool : brushTool;
      change({ sizes: { ...settings.sizes, [tool]: size } });
    },
    selectMode: () => settings.selectMode,
    setSelectMode: (selectMode) => change({ selectMode }),
    activeLayer: () => activeLayer,
    setActiveLayer(layer) {
      activeLayer = layer;
      changes.emit();
    },
    seePen() {
      if (settings.hasPen) return;
      change({ hasPen: true, preferences: { ...settings.preferences, fingersPan: true } });
    },
    hasPen: () => settings.hasPen,
    fingersPan: () => settings.preferences.fingersPan,
    setFingersPan: (fingersPan) => prefer({ fingersPan }),
    contactName,
    setContactName(address, name) {
      if (name === contactName(address)) return;
      const others = settings.contactNames.filter(([other]) => other !== address);
      change({ contactNames: name === "" ? others : latestNames([...others, [address, name]]) });
    },
    preferences: () => settings.preferences,
    prefer,
    settings: () => settings,
    restore(kept) {
      isRestored = true;
      change(kept);
    },
    restored: () => isRestored,
    onChange: (listener) => changes.on(listener),
  };
}
