import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
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
/** On which a hand draws that is not always on the first one. */
const LAYERS = 4;

/**
 * Strokes drawn one after the other on a board, in the parts in which they are sent; with pauses as people
 * make them. `layered`: now and then on another layer.
 */
export function inkCuts(strokes: Strokes, header: StrokeHeader, layered = false): InkCut[] {
  const { doc, board, time, close } = createDevice(AUTHOR);
  const prng = createPrng(strokes.length);
  const cuts: InkCut[] = [];
  const layers = layered ? Array.from({ length: LAYERS }, () => board.board.addLayer("")) : [];
  doc.on("update", (update: Uint8Array) => {
    const append = appendOf(update);
    if (append) cuts.push({ first: { client: AUTHOR, clock: append.clock }, writes: append.writes });
  });
  for (const stroke of strokes) {
    if (layered && prng.chance(0.3))
      board.board.setActiveLayer([FIRST_LAYER, ...layers][prng.below(LAYERS + 1)]!);
    const simplifier = createSimplifier(header);
    const writer = board.board.startStroke(header);
    for (const batch of batchesOf(stroke)) {
      for (const sample of batch) writer.add(simplifier.push(sample));
      board.flush();
    }
    writer.add(simplifier.end());
    writer.end();
    time.pass(Math.max(stroke.at(-1)!.time - stroke[0]!.time, 0) + pauseOf(prng));
  }
  close();
  return cuts;
}

/** Milliseconds from one stroke to the next: mostly less than a second, sometimes up to minutes. */
function pauseOf(prng: Prng): number {
  return prng.chance(0.8) ? 100 + prng.below(900) : 1000 * 2 ** (prng.below(700) / 100);
}
