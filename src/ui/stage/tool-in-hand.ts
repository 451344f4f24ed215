import type { Tools } from "../../tools/tools.ts";
import type { Choices } from "../choices/choices.ts";
import { hasColor, hasSize, isBrushTool } from "../choices/tool-names.ts";
import type { DrawingLayer } from "./drawing-layer.ts";

/** What works on the board. The tool that pans the canvas is not among it. */
export type Instrument = Parameters<Tools["tool"]>[0];

/** An instrument, and how large and coloured it is. */
export interface ToolSettings {
  readonly name: Instrument;
  /** 0xRRGGBB. */
  readonly color: number;
  /** CSS pixels. */
  readonly size: number;
}

/** What the pointer does where it is pressed, and whether it may. */
export interface ToolInHand {
  /** Undefined: nothing that works on the board. */
  current(): ToolSettings | undefined;
  /** An instrument as it is set now, whatever is in the hand. */
  settingsOf(name: Instrument): ToolSettings;
  /** Whether it may work now; where it may not, `refuse` says so, once it is clear that it was to. */
  isAllowed(name: Instrument): boolean;
  refuse(name: Instrument): void;
  /** What is drawn roughly and held still becomes the shape that it was meant as. */
  recognizesShapes(): boolean;
}

export function createToolInHand({
  choices,
  layer,
}: {
  readonly choices: Pick<Choices, "tool" | "selectMode" | "colorOf" | "sizeOf" | "preferences">;
  readonly layer: DrawingLayer;
}): ToolInHand {
  const settingsOf = (name: Instrument): ToolSettings => ({
    name,
    color: name !== "lasso" && hasColor(name) ? choices.colorOf(name) : 0,
    size: name !== "lasso" && hasSize(name) ? choices.sizeOf(name) : 0,
  });
  return {
    current() {
      const tool = choices.tool();
      if (tool === "pan") return undefined;
      return settingsOf(tool === "select" && choices.selectMode() === "lasso" ? "lasso" : tool);
    },
    settingsOf,
    // What makes nothing new may work whatever the layer.
    isAllowed(name) {
      if (isEraser(name)) return layer.mayErase();
      return name === "lasso" || !isBrushTool(name) || layer.isOpen();
    },
    refuse: (name) => layer.refuse(isEraser(name) ? "erasing" : "drawing"),
    recognizesShapes: () => choices.preferences().recognizeShapes,
  };
}

function isEraser(name: Instrument): boolean {
  return name === "eraser" || name === "cutter";
}
