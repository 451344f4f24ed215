import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { decodeMark, encodeMark, markKey } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import { standingMarkBytes, trackMarksSize } from "../../../src/board/document/marks-size.ts";
import { unionOf } from "../../../src/board/document/mark-union.ts";
import { createDocument, rootsOf } from "../../../src/board/document/document.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import { createHandTime } from "../../support/hand-time.ts";
import { createPeer, draw, stretches, sync, words } from "../peers.ts";
import type { Peer } from "../peers.ts";

const TEXT = {
  tool: "text",
  input: "mouse",
  color: 0,
  width: 4,
  pressure: false,
  scale: 0,
} as const;

/** Two people draw, type, erase, cut, clear and undo at random. */
function drawnAtRandom(seed: number): Peer[] {
  const prng = createPrng(seed);
  const peers = [createPeer(1), createPeer(2)];
  for (let i = 0; i < 60; i++) {
    const peer = peers[prng.below(2)]!;
    const { board } = peer;
    const items = board.items();
    const item = items[prng.below(items.length || 1)];
    const deed = prng.below(9);
    if (deed < 3 || !item) draw(board, ...Array.from({ length: 6 }, (_, k) => i * 10 + k));
    else if (deed === 3) board.addText(TEXT, { x: i, y: 0 }, undefined, `words ${i}`);
    else if (deed === 4) board.erase([item.id]);
    else if (deed === 5 && prng.chance(0.3)) board.clear();
    else if (deed === 6) board.history.undo();
    else if (item.kind === "text") {
      const editor = board.editText(item.id)!;
      editor.change(editor.text(), editor.text().slice(prng.below(4)));
      editor.end();
    } else board.cut(new Map([[item.id, [{ from: prng.below(3) + 0.5, to: 3 + prng.below(2) }]]]));
    if (prng.chance(0.4)) sync(...peers);
  }
  sync(...peers);
  return peers;
}

/** The marks that stand. */
function standingMarks({ doc }: Peer): Mark[] {
  const { marks } = rootsOf(doc);
  return [...marks.entries()].flatMap(([key, value]) => {
    const isSwitched = marks.get(`${key}.u`);
    const isUndone = isSwitched instanceof Uint8Array && isSwitched[0] === 1;
    return isUndone || key.endsWith(".u") ? [] : (decodeMark(value) ?? []);
  });
}

/** What is seen of a board whose marks are these and no others. */
function seenWith({ doc }: Peer, marks: readonly Mark[]): unknown {
  const other = createDocument();
  other.clientID = 9;
  sync({ doc } as Peer, { doc: other } as Peer);
  const roots = rootsOf(other);
  other.transact(() => {
    for (const key of roots.marks.keys()) roots.marks.delete(key);
    for (const [i, mark] of marks.entries()) roots.marks.set(markKey(9, i), encodeMark(mark));
  });
  const onError = (error: unknown): void => {
    throw error;
  };
  const handle = createBoard({ doc: other, time: createHandTime(), isPresent: () => false, onError });
  const peer = { ...handle, doc: other } as Peer;
  return [stretches(peer), words(peer), handle.board.items().length];
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  "the union of marks hides what they hide, in no more bytes (seed %i)",
  (seed) => {
    const [peer] = drawnAtRandom(seed) as [Peer, Peer];
    const marks = standingMarks(peer);
    const union = unionOf(peer.doc, marks);
    expect(seenWith(peer, union)).toEqual([stretches(peer), words(peer), peer.board.items().length]);
    expect(new Set(union.map(({ kind }) => kind)).size).toBe(union.length);
    const bytes = (some: readonly Mark[]): number =>
      some.reduce((sum, mark) => sum + encodeMark(mark).length, 0);
    expect(bytes(union)).toBeLessThanOrEqual(bytes(marks));
    expect(standingMarkBytes(peer.doc)).toBe(bytes(union));
  },
);

test("cuts of what is erased count nothing; nor does what is undone, or hidden twice", () => {
  const a = createPeer(1);
  const b = createPeer(2);
  const ids = Array.from({ length: 30 }, (_, i) => draw(a.board, i, i + 5, i + 9).itemId()!);
  sync(a, b);
  a.board.cut(new Map(ids.map((id) => [id, [{ from: 0.5, to: 1 }]])));
  const cut = standingMarkBytes(a.doc);
  expect(cut).toBeGreaterThan(100);
  a.board.history.undo();
  expect(standingMarkBytes(a.doc)).toBe(0);
  a.board.history.redo();
  for (const each of [a, b]) each.board.erase(ids.slice(0, 29));
  sync(a, b);
  expect(standingMarkBytes(a.doc)).toBeLessThan(cut / 2 + 30);
  a.board.clear();
  expect(standingMarkBytes(a.doc)).toBeLessThan(10);
});

test("what is hidden twice is counted where the bound is over, and anew only where much is new", () => {
  const a = createPeer(1);
  const b = createPeer(2);
  const ids = Array.from({ length: 100 }, (_, i) => draw(a.board, i).itemId()!);
  sync(a, b);
  const size = trackMarksSize(a.doc);
  for (const each of [a, b]) each.board.erase(ids);
  sync(a, b);
  const exact = standingMarkBytes(a.doc);
  // All bytes are a bound, and so is what stands, where they are not over.
  expect(size.count(5 * exact, 5 * exact)).toBe(5 * exact);
  expect(size.count(5 * exact, 4 * exact)).toBeLessThan(2 * exact + 20);
  expect(size.count(5 * exact, 0)).toBe(exact);
  // From now on what is new is added; what is undone goes.
  const other = draw(a.board, 1, 2).itemId()!;
  a.board.erase([other]);
  expect(size.count(5 * exact, 0)).toBeGreaterThan(exact);
  expect(size.count(5 * exact, 0)).toBeLessThan(exact + 20);
  for (const each of [a, b]) each.board.history.undo();
  sync(a, b);
  expect(size.count(5 * exact, 0)).toBeLessThanOrEqual(exact + 3);
  size.close();
});
