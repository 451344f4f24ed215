import { createSimplifier } from "../../src/ink/simplify.ts";
import type { InkPlace, InkWrite } from "../../src/ink/ink-write.ts";
import type { StrokeHeader } from "../../src/ink/stroke.ts";
import { appendOf } from "../../src/sync/wire/append.ts";
import { createDevice } from "../board/guard/lab.ts";
import { batchesOf } from "./batches.ts";
import type { Strokes } from "./scheme.ts";

/** Ink that is sent in one message. */
export interface InkCut {
  readonly first: InkPlace;
  readonly writes: readonly InkWrite[];
}

const AUTHOR = 1_234_567_890;

/** Strokes drawn one after the other on a board, in the parts in which they are sent. */
export function inkCuts(strokes: Strokes, header: StrokeHeader): InkCut[] {
  const { doc, board, close } = createDevice(AUTHOR);
  const cuts: InkCut[] = [];
  doc.on("update", (update: Uint8Array) => {
    const append = appendOf(update);
    if (append) cuts.push({ first: { client: AUTHOR, clock: append.clock }, writes: append.writes });
  });
  for (const stroke of strokes) {
    const simplifier = createSimplifier(header);
    const writer = board.board.startStroke(header);
    for (const batch of batchesOf(stroke)) {
      for (const sample of batch) writer.add(simplifier.push(sample));
      board.flush();
    }
    writer.add(simplifier.end());
    writer.end();
  }
  close();
  return cuts;
}
