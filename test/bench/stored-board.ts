import { boardIdOf } from "../../src/board/storage/board-id.ts";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";
import type { InkSample, StrokeHeader } from "../../src/ink/stroke.ts";
import { drawnBoard } from "./drawn-board.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";
import { storedValues } from "../support/stored-values.ts";

const PLACES = Array.from({ length: 8 }, (_, i) => `browser-tab-${i + 1}`);
/** World units to a stroke's side: about as close as handwriting. */
const SPACING = 42;

export interface PlacedStroke {
  readonly header: StrokeHeader & { readonly tool: "pen" };
  readonly samples: readonly InkSample[];
}

/** World units to a side of the square that so many strokes cover. */
export const sideOf = (count: number): number => Math.ceil(Math.sqrt(count)) * SPACING;

/** So many strokes, as they are captured. They cover a square around the world's middle. */
export function placedStrokes(count: number): PlacedStroke[] {
  const side = Math.ceil(Math.sqrt(count));
  return generateStrokes(11, count).map((samples, i) => {
    const first = samples[0]!;
    const dx = ((i % side) - side / 2) * SPACING - first.x;
    const dy = (Math.floor(i / side) - side / 2) * SPACING - first.y;
    return {
      header: { ...PEN, width: [2, 4, 8][i % 3]!, color: (i * 7919) & 0x7f7f7f },
      samples: samples.map((sample) => ({ ...sample, x: sample.x + dx, y: sample.y + dy })),
    };
  });
}

/** A board of these strokes, as the app keeps it in the localStorage of a plain browser: its keys and values. */
export function storedBoard(count: number): Record<string, string> {
  const { doc, board } = drawnBoard(placedStrokes(count));
  const index = createItemIndex(board, () => undefined);
  const extent = index.boundsWithout(new Set());
  const [own, ...remotes] = PLACES;
  const values = storedValues(doc, boardIdOf({ own, remotes }), extent);
  return Object.fromEntries(
    values.map(({ table, key, value }) => [`inkmesh/${own}/${table}/${key}`, encodeBase64(value)]),
  );
}
