import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { rootsOf } from "../../../src/board/document/document.ts";
import { undoneKey } from "../../../src/board/document/marks.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createRepeats } from "../../../src/sync/sending/repeats.ts";
import { createSwitched, maySwitch } from "../../../src/sync/sending/switched.ts";
import { bring, createDevice, draw } from "../../board/guard/lab.ts";
import type { Device } from "../../board/guard/lab.ts";
import { DOT, stateWith } from "../../board/writing/many-strokes.ts";

/** Erases every second one of so many items. */
function erase({ board }: Device, from: number, count: number): void {
  const ids = board.board.items().map(({ id }) => id);
  board.board.erase(ids.filter((_, i) => i >= from && i < from + 2 * count && i % 2 === 0));
}

function bytesOf({ doc }: Device): number {
  let bytes = 0;
  for (const value of rootsOf(doc).marks.values()) bytes += (value as Uint8Array).length;
  return bytes;
}

describe("marks that stand or fall", () => {
  test("are counted once until they are taken, and only own ones that were there", () => {
    const state = stateWith(1, 400, DOT);
    const [page, contact] = [createDevice(5, state), createDevice(6, state)];
    const switched = createSwitched(page.doc);
    erase(page, 0, 100);
    const bytes = bytesOf(page);
    expect(switched.take()).toBe(0);
    const { history } = page.board.board;
    for (let i = 0; i < 3; i++) {
      history.undo();
      history.redo();
    }
    expect(switched.take()).toBe(bytes);
    expect(switched.take()).toBe(0);
    erase(contact, 200, 50);
    bring(contact, page);
    contact.board.board.history.undo();
    bring(contact, page);
    expect(switched.take()).toBe(0);
    // A step that can never be done again is emptied, and stood no more.
    history.undo();
    expect(switched.take()).toBe(bytes);
    draw(page, 1);
    erase(page, 0, 1);
    expect([...rootsOf(page.doc).marks.keys()].some((key) => key.endsWith(undoneKey("")))).toBe(true);
    expect(bytesOf(page)).toBeLessThan(bytes);
    expect(switched.take()).toBe(0);
    switched.close();
  });

  test("by one page alone are told to a contact who takes them, whatever is emptied on the way", () => {
    const state = stateWith(2, 9000, DOT);
    const [page, contact] = [createDevice(5, state), createDevice(6, state)];
    const switched = createSwitched(page.doc);
    const tell = (act: () => void): void => {
      const known = Y.encodeStateVector(page.doc);
      act();
      expect(maySwitch(switched.take())).toBe(true);
      expect(contact.admit(Y.encodeStateAsUpdate(page.doc, known)).kind).toBe("ready");
    };
    for (let i = 0; i < 12; i++) tell(() => erase(page, 0, 750));
    for (let i = 0; i < 12; i++) tell(() => void page.board.board.history.undo());
    tell(() => erase(page, 0, 3));
    expect(stateVectorOf(contact.doc)).toEqual(stateVectorOf(page.doc));
    switched.close();
  });
});

describe("an update that is said once more", () => {
  const update = (text: string): Uint8Array => {
    const doc = new Y.Doc();
    doc.getText("t").insert(0, text);
    return Y.encodeStateAsUpdate(doc);
  };

  test("goes along with the next one only where both together may be taken in at a time", () => {
    const half = LIMITS.switchedBytes.takes / 2;
    for (const [first, second, isAlong] of [
      [half, half, true],
      [half, half + 1, false],
      [half + 1, half, false],
    ] as const) {
      const repeats = createRepeats(createSimulatedClock(), true);
      repeats.troubled();
      repeats.with(update("a"), first);
      const next = update("b");
      expect(repeats.with(next, second).length > next.length).toBe(isAlong);
    }
  });
});
