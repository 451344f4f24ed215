/*
 * What is left of marks that the history has forgotten: of those that are undone nothing, of those that stand
 * what it takes to say once what they hide. At no time does anything come back that was hidden.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { ItemId } from "../../../src/board/document/board.ts";
import { itemId } from "../../../src/board/document/item-id.ts";
import { causalChunks } from "../../../src/board/document/chunks.ts";
import { rootsOf } from "../../../src/board/document/document.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { decodeMark } from "../../../src/board/document/marks.ts";
import { standingMarkBytes } from "../../../src/board/document/marks-size.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { inkOn } from "../../support/ink.ts";
import { bring, createDevice } from "../guard/lab.ts";
import type { Device } from "../guard/lab.ts";
import { DOT, LINE, stateWith } from "./many-strokes.ts";

const OWN = 1000;
const CONTACT = 2000;

function createTwo(...drawn: Parameters<typeof stateWith>): { page: Device; contact: Device } {
  const state = stateWith(...drawn);
  return { page: createDevice(OWN, state), contact: createDevice(CONTACT, state) };
}

function ids({ board }: Device): ItemId[] {
  return board.board.items().map(({ id }) => id);
}

/** What is seen, to the part. */
function seen({ board }: Device): unknown[] {
  return inkOn(board.board).map(({ id, parts }) => [id, parts?.map((part) => [part[0], part.at(-1)])]);
}

/** Bytes of all marks that are in the document, and of those keys that hold more than nothing. */
function marksOf({ doc }: Device): { bytes: number; count: number } {
  const values = [...rootsOf(doc).marks.values()].filter((value) => value instanceof Uint8Array);
  const marks = values.flatMap((value) => decodeMark(value) ?? []);
  return { bytes: values.reduce((sum, { length }) => sum + length, 0), count: marks.length };
}

/** Brings what is new over, write by write; what goes on the way, or was hidden before, does not come back. */
function bringSlowly(from: Device, to: Device): void {
  const hidden = new Set(
    Array.from(to.doc.getArray<Y.Text>("items"), ({ _item }) => itemId(_item!.id.client, _item!.id.clock)),
  );
  let before = ids(to);
  for (const id of before) hidden.delete(id);
  for (const chunk of causalChunks(from.doc, stateVectorOf(to.doc), false, 1)) {
    expect(to.admit(chunk)).toMatchObject({ kind: "ready" });
    const now = new Set(ids(to));
    for (const id of before) if (!now.has(id)) hidden.add(id);
    for (const id of now) expect(hidden.has(id)).toBe(false);
    before = [...now];
  }
}

/** Nothing of it is refused, nor has no room. */
function expectBrought(from: Device, to: Device): void {
  for (const { kind } of bring(from, to)) expect(["ready", "known"]).toContain(kind);
}

function expectEqual(a: Device, b: Device): void {
  expect(seen(a)).toEqual(seen(b));
  expect(stateVectorOf(a.doc)).toEqual(stateVectorOf(b.doc));
  expect(
    Y.equalDeleteSets(
      Y.createDeleteSetFromStructStore(a.doc.store),
      Y.createDeleteSetFromStructStore(b.doc.store),
    ),
  ).toBe(true);
}

function draw({ board }: Device, x: number): void {
  const writer = board.board.startStroke({
    tool: "pen",
    input: "mouse",
    color: 0,
    width: 4,
    pressure: false,
    scale: 0,
  });
  writer.add([{ x, y: 0, pressure: 0.5 }]);
  writer.end();
}

describe("a mark that is undone and cannot be done again", () => {
  test("is emptied with the next: 35 times all of 3,000 strokes leave both what both draw", () => {
    const { page, contact } = createTwo(1, 3000, DOT);
    for (let i = 0; i < 35; i++) {
      page.board.board.erase(ids(page));
      page.board.board.history.undo();
      expectBrought(page, contact);
    }
    // The last one may still be done again.
    expect(marksOf(page)).toMatchObject({ count: 1 });
    expect(marksOf(contact).bytes).toBeLessThan(8000);
    for (const x of [1, 2, 3]) draw(contact, x);
    draw(page, 4);
    expectBrought(contact, page);
    expectBrought(page, contact);
    expect(ids(page).length).toBe(3004);
    expectEqual(page, contact);
  });

  test("is not emptied as long as it can be done again", () => {
    const { page } = createTwo(1, 200, DOT);
    const { board } = page.board;
    board.erase(ids(page).filter((_, i) => i % 2 === 0));
    board.history.undo();
    const { bytes } = marksOf(page);
    expect(bytes).toBeGreaterThan(100);
    // A palm's gesture, which is taken back.
    board.revocable(() => void board.erase(ids(page).slice(0, 150)))();
    expect(marksOf(page).count).toBe(2);
    expect(board.history.redo()).toBe("done");
    expect(ids(page).length).toBe(100);
  });

  test("is left where emptying it gives nothing back", () => {
    const { page } = createTwo(1, 10, DOT);
    const { board } = page.board;
    for (const id of ids(page)) {
      board.erase([id]);
      board.history.undo();
    }
    expect(marksOf(page).count).toBe(10);
  });
});

/** 400 sweeps through all lines, each of which cuts 40 stretches. */
function sweep(device: Device, count: number, from = 0): void {
  const lines = ids(device);
  for (let i = from; i < from + count; i++) {
    const stretches = Array.from({ length: 40 }, (_, k): [ItemId, { from: number; to: number }[]] => {
      const at = ((i * 40 + k) * 0.37) % 98;
      return [lines[(i * 40 + k) % lines.length]!, [{ from: at, to: at + 0.3 }]];
    });
    device.board.board.cut(new Map(stretches));
  }
}

describe("marks that stand and cannot be taken back", () => {
  test("are folded where that says the same in half: 400 sweeps of 40 cuts, and then all is cleared", () => {
    const { page, contact } = createTwo(1, 400, LINE);
    sweep(page, 400);
    bring(page, contact);
    const cut = marksOf(page);
    expect(cut.count).toBe(400);
    expect(page.board.board.clear()).toBe(true);
    for (let i = 0; i < 201; i++) draw(page, i);
    page.board.board.erase([ids(page)[0]!]);
    const left = marksOf(page);
    expect(standingMarkBytes(page.doc)).toBeLessThan(left.bytes);
    bringSlowly(page, contact);
    expectEqual(page, contact);
    expect(left.bytes).toBeLessThan(cut.bytes / 50);
    // A device that has nothing yet ends with the same.
    const third = createDevice(3000);
    expectBrought(page, third);
    expectEqual(page, third);
  });

  test("are folded by parts, where they are many at once", () => {
    const { page, contact } = createTwo(1, 400, LINE);
    for (let i = 0; i < 4; i++) {
      sweep(page, 400, i * 400);
      bringSlowly(page, contact);
    }
    expect(page.board.board.clear()).toBe(true);
    const cut = marksOf(page);
    for (let i = 0; i < 201; i++) draw(page, i);
    let before = cut.bytes;
    let parts = 0;
    for (; marksOf(page).bytes > cut.bytes / 50; parts++) {
      page.board.board.erase([ids(page)[0]!]);
      expect(before - marksOf(page).bytes).toBeLessThan(LIMITS.foldedBytes.writes + LIMITS.markBytes.writes);
      before = marksOf(page).bytes;
    }
    expect(parts).toBeGreaterThan(1);
    expect(parts).toBeLessThanOrEqual(Math.ceil(cut.bytes / LIMITS.foldedBytes.writes));
    bringSlowly(page, contact);
    expectEqual(page, contact);
  });
});
