import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { appendOf, lengthOf, updateOf } from "../../src/sync/append.ts";
import { decodeAppendMessage, encodeAppendMessage } from "../../src/sync/append-message.ts";
import { decodeMessage } from "../../src/sync/frame.ts";
import { inkBefore } from "../../src/sync/ink-before.ts";
import { packAppend, unpackAppend } from "../../src/sync/packed-append.ts";
import type { PackedAppend } from "../../src/sync/packed-append.ts";
import { bring, createDevice, draw, HEADER } from "../board/guard/lab.ts";
import type { Device } from "../board/guard/lab.ts";

const SESSION = 1_234_567_890;

/** A device and the updates of what is done there. */
function createAuthor(session = SESSION): { device: Device; updates: Uint8Array[] } {
  const device = createDevice(session);
  const updates: Uint8Array[] = [];
  device.doc.on("update", (update: Uint8Array) => updates.push(update));
  return { device, updates };
}

/** As the sender packs what it has just done. */
function packed(doc: Y.Doc, update: Uint8Array, session = SESSION): PackedAppend | undefined {
  const append = appendOf(update, session);
  return append && packAppend(append, inkBefore(doc, session, append.clock));
}

/** Through a message, as the receiver reads it. */
function received(to: Y.Doc, sent: PackedAppend, session = SESSION): Uint8Array | undefined {
  const { packed: read } = decodeAppendMessage(encodeAppendMessage({ repeats: false, packed: sent }))!;
  return unpackAppend(read, session, inkBefore(to, session, read.clock));
}

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
          const sent = packed(device.doc, update);
          expect(sent ? received(reader, sent) : update).toEqual(update);
          Y.applyUpdate(reader, update);
        }
        device.close();
      }),
    );
  });

  test("is what nearly all of a hand's drawing is, and far shorter", () => {
    const { device, updates } = createAuthor();
    for (let i = 0; i < 20; i++) draw(device, i * 7, 12);
    const sent = updates.map((update) => packed(device.doc, update));
    // The first update of a board also says its format.
    expect(sent.filter((each) => !each).length).toBeLessThanOrEqual(1);
    const size = (list: readonly { length: number }[]): number =>
      list.reduce((sum, { length }) => sum + length, 0);
    expect(size(sent.slice(1).map((each) => each!.bytes))).toBeLessThan(size(updates.slice(1)) / 3);
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
    expect(packed(device.doc, third)).toBeDefined();
    const joined = packed(device.doc, Y.mergeUpdates([third, second, last]))!;
    expect(reader.admit(received(reader.doc, joined)!).kind).toBe("ready");
    expect(reader.admit(received(reader.doc, joined)!).kind).toBe("known");
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
      const sent = packed(device.doc, update)!;
      const read = received(other.doc, sent)!;
      expect(read).toEqual(update);
      expect(other.admit(read).kind).toBe("ready");
    }
    expect(other.board.board.items().length).toBe(4);
    device.close();
    other.close();
  });

  test("is no clear, no undo and no other session's", () => {
    const { device, updates } = createAuthor();
    draw(device, 1);
    updates.length = 0;
    device.board.board.clear();
    device.board.board.history.undo();
    expect(updates.length).toBe(2);
    expect(updates.map((update) => appendOf(update, SESSION))).toEqual([undefined, undefined]);
    draw(device, 2);
    expect(appendOf(updates.at(-1)!, SESSION + 1)).toBeUndefined();
    expect(appendOf(new Uint8Array([0, 0]), SESSION)).toBeUndefined();
    device.close();
  });

  test("carries any characters that a text can hold, or says that it cannot", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xd7ff }), { minLength: 1, maxLength: 60 }), (codes) => {
        const text = String.fromCharCode(...codes);
        const append = { session: SESSION, clock: 0, writes: [{ kind: "text", text } as const] };
        const sent = packAppend(append, { writes: [], lastStart: undefined });
        const read = sent && unpackAppend(sent, SESSION, { writes: [], lastStart: undefined });
        expect(sent?.length ?? text.length).toBe(lengthOf(append));
        expect(read ?? updateOf(append)).toEqual(updateOf(append));
      }),
    );
  });

  test("is of its own session and its own place only", () => {
    const { device, updates } = createAuthor();
    for (let i = 0; i < 10; i++) draw(device, i * 9);
    const sent = packed(device.doc, updates.at(-1)!)!;
    expect(received(device.doc, sent)).toBeDefined();
    let taken = 0;
    for (let session = 1; session < 300; session++) {
      if (unpackAppend(sent, session, inkBefore(device.doc, SESSION, sent.clock))) taken++;
    }
    expect(taken).toBe(0);
    device.close();
  });

  test("damaged or made up never throws, and is hardly ever taken for one", () => {
    const { device, updates } = createAuthor();
    draw(device, 3);
    draw(device, 9, 30);
    const text = encodeAppendMessage({ repeats: true, packed: packed(device.doc, updates.at(-1)!)! });
    const state = Y.getState(device.doc.store, SESSION);
    const prng = createPrng(5);
    let taken = 0;
    for (let i = 0; i < 3000; i++) {
      const bytes = Uint8Array.from(Buffer.from(text, "base64"));
      if (i % 3 === 0) bytes[1 + prng.below(bytes.length - 1)]! ^= 1 << prng.below(8);
      const from = i % 3 === 1 ? bytes.subarray(0, prng.below(bytes.length)) : bytes;
      if (i % 3 === 2) bytes.forEach((_, k) => (bytes[k] = k === 0 ? bytes[0]! : prng.below(256)));
      const read = decodeAppendMessage(Buffer.from(from).toString("base64"));
      if (!read || read.packed.clock > state) continue;
      const update = unpackAppend(read.packed, SESSION, inkBefore(device.doc, SESSION, read.packed.clock));
      if (update && !Buffer.from(update).equals(updates.at(-1)!)) taken++;
    }
    expect(taken).toBeLessThanOrEqual(1);
    device.close();
  });

  test("has the same bytes in every version", () => {
    const { device, updates } = createAuthor(300);
    draw(device, 10, 8);
    draw(device, 40, 8);
    const texts = updates.map((update) => {
      const sent = packed(device.doc, update, 300);
      return sent && encodeAppendMessage({ repeats: false, packed: sent });
    });
    expect(texts).toEqual([undefined, "OJEn1VWAHHHM7zkQ"]);
    expect(decodeMessage(texts[1]!)).toEqual({ ok: false, error: "malformed" });
    device.close();
  });
});
