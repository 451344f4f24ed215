import type * as Y from "yjs";
import type { Board } from "../../src/board/document/board.ts";
import { createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkSample, StrokeHeader } from "../../src/ink/stroke.ts";
import { createHandTime } from "../support/hand-time.ts";
import { PEN } from "../support/strokes.ts";

/** Who drew it. */
export const WRITER = 7;

/** A board of these strokes, as a hand draws them, written in one go. */
export function drawnBoard(
  strokes: Iterable<{ readonly header: StrokeHeader; readonly samples: readonly InkSample[] }>,
): { readonly doc: Y.Doc; readonly board: Board } {
  const doc = createDocument();
  doc.clientID = WRITER;
  const { board, flush } = createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => false,
    onError(error) {
      throw error;
    },
  });
  doc.transact(() => {
    for (const { header, samples } of strokes) {
      const writer = board.startStroke(header);
      const simplifier = createSimplifier(PEN);
      for (const sample of samples) writer.add(simplifier.push(sample));
      writer.add(simplifier.end());
      writer.end();
    }
    flush();
  });
  return { doc, board };
}
