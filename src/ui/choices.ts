import { createEmitter } from "../base/emitter.ts";
import type { InkTool } from "../ink/stroke.ts";
import type { Brush } from "../tools/stroke-header.ts";
import { PALETTE } from "./colors.ts";
import { PRESET_SIZES } from "./sizes.ts";

/** What this person draws with. Each tool keeps its own colour and size, as real pens do. */
export interface Choices {
  brush(): Brush;
  setTool(tool: InkTool): void;
  /** 0xRRGGBB, for the present tool. */
  setColor(rgb: number): void;
  /** CSS pixels, for the present tool. */
  setSize(size: number): void;
  /** A pen is at hand. The first time, fingers leave the drawing to it. */
  seePen(): void;
  /** Whether there ever was one. */
  hasPen(): boolean;
  /** Fingers move the board, and do not draw. */
  fingersPan(): boolean;
  setFingersPan(pan: boolean): void;
  onChange(listener: () => void): () => void;
}

const colorOf = (name: string): number => PALETTE.find((color) => color.name === name)?.rgb ?? 0;

export function createChoices({ onError }: { readonly onError: (error: unknown) => void }): Choices {
  const changes = createEmitter<void>(onError);
  const brushes: Record<InkTool, Brush> = {
    pen: { tool: "pen", color: colorOf("ink"), size: PRESET_SIZES.pen[1] },
    marker: { tool: "marker", color: colorOf("blue"), size: PRESET_SIZES.marker[1] },
    highlighter: { tool: "highlighter", color: colorOf("yellow"), size: PRESET_SIZES.highlighter[2] },
  };
  let tool: InkTool = "pen";
  let hasPen = false;
  let fingersPan = false;

  const change = (part: Partial<Pick<Brush, "color" | "size">>): void => {
    brushes[tool] = { ...brushes[tool], ...part };
    changes.emit();
  };
  return {
    brush: () => brushes[tool],
    setTool(next) {
      tool = next;
      changes.emit();
    },
    setColor: (color) => change({ color }),
    setSize: (size) => change({ size }),
    seePen() {
      if (hasPen) return;
      hasPen = true;
      fingersPan = true;
      changes.emit();
    },
    hasPen: () => hasPen,
    fingersPan: () => fingersPan,
    setFingersPan(pan) {
      fingersPan = pan;
      changes.emit();
    },
    onChange: (listener) => changes.on(listener),
  };
}
