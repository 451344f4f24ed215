/*
 * The ledger beside an answer that is still coming in: what others hid lies hidden in the page's copy and is still
 * shown, until the page's own next change shows all. What that change itself does to others' strokes is told apart.
 */
import { expect, test } from "vitest";
import * as Y from "yjs";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import type { Board } from "../../src/board/document/board.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { createPeer } from "../board/peers.ts";
import { createRoom, HEADER } from "../support/room.ts";
import { visibleColors } from "./ledger-book.ts";
import { createLedger } from "./ledger.ts";

const BO = 12_345;
const NO_HASH = { hi: 0, lo: 0 };
/** Of bo's strokes; the ledger counts ann's from 1 on. */
const [CLEARED, KEPT] = [101, 102];

/** Ann has drawn two strokes, and sees two of bo's; in half of an answer he has erased the first. */
async function createStage() {
  const room = createRoom({ seed: 1, names: ["ann", "bo"] });
  const ann = room.open("ann");
  await room.ready();
  const { onNetworkData } = ann.page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
  const bo = createPeer(BO);
  let told = Y.encodeStateVector(bo.doc);
  const tell = (...frames: Frame[]): void =>
    onNetworkData(ann.page.view.shown("bo"), encodeMessage({ session: BO, frames }));
  const news = (): Uint8Array => {
    const update = Y.encodeStateAsUpdate(bo.doc, told);
    told = Y.encodeStateVector(bo.doc);
    return update;
  };
  const digest = { writes: NO_HASH, deletions: NO_HASH };
  const tag = boardTagOf({ own: "ann", remotes: ["bo"] });
  tell({ type: "hello", tag, reply: false, state: new Map(), digest });
  for (const color of [CLEARED, KEPT]) {
    const stroke = bo.board.startStroke({ ...HEADER, color });
    stroke.add([{ x: color, y: 0, pressure: 0.5 }]);
    stroke.end();
  }
  tell({ type: "update", update: news() });
  const ledger = createLedger(() => room.clock.now());
  for (const x of [1, 2]) {
    const hand = ledger.start(ann, HEADER)!;
    hand.add([{ x, y: 0, pressure: 0.5 }]);
    hand.end();
  }
  await room.clock.advance(1000);
  bo.board.erase([bo.board.items()[0]!.id]);
  tell({ type: "diff", update: news(), last: false });
  await room.clock.advance(100);
  expect([...visibleColors(ann).keys()].sort((a, b) => a - b)).toEqual([1, 2, CLEARED, KEPT]);
  return { ann, ledger };
}

/** From now on a step back of this board hides the stroke of this colour as well. */
function addFault(board: Board, color: number): void {
  const { undo } = board.history;
  Object.assign(board.history, {
    undo: () => {
      const did = undo();
      expect(
        board.erase(board.items().flatMap(({ id, header }) => (header.color === color ? [id] : []))),
      ).toBe(true);
      return did;
    },
  });
}

test("what another had hidden goes with a step back, and is not laid at its door", async () => {
  const { ann, ledger } = await createStage();
  expect(ledger.step(ann, "undo")).toBe("4 to 2 strokes");
  expect([...visibleColors(ann).keys()].sort((a, b) => a - b)).toEqual([1, KEPT]);
  expect(ledger.wrongs()).toEqual([]);
});

test("what a step back itself hides of another's is", async () => {
  const { ann, ledger } = await createStage();
  addFault(ann.session.board()!, KEPT);
  ledger.step(ann, "undo");
  expect(ledger.wrongs()).toEqual([`stroke ${KEPT} is another's, and went when ann took something back`]);
});

test("what another had hidden may come back after this person erased something else", async () => {
  const { ann, ledger } = await createStage();
  const eraseOwn = (board: Board): boolean =>
    board.erase(board.items().flatMap(({ id, header }) => (header.color === 1 ? [id] : [])));
  expect(ledger.change(ann, eraseOwn)).toBe(true);
  expect([...visibleColors(ann).keys()].sort((a, b) => a - b)).toEqual([2, KEPT]);
  expect(ledger.clears().map(({ mustHide }) => [...mustHide])).toEqual([[1]]);
});
