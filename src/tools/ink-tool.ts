import type { Board } from "../board/document/board.ts";
import type { InkTool } from "../ink/stroke.ts";
import { createPen } from "./pen.ts";
import { recognizeShape } from "./recognize.ts";
import { strokeHeader } from "./stroke-header.ts";
import type { Tool } from "./tool.ts";

/**
 * Ink from a pen, a marker or a highlighter. What is drawn roughly as a line, an arrow, a rectangle or
 * an ellipse, and then held still, becomes that shape; a highlighter has no shapes.
 */
export function createInkTool({ board, tool }: { readonly board: Board; readonly tool: InkTool }): Tool {
  const pen = createPen({ board });
  let zoom = 1;
  return {
    down(sample, context) {
      ({ zoom } = context);
      pen.down(
        strokeHeader({ tool, color: context.color, size: context.size }, context.input, zoom),
        sample,
        {
          zoom,
          provisional: context.provisional,
        },
      );
    },
    move: (samples) => pen.move(samples),
    rest() {
      const drawn = tool === "highlighter" ? undefined : pen.preview();
      const shape = drawn && recognizeShape(drawn.points, zoom);
      if (!shape) return false;
      pen.replace({ ...drawn.header, tool: shape.tool, pressure: false }, shape.from, shape.to);
      return true;
    },
    commit: () => pen.commit(),
    up: () => pen.up(),
    drop: () => pen.drop(),
    preview() {
      const drawn = pen.preview();
      return drawn && { kind: "ink", ...drawn };
    },
  };
}
