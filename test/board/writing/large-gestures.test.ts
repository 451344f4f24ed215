/*
 * Gestures that hide more than one value holds: each is one step of the history, and no write of it is longer
 * than a chunk.
 */
import { describe, expect, test } from "vitest";
import { causalChunks, CHUNK_BYTES } from "../../../src/board/document/chunks.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { MAX_LABEL_CHARS } from "../../../src/board/document/labels.ts";
import { WIRE_LIMITS } from "../../../src/board/guard/scan.ts";
import { IDENTITY } from "../../../src/base/matrix.ts";
import { inkOn } from "../../support/ink.ts";
import { HEADER as PEN } from "../peers.ts";
import type { Device } from "../guard/lab.ts";
import { createDevice } from "../guard/lab.ts";
import { DOT, LINE, stateWith } from "./many-strokes.ts";

const OWN = 1000;
const CONTACT = 2000;

/** Two people with such a board. */
function createTwo(...drawn: Parameters<typeof stateWith>): { page: Device; contact: Device } {
  const state = stateWith(...drawn);
  return { page: createDevice(OWN, state), contact: createDevice(CONTACT, state) };
}

function ids({ board }: Device) {
  return board.board.items().map(({ id }) => id);
}

/** Brings what is new over; it comes in chunks that every contact takes. */
function expectBrought(page: Device, contact: Device): void {
  for (const chunk of causalChunks(page.doc, stateVectorOf(contact.doc), false)) {
    expect(chunk.length).toBeLessThanOrEqual(CHUNK_BYTES + 64);
    expect(contact.admit(chunk)).toMatchObject({ kind: "ready" });
  }
  expect(stateVectorOf(contact.doc)).toEqual(stateVectorOf(page.doc));
}

/** Does it, takes it back and does it again; the contact sees each, and how much is seen is told. */
function rounds(
  { page, contact }: ReturnType<typeof createTwo>,
  act: () => void,
  seen: () => number,
): number[] {
  const { history } = page.board.board;
  return [act, () => history.undo(), () => history.redo(), () => history.undo()].map((step) => {
    const other = (): number => {
      expectBrought(page, contact);
      return seen();
    };
    step();
    return other();
  });
}

describe("a gesture of more than one value holds", () => {
  test("may erase 33,500 strokes", () => {
    const two = createTwo(1, 33_500, DOT);
    const erase = (): void => void two.page.board.board.erase(ids(two.page));
    expect(rounds(two, erase, () => two.contact.board.board.items().length)).toEqual([0, 33_500, 0, 33_500]);
  });

  test("may cut 13,100 stretches", () => {
    const two = createTwo(1, 262, LINE);
    const stretches = Array.from({ length: 50 }, (_, i) => ({ from: i + 0.5, to: i + 0.9 }));
    const cut = (): void =>
      void two.page.board.board.cut(new Map(ids(two.page).map((id) => [id, stretches])));
    const parts = (): number =>
      inkOn(two.contact.board.board).reduce((sum, item) => sum + (item.parts?.length ?? 1), 0);
    expect(rounds(two, cut, parts)).toEqual([13_362, 262, 13_362, 262]);
  });

  test("may clear 36,000 with a locked layer", () => {
    const two = createTwo(1, 36_000, DOT);
    const { board } = two.page.board;
    board.changeLayer(board.addLayer("locked"), { locked: true });
    const clear = (): void => void board.clear();
    expect(rounds(two, clear, () => two.contact.board.board.items().length)).toEqual([0, 36_000, 0, 36_000]);
  });

  test("may clear what 2,000 sessions drew, which is one clear to the others", () => {
    const two = createTwo(2000, 1, DOT);
    const clears: number[] = [];
    two.contact.board.onForeignClear((clients) => clears.push(...clients));
    const clear = (): void => void two.page.board.board.clear();
    expect(rounds(two, clear, () => two.contact.board.board.items().length)).toEqual([0, 2000, 0, 2000]);
    expect(new Set(clears)).toEqual(new Set([OWN]));
  });
});

test("the longest single write that a page makes is taken by every contact", () => {
  const page = createDevice(OWN, stateWith(1, 8, LINE));
  const contact = createDevice(CONTACT, stateWith(1, 8, LINE));
  const { board } = page.board;
  const points = Array.from({ length: 20_000 }, (_, i) => ({
    x: (i * 7919) % 9973,
    y: (i * i) % 9967,
    pressure: 0.5,
  }));
  const at = { matrix: IDENTITY, attributes: {} };
  board.paste(
    [
      {
        ...at,
        kind: "text",
        header: { ...PEN, tool: "text" },
        size: undefined,
        text: "\uffee".repeat(MAX_LABEL_CHARS),
      },
      { ...at, kind: "stroke", header: PEN, points },
    ],
    IDENTITY,
  );
  board.changeLayer(board.addLayer("\uffee".repeat(30)), { locked: true });
  const { history } = board;
  board.restack(ids(page), "front");
  board.erase(ids(page));
  history.undo();
  for (const chunk of causalChunks(page.doc, stateVectorOf(contact.doc), false, 1)) {
    expect(chunk.length).toBeLessThan(WIRE_LIMITS.bytes);
    expect(contact.admit(chunk)).toMatchObject({ kind: "ready" });
  }
  expect(ids(contact)).toEqual(ids(page));
});
