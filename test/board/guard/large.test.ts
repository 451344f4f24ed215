/*
 * What can be many of a board: how many are taken, what is charged, and that honest pages are never charged.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import { REMOTE_ORIGIN } from "../../../src/board/document/document.ts";
import { writeOf } from "../../../src/board/document/item-id.ts";
import { encodeMark, encodeSwitch, markKey, undoneKey } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { STORED_LIMITS } from "../../../src/board/guard/scan.ts";
import { after, chain } from "./costs.ts";
import { bring, createDevice, draw, HEADER, labelOf, layerKey, STRANGER } from "./lab.ts";
import type { Device } from "./lab.ts";
import { content, section } from "./raw-update.ts";
import type { RawStruct } from "./raw-update.ts";

const PLACE = content.binary(new Uint8Array(8));

function layers(client: number, from: number, count: number): RawStruct[] {
  return Array.from({ length: count }, (_, i) => ({
    parent: "attrs",
    key: layerKey(client, from + i, "o"),
    content: PLACE,
  }));
}

function markOf(n: number, mark: Mark): RawStruct {
  return { parent: "marks", key: markKey(STRANGER, n), content: content.binary(encodeMark(mark)) };
}

/** What one device writes while `act` runs, as it would send it. */
function updatesOf({ doc }: Device, act: () => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const collect = (update: Uint8Array): void => void updates.push(update);
  doc.on("update", collect);
  act();
  doc.off("update", collect);
  return updates;
}

/** Taken, and not charged. Deletions by themselves say nothing new. */
function expectFree(verdicts: readonly Verdict[]): void {
  const news = verdicts.filter(({ kind }) => kind !== "known");
  expect(news).not.toEqual([]);
  for (const verdict of news) expect(verdict).toMatchObject({ kind: "ready", isCostly: false });
}

describe("layers", () => {
  test("are taken up to their number, in one message or in many; everything else goes on", () => {
    const device = createDevice(5);
    for (let from = 0; from < LIMITS.layers.takes - 100; from += 100)
      expect(device.admit(section(STRANGER, from, ...layers(STRANGER, from, 100))).kind).toBe("ready");
    expect(device.admit(section(STRANGER + 1, 0, ...layers(STRANGER + 1, 0, 101))).kind).toBe("full");
    expect(device.admit(section(STRANGER + 1, 0, ...layers(STRANGER + 1, 0, 100))).kind).toBe("ready");
    expect(device.admit(section(STRANGER + 2, 0, ...layers(STRANGER + 2, 0, 1))).kind).toBe("full");
    expect(device.board.board.layers()).toHaveLength(LIMITS.layers.takes + 1);
    const rename = {
      parent: "attrs",
      key: layerKey(STRANGER, 0, "h"),
      content: content.binary(Uint8Array.of(1)),
    };
    expect(device.admit(section(STRANGER + 3, 0, rename)).kind).toBe("ready");
    const honest = createDevice(6);
    draw(honest, 1);
    expect(bring(honest, device).map(({ kind }) => kind)).toEqual(["ready"]);
  });

  test("that are stored are read, however many, and leave room for all but more layers", () => {
    const many = layers(STRANGER, 0, LIMITS.layers.takes + 500);
    const device = createDevice(5, section(STRANGER, 0, ...many));
    expect(device.troubles).toEqual([]);
    expect(device.board.board.layers()).toHaveLength(many.length + 1);
    expect(device.admit(section(STRANGER + 1, 0, ...layers(STRANGER + 1, 0, 1))).kind).toBe("full");
    const honest = createDevice(6);
    draw(honest, 1);
    expect(bring(honest, device).map(({ kind }) => kind)).toEqual(["ready"]);
  });

  test("are made up to half of that by a page, and two who did so apart take all of each other", () => {
    const [a, b] = [createDevice(5), createDevice(6)];
    for (const { board } of [a, b]) {
      for (let i = 0; i < LIMITS.layers.writes; i++) expect(board.board.addLayer("")).not.toBe(FIRST_LAYER);
      expect(board.board.hasRoomForLayer()).toBe(false);
      expect(board.board.addLayer("")).toBe(FIRST_LAYER);
    }
    expectFree([...bring(a, b), ...bring(b, a)]);
    for (const { board } of [a, b]) expect(board.board.layers()).toHaveLength(2 * LIMITS.layers.writes + 1);
  });
});

describe("marks", () => {
  const empty: Mark[] = [
    { kind: "erase", ranges: new Map([[STRANGER, []]]) },
    { kind: "cut", ranges: new Map([[STRANGER, []]]) },
    { kind: "erase", ranges: new Map([[STRANGER, [{ start: 0, end: 0 }]]]) },
    { kind: "cut", ranges: new Map([[STRANGER, [{ start: 4096, end: 4096 }]]]) },
    { kind: "clear", page: "", below: new Map([[STRANGER, 0]]) },
  ];

  test("that hide nothing of a session they name are refused from a contact, and read from storage", () => {
    const stroke = { parent: "items", content: content.text() };
    for (const mark of empty) {
      const device = createDevice(5);
      const update = section(STRANGER, 0, stroke, markOf(0, mark));
      expect(device.admit(update)).toEqual({
        kind: "refused",
        reason: "a mark that hides nothing of a session",
      });
      expect(device.admit(update, STORED_LIMITS).kind).toBe("ready");
    }
  });

  test("that stand or fall together are refused where they are more than a page ever writes", () => {
    const device = createDevice(5);
    const strokes = Array.from({ length: 8000 }, (_, i): RawStruct => ({
      ...(i === 0 ? { parent: "items" } : { origin: { client: STRANGER, clock: i - 1 } }),
      content: content.text(),
    }));
    device.admit(section(STRANGER, 0, ...strokes));
    // Of 8 kB each.
    const ranges = new Map([
      [STRANGER, Array.from({ length: 4000 }, (_, i) => ({ start: 2 * i, end: 2 * i + 1 }))],
    ]);
    const marks = Array.from({ length: 80 }, (_, n) => markOf(n, { kind: "erase", ranges }));
    for (const [n, mark] of marks.entries())
      expect(device.admit(section(STRANGER, 8000 + n, mark))).toMatchObject({ isCostly: false });
    const switched = (count: number, isUndone: boolean, clock: number): Uint8Array =>
      section(
        STRANGER,
        clock,
        ...Array.from({ length: count }, (_, n) => ({
          ...(isUndone
            ? { parent: "marks", key: undoneKey(markKey(STRANGER, n)) }
            : { origin: { client: STRANGER, clock: clock - count + n } }),
          content: content.binary(encodeSwitch(isUndone, 5)),
        })),
      );
    expect(device.admit(switched(30, true, 8080))).toMatchObject({ kind: "ready", isCostly: false });
    expect(device.admit(switched(30, false, 8110))).toMatchObject({ kind: "ready", isCostly: false });
    const all = section(
      STRANGER,
      8140,
      ...Array.from({ length: 80 }, (_, n) => ({
        ...(n < 30
          ? { origin: { client: STRANGER, clock: 8110 + n } }
          : { parent: "marks", key: undoneKey(markKey(STRANGER, n)) }),
        content: content.binary(encodeSwitch(true, 5)),
      })),
    );
    expect(device.admit(all).kind).toBe("refused");
  });
});

test("what comes in one message has one measure of work, and is one change", () => {
  const device = createDevice(5);
  for (const update of chain(STRANGER, 20_000)) device.admit(update);
  const early = (session: number): Uint8Array => section(session, 0, after(STRANGER, 0));
  const kinds = (session: number): string[] =>
    Array.from({ length: 4 }, (_, i) => device.admit(early(session + i)).kind);
  expect(kinds(100)).toEqual(["ready", "ready", "ready", "ready"]);
  let changes = 0;
  device.doc.on("afterTransaction", () => changes++);
  device.guard.together(REMOTE_ORIGIN, () => {
    expect(kinds(200)).toEqual(["ready", "ready", "refused", "refused"]);
  });
  expect(changes).toBe(1);
  expect(kinds(300)[0]).toBe("ready");
  expect(device.troubles).toEqual([]);
});

test("words are taken up to the length of a text, whoever types them", () => {
  const device = createDevice(5);
  const author = createDevice(6);
  const header = { ...HEADER, tool: "text" } as const;
  const id = author.board.board.addText(header, { x: 0, y: 0 }, undefined, "ab");
  bring(author, device);
  const { client, clock } = labelOf(author, writeOf(id))._start!.id;
  const between = (session: number): Uint8Array =>
    section(session, 0, {
      origin: { client, clock },
      rightOrigin: { client, clock: clock + 1 },
      content: content.string("x".repeat(9999)),
    });
  const taken = Math.floor((LIMITS.wordsOfAll.takes - 2) / 9999);
  for (let i = 0; i < taken + 3; i++)
    expect(device.admit(between(100 + i)).kind).toBe(i < taken ? "ready" : "full");
  draw(author, 1);
  expect(bring(author, device).map(({ kind }) => kind)).toEqual(["ready"]);
});

test("what a person does to everything at once is never charged", () => {
  const [page, contact] = [createDevice(5), createDevice(6)];
  for (let i = 0; i < 5000; i++) draw(contact, i, 2);
  bring(contact, page);
  const { board } = contact.board;
  const ids = board.items().map((item) => item.id);
  const acts: (() => unknown)[] = [
    () => board.clear(),
    () => board.history.undo(),
    () => board.history.redo(),
    () => board.history.undo(),
    () => board.erase(ids.filter((_, i) => i % 2 === 0)),
    () => board.history.undo(),
    () => board.paste(board.copy(ids), { a: 1, b: 0, c: 0, d: 1, e: 5, f: 5 }),
    () => board.history.undo(),
  ];
  for (const act of acts) {
    const updates = updatesOf(contact, act);
    expect(updates.length).toBeGreaterThan(0);
    // What is longer than a message goes as chunks.
    const verdicts = updates.every(({ length }) => length <= 64 * 1024)
      ? updates.map((update) => page.admit(update))
      : bring(contact, page);
    expectFree(verdicts);
  }
  expect(Y.encodeStateVector(page.doc)).toEqual(Y.encodeStateVector(contact.doc));
});
