/*
 * npm run bench:hits
 *
 * What finding things costs on a board of 10,000 strokes, in milliseconds: when it opens, and each time
 * that a contact has changed something. Every row is the work of one eraser's move and of the painter's
 * bookkeeping, without what the document itself takes for the change. Medians, and the longest 5 in 100.
 */
import { NO_PICTURES } from "../../src/render/shapes/bitmaps.ts";
import { createPrng } from "../../src/base/prng.ts";
import { translation } from "../../src/base/matrix.ts";
import type { StrokeWriter } from "../../src/board/document/board.ts";
import { createPreviewedBoard } from "../../src/board/previews/previewed-board.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";
import { createScene } from "../../src/render/scene/scene.ts";
import { createWords } from "../../src/render/shapes/words.ts";
import { wordsBox } from "../../src/render/shapes/words-piece.ts";
import { createHitTest } from "../../src/tools/hit.ts";
import { createPeer, HEADER, points, sync, type Peer } from "../board/peers.ts";
import { fakeLineBreaker } from "../render/fake-line-breaker.ts";
import { markdownTable } from "./table.ts";

const STROKES = 10_000;
const POINTS = 24;
const SIDE = 6000;
const ROUNDS = 200;

export async function main(): Promise<boolean> {
  const contact = createPeer(2);
  const own = createPeer(1);
  contact.doc.transact(() => {
    const prng = createPrng(3);
    for (let i = 0; i < STROKES; i++) scribble(contact, prng.next() * SIDE, prng.next() * SIDE).end();
    contact.flush();
  });
  sync(contact, own);
  own.changes.length = 0;
  contact.changes.length = 0;

  const rows: string[][] = [];
  const opened = measure(() => open(own));
  rows.push(["it opens, and the first move", opened.took.toFixed(2), "", ""]);
  const { sweep, bookkeeping } = opened.result;

  const prng = createPrng(4);
  let growing: StrokeWriter | undefined;
  const kinds: readonly (readonly [string, () => void])[] = [
    ["nothing", () => undefined],
    [
      "a stroke grows",
      () => {
        growing ??= scribble(contact, SIDE / 2, SIDE / 2);
        const last = growing.points.at(-1)!;
        growing.add([{ x: last.x + 2, y: last.y + prng.next() * 4 - 2, pressure: 0.5 }]);
      },
    ],
    ["a stroke comes", () => scribble(contact, prng.next() * SIDE, prng.next() * SIDE).end()],
    [
      "a stroke is moved",
      () => void contact.board.transform([contact.board.items()[prng.below(STROKES)]!.id], translation(9, 5)),
    ],
    ["a stroke is erased", () => void contact.board.erase([contact.board.items()[prng.below(STROKES)]!.id])],
  ];
  for (const [name, change] of kinds) {
    const swept: number[] = [];
    const kept: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      change();
      contact.flush();
      sync(contact, own);
      swept.push(measure(() => sweep(prng.next() * SIDE, prng.next() * SIDE)).took);
      kept.push(bookkeeping());
    }
    rows.push([name, median(swept), longest(swept), median(kept)]);
  }
  const head = ["since the last move", "eraser's move", "longest 5 %", "painter's bookkeeping"];
  console.log(markdownTable(head, rows));
  return true;
}

/** `bookkeeping`: tells what it took, with the work done while the changes came. */
function open({ board }: Peer): { sweep: (x: number, y: number) => void; bookkeeping: () => number } {
  const words = createWords(() => {
    throw new Error("there are no words on this board");
  }, fakeLineBreaker);
  const index = createItemIndex(board, (item) => wordsBox(item, words));
  const previewed = createPreviewedBoard(board);
  const scene = createScene({ board: previewed, index, words, pictures: NO_PICTURES, now: () => 0 });
  const hits = createHitTest({ board, index, sizeOf: (item) => words.layoutOf(item) });
  let applied = 0;
  previewed.onChange((change) => {
    applied += measure(() => scene.apply(change)).took;
  });
  const sweep = (x: number, y: number): void => {
    hits.swept({ from: { x, y }, to: { x: x + 10, y: y + 4 }, radius: 10 }, 0.125);
  };
  scene.takeDamage();
  sweep(0, 0);
  const bookkeeping = (): number => {
    const before = applied;
    applied = 0;
    return before + measure(() => [scene.takeDamage(), scene.bounds()]).took;
  };
  return { sweep, bookkeeping };
}

function scribble({ board }: Peer, x: number, y: number): StrokeWriter {
  const writer = board.startStroke(HEADER);
  writer.add(
    points(...Array.from({ length: POINTS }, (_, i) => i * 2)).map((point, i) => ({
      ...point,
      x: x + point.x,
      y: y + 10 * Math.sin(i / 3),
    })),
  );
  return writer;
}

function measure<T>(work: () => T): { readonly took: number; readonly result: T } {
  const start = performance.now();
  const result = work();
  return { took: performance.now() - start, result };
}

function median(times: readonly number[]): string {
  return [...times].sort((a, b) => a - b)[times.length >> 1]!.toFixed(3);
}

function longest(times: readonly number[]): string {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!.toFixed(3);
}
