import type { Board } from "../board/board.ts";
import type { InkTool } from "../ink/stroke.ts";
import { createPen } from "./pen.ts";
import { strokeHeader } from "./stroke-header.ts";
import type { Tool } from "./tool.ts";

/** Ink from a pen, a marker or a highlighter. */
export function createInkTool({ board, tool }: { readonly board: Board; readonly tool: InkTool }): Tool {
  const pen = createPen({ board });
  return {
    down(sample, context) {
      const { zoom, input, color, size, held } = context;
      pen.down(strokeHeader({ tool, color, size }, input, zoom), sample, { zoom, held });
    },
    move: (samples) => pen.move(samples),
    commit: () => pen.commit(),
    up: () => pen.up(),
    drop: () => pen.drop(),
    preview() {
      const drawn = pen.preview();
      return drawn && { kind: "ink", ...drawn };
    },
  };
}
