/*
 * Very many copies that come in steps: nobody sees a part of them, whatever happens in between.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { CopiedItem } from "../../../src/board/document/board.ts";
import { createDocument } from "../../../src/board/document/document.ts";
import { SIZE_LIMITS } from "../../../src/board/document/size.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import type { BoardHandle } from "../../../src/board/yjs-board.ts";
import { IDENTITY, translation } from "../../../src/base/matrix.ts";
import { createHandTime } from "../../support/hand-time.ts";
import { PEN } from "../../support/strokes.ts";

const COUNT = 450;

function opened(session: number, update?: Uint8Array): BoardHandle & { readonly doc: Y.Doc } {
  const doc = createDocument();
  if (update) Y.applyUpdate(doc, update);
  doc.clientID = session;
  const handle = createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => false,
    onError(error) {
      throw error;
    },
  });
  return { ...handle, doc };
}

function strokes(count: number): CopiedItem[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: "stroke",
    header: PEN,
    points: [0, 4, 8].map((x) => ({ x: x + i, y: 3, pressure: 0.5 })),
    matrix: i % 2 === 0 ? IDENTITY : translation(0, i),
    attributes: {},
  }));
}

const WORDS: CopiedItem = {
  kind: "text",
  header: { tool: "text", color: 0, width: 24, input: "mouse", pressure: false, scale: 0 },
  size: undefined,
  matrix: IDENTITY,
  attributes: {},
  text: "Hello",
};

describe("pasting in steps", () => {
  test("shows all at once, as one step of the history, in the order of the copies", () => {
    const { board } = opened(1);
    const seen: number[] = [];
    board.onChange(({ shown }) => seen.push(shown.length));
    const copied = [...strokes(COUNT), WORDS];
    const pasting = board.pasteSteps(copied, translation(10, 0));
    const done: number[] = [];
    let step = pasting.next();
    for (; !step.done; step = pasting.next()) {
      done.push(step.value);
      expect(board.items()).toEqual([]);
    }
    expect(done.length).toBeGreaterThan(8);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(1);
    expect(seen).toEqual([COUNT + 1]);
    expect(board.items().map(({ id }) => id)).toEqual(step.value);
    // As they would have come in one go.
    const other = opened(1).board;
    other.paste(copied, translation(10, 0));
    expect(board.copy(step.value)).toEqual(other.copy(other.items().map(({ id }) => id)));
    board.history.undo();
    expect(board.isEmpty()).toBe(true);
    expect(board.history.canUndo()).toBe(false);
    board.history.redo();
    expect(board.items()).toHaveLength(COUNT + 1);
  });

  test("leaves nothing to be seen where it ends in the midst, and nothing to be taken back", () => {
    const { board, doc } = opened(1);
    board.paste(strokes(1), IDENTITY);
    const pasting = board.pasteSteps(strokes(COUNT), IDENTITY);
    for (let i = 0; i < 8; i++) pasting.next();
    // A kill: whoever reads what was written by then.
    expect(opened(2, Y.encodeStateAsUpdate(doc)).board.items()).toHaveLength(1);
    pasting.return([]);
    expect(board.items()).toHaveLength(1);
    board.history.undo();
    expect(board.items()).toHaveLength(0);
    expect(board.history.canUndo()).toBe(false);
    expect(opened(2, Y.encodeStateAsUpdate(doc)).board.items()).toHaveLength(0);
  });

  test("every update on the way there shows others nothing, or all", () => {
    const { board, doc } = opened(1);
    const other = opened(2);
    doc.on("update", (update: Uint8Array) => {
      Y.applyUpdate(other.doc, update);
      expect([0, COUNT]).toContain(other.board.items().length);
    });
    for (const _ of board.pasteSteps(strokes(COUNT), IDENTITY));
    expect(other.board.items()).toHaveLength(COUNT);
  });

  test("what is drawn meanwhile is a step of its own, before it", () => {
    const { board } = opened(1);
    const pasting = board.pasteSteps(strokes(COUNT), IDENTITY);
    for (let i = 0; i < 8; i++) pasting.next();
    const [drawn] = board.paste(strokes(1), IDENTITY);
    while (pasting.next().done !== true);
    board.history.undo();
    expect(board.items().map(({ id }) => id)).toEqual([drawn]);
  });

  test("is refused as a whole where there is no room for all", () => {
    const doc = createDocument();
    doc.clientID = 1;
    const { board } = createBoard({
      doc,
      time: createHandTime(),
      isPresent: () => false,
      onError: () => undefined,
      limits: { ...SIZE_LIMITS, writes: { writes: 600, takes: 1200 } },
    });
    const pasting = board.pasteSteps(strokes(COUNT), IDENTITY);
    let step = pasting.next();
    while (!step.done) step = pasting.next();
    expect(step.value).toEqual([]);
    expect(doc.store.clients.size).toBe(0);
  });
});
