/*
 * Gestures on large boards, between two people: what is hidden is so for both at once, and undone for both.
 * Versions before 0.4.0 wrote a gesture as one value, which nobody took: such boards heal.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { concatBytes } from "../../src/base/bytes.ts";
import { positionsOf } from "../../src/board/document/cuts.ts";
import { rootsOf } from "../../src/board/document/document.ts";
import { encodeMark, markKey } from "../../src/board/document/marks.ts";
import type { Mark } from "../../src/board/document/marks.ts";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import { TextStroke } from "../../src/board/reading/drawn-item.ts";
import { createKeptInk } from "../../src/board/reading/kept-ink.ts";
import { decodeHeader } from "../../src/ink/header.ts";
import { DOT, LINE } from "../board/writing/many-strokes.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { storedValues } from "../support/stored-values.ts";

const NAMES = ["ann", "bo"];
const EARLIER = 77;

/** Puts a board on a person's phone. */
function store({ world }: Room, name: string, doc: Y.Doc): void {
  const boardId = boardIdOf({ own: name, remotes: NAMES.filter((other) => other !== name) });
  for (const { table, key, value } of storedValues(doc, boardId)) {
    // In front of each value stands a byte.
    const stored = concatBytes([Uint8Array.of(1), value]);
    world.phone(name).storage(TEST_APP).set(table, key, stored);
  }
}

function drawn(count: number, ink: string): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = EARLIER;
  rootsOf(doc).items.push(Array.from({ length: count }, () => new Y.Text(ink)));
  return doc;
}

/** An earlier session hid something by one value, and drew on. */
function withLargeMark(doc: Y.Doc, markFor: (items: readonly Y.Text[]) => Mark): Y.Doc {
  const { items, marks } = rootsOf(doc);
  const value = encodeMark(markFor(items.toArray() as Y.Text[]));
  expect(value.length).toBeGreaterThan(64 * 1024);
  marks.set(markKey(EARLIER, 0), value);
  items.push([new Y.Text(DOT)]);
  return doc;
}

function eraseAll(items: readonly Y.Text[]): Mark {
  const ranges = items.map(({ _item }) => ({ start: _item!.id.clock, end: _item!.id.clock + 1 }));
  return { kind: "erase", ranges: new Map([[EARLIER, ranges]]) };
}

function cutAll(items: readonly Y.Text[]): Mark {
  const stretches = Array.from({ length: 50 }, (_, i) => ({ from: i + 0.5, to: i + 0.9 }));
  const ranges = items.flatMap((text) => {
    const id = { client: EARLIER, clock: text._item!.id.clock };
    const stroke = new TextStroke(text, id, decodeHeader(text.toJSON())!, createKeptInk().points);
    return positionsOf(stretches, { clocks: stroke.clocks(), outline: undefined });
  });
  return { kind: "cut", ranges: new Map([[EARLIER, ranges]]) };
}

function refusals(room: Room): string[] {
  return room.warnings().filter((message) => message.startsWith("sync: refused"));
}

describe("a board with a mark that is longer than an update", () => {
  test.each([
    ["an erase of 33,500 strokes", () => withLargeMark(drawn(33_500, DOT), eraseAll), 1],
    ["a cut of 20,000 stretches", () => withLargeMark(drawn(400, LINE), cutAll), 401],
  ])("heals: %s", async (_, board, count) => {
    const room = createRoom({ seed: 1, names: NAMES });
    store(room, "ann", board());
    for (const name of NAMES) room.open(name);
    await room.ready();
    expect(await room.untilEqual()).toBeDefined();
    expect(room.seen("bo").length).toBe(count);
    // Later ink of both arrives.
    room.dot("ann", 1);
    room.dot("bo", 2);
    expect(await room.untilEqual()).toBeDefined();
    expect(room.seen("bo").length).toBe(count + 2);
    expect(refusals(room)).toEqual([]);
  });
});

test("erasing 33,500 strokes, and taking it back, is seen by the other side at once and whole", async () => {
  const room = createRoom({ seed: 1, names: NAMES });
  const board = drawn(33_500, DOT);
  for (const name of NAMES) {
    store(room, name, board);
    room.open(name);
  }
  await room.ready();
  expect(await room.untilEqual()).toBeDefined();
  const ann = room.at("ann").session.board()!;
  const bo = room.at("bo").session.board()!;
  const counts: number[] = [];
  bo.onChange(() => counts.push(bo.items().length));
  ann.erase(ann.items().map(({ id }) => id));
  expect(await room.untilEqual()).toBeDefined();
  expect(ann.history.undo()).toBe("done");
  expect(await room.untilEqual()).toBeDefined();
  expect(ann.history.redo()).toBe("done");
  expect(await room.untilEqual()).toBeDefined();
  expect(counts).toEqual([0, 33_500, 0]);
  expect(refusals(room)).toEqual([]);
});
