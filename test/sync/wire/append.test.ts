/*
 * What of a drawing is said as an append, and that the append is the same drawing again.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { createSimplifier } from "../../../src/ink/simplify.ts";
import type { InkPoint } from "../../../src/ink/stroke.ts";
import { appendOf, inkBetween, updateOf } from "../../../src/sync/wire/append.ts";
import { encodeAppendMessage, openAppend } from "../../../src/sync/wire/append-message.ts";
import { batchesOf } from "../../bench/batches.ts";
import { generateStrokes, PEN } from "../../support/strokes.ts";
import { bring, createDevice, draw, HEADER } from "../../board/guard/lab.ts";
import { SESSION, createAuthor, said, received } from "./append-author.ts";

const steps = fc.array(
  fc.record({
    dx: fc.oneof(fc.integer({ min: -8, max: 8 }), fc.double({ min: -300, max: 300, noNaN: true })),
    dy: fc.oneof(fc.integer({ min: -8, max: 8 }), fc.double({ min: -300, max: 300, noNaN: true })),
    pressure: fc.double({ min: 0, max: 1, noNaN: true }),
    flush: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);
const strokes = fc.array(
  fc.record({ steps, pressure: fc.boolean(), scale: fc.integer({ min: -4, max: 6 }), end: fc.boolean() }),
  { maxLength: 6 },
);

/** Whether the session's write at a clock is the first text of a stroke. */
function isFirstText(doc: Y.Doc, clock: number): boolean {
  const item = Y.getItem(doc.store, { client: SESSION, clock });
  return item.id.clock === clock && item.content instanceof Y.ContentString && item.origin === null;
}

describe("[S12] an append", () => {
  test("is the very update again, whatever is drawn, flushed and left open", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(strokes, (drawing) => {
        const { device, updates } = createAuthor();
        const reader = new Y.Doc();
        for (const { steps: list, pressure, scale, end } of drawing) {
          const writer = device.board.board.startStroke({ ...HEADER, pressure, scale });
          let at: InkPoint = { x: 0, y: 0, pressure: 0.5 };
          for (const { dx, dy, pressure: pressed, flush } of list) {
            at = { x: at.x + dx, y: at.y + dy, pressure: pressed };
            writer.add([at]);
            if (flush) device.board.flush();
          }
          device.board.flush();
          // While one stroke is open, the next ones wait for their end, and go as updates.
          if (end) writer.end();
        }
        for (const update of updates) {
          const sent = said(update);
          expect(sent ? received(sent) : update).toEqual(update);
          Y.applyUpdate(reader, sent ? received(sent)! : update);
        }
        expect(Y.encodeStateAsUpdate(reader)).toEqual(Y.encodeStateAsUpdate(device.doc));
        device.close();
      }),
    );
  });

  test("is what nearly all of a hand's drawing is, and far shorter", () => {
    const { device, updates } = createAuthor();
    // The first update of a board also says its format.
    draw(device, 1);
    updates.length = 0;
    for (const stroke of generateStrokes(3, 20, 60)) {
      const simplifier = createSimplifier(PEN);
      const writer = device.board.board.startStroke(PEN);
      for (const batch of batchesOf(stroke)) {
        for (const sample of batch) writer.add(simplifier.push(sample));
        device.board.flush();
      }
      writer.add(simplifier.end());
      writer.end();
      device.board.flush();
    }
    const sent = updates.map((update) => said(update));
    expect(sent).not.toContain(undefined);
    const size = (list: readonly { length: number }[]): number =>
      list.reduce((sum, { length }) => sum + length, 0);
    const texts = sent.map((each) => each!);
    const drawn = size(updates);
    expect(size(texts.map((text) => Buffer.from(text, "base64")))).toBeLessThan(drawn / 2);
    // Without what says whose it is and where.
    expect(size(texts.map((text) => openAppend(text)!.ink))).toBeLessThan(drawn / 3);
    device.close();
  });

  test("joins two updates, and the part that is there already changes nothing", () => {
    const { device, updates } = createAuthor();
    draw(device, 1);
    const writer = device.board.board.startStroke(HEADER);
    for (let i = 0; i < 6; i++) {
      writer.add([{ x: i * 3, y: i * i, pressure: 0.5 }]);
      device.board.flush();
    }
    writer.end();
    const [third, second, last] = updates.slice(-3) as [Uint8Array, Uint8Array, Uint8Array];
    const reader = createDevice(77);
    for (const update of updates.slice(0, -2)) reader.admit(update);
    expect(said(third)).toBeDefined();
    const joined = said(Y.mergeUpdates([third, second, last]))!;
    expect(reader.admit(received(joined)!).kind).toBe("ready");
    expect(reader.admit(received(joined)!).kind).toBe("known");
    expect(Y.encodeStateAsUpdate(reader.doc)).toEqual(Y.encodeStateAsUpdate(device.doc));
    device.close();
    reader.close();
  });

  test("starts a stroke after anybody's", () => {
    const { device, updates } = createAuthor();
    const other = createDevice(4_000_000_000);
    draw(device, 1);
    bring(device, other);
    draw(other, 2);
    bring(other, device);
    updates.length = 0;
    draw(device, 3);
    draw(device, 4);
    for (const update of updates) {
      const read = received(said(update)!)!;
      expect(read).toEqual(update);
      expect(other.admit(read).kind).toBe("ready");
    }
    expect(other.board.board.items().length).toBe(4);
    device.close();
    other.close();
  });

  test("is made of what a document holds, too: any part that only draws, and nothing else", () => {
    const { device, updates } = createAuthor();
    draw(device, 1);
    // The board's format stands between the first stroke's ink and what follows.
    const first = Y.getState(device.doc.store, SESSION);
    const before = Y.encodeStateAsUpdate(device.doc);
    let starts = 0;
    for (let i = 0; i < 5; i++) draw(device, i * 9, 12);
    const end = Y.getState(device.doc.store, SESSION);
    const prng = createPrng(9);
    for (let i = 0; i < 300; i++) {
      const from = first + prng.below(end - first);
      const to = from + 1 + prng.below(end - from);
      const reader = new Y.Doc();
      for (const update of updates) Y.applyUpdate(reader, update);
      const append = inkBetween(device.doc, { client: SESSION, from, to });
      // Text belongs to the stroke that the session wrote to last: its first needs the start in front.
      const needsStart = isFirstText(device.doc, from);
      if (needsStart) starts++;
      expect(append).toMatchObject({ session: SESSION, clock: needsStart ? from - 1 : from });
      expect(encodeAppendMessage(append!, SESSION)).toBeDefined();
      // Between the part before and the part after, it is what was drawn.
      const parts = [
        [first, from],
        [from, to],
        [to, end],
      ] as const;
      const whole = new Y.Doc();
      Y.applyUpdate(whole, before);
      for (const [start, stop] of parts) {
        if (start === stop) continue;
        const part = inkBetween(device.doc, { client: SESSION, from: start, to: stop });
        Y.applyUpdate(whole, updateOf(part!));
      }
      expect(Y.encodeStateAsUpdate(whole)).toEqual(Y.encodeStateAsUpdate(reader));
    }
    expect(starts).toBeGreaterThan(0);
    expect(inkBetween(device.doc, { client: SESSION, from: 0, to: end })).toBeUndefined();
    for (const [client, from, to] of [
      [SESSION, end, end],
      [SESSION, end - 1, end + 1],
      [SESSION, 5, 2],
      [SESSION + 1, 0, 1],
    ] as const)
      expect(inkBetween(device.doc, { client, from, to })).toBeUndefined();
    device.board.board.clear();
    const now = Y.getState(device.doc.store, SESSION);
    expect(inkBetween(device.doc, { client: SESSION, from: end, to: now })).toBeUndefined();
    device.close();
  });

  test("is no clear and no undo, and says whose it is", () => {
    const { device, updates } = createAuthor();
    draw(device, 1);
    updates.length = 0;
    device.board.board.clear();
    device.board.board.history.undo();
    expect(updates.length).toBe(2);
    expect(updates.map((update) => appendOf(update))).toEqual([undefined, undefined]);
    draw(device, 2);
    expect(appendOf(updates.at(-1)!)).toMatchObject({ session: SESSION });
    expect(appendOf(new Uint8Array([0, 0]))).toBeUndefined();
    device.close();
  });
});
