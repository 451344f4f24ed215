import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { createSimplifier } from "../../../src/ink/simplify.ts";
import type { InkPoint } from "../../../src/ink/stroke.ts";
import { appendOf, inkBetween, updateOf } from "../../../src/sync/wire/append.ts";
import type { Append } from "../../../src/sync/wire/append.ts";
import {
  encodeAppendMessage,
  MAX_APPEND,
  openAppend,
  readAppend,
} from "../../../src/sync/wire/append-message.ts";
import { slotOf } from "../../../src/sync/wire/frame.ts";
import { batchesOf } from "../../bench/batches.ts";
import { readMessage } from "../../support/messages.ts";
import { generateStrokes, PEN } from "../../support/strokes.ts";
import { bring, createDevice, draw, HEADER } from "../../board/guard/lab.ts";
import type { Device } from "../../board/guard/lab.ts";

const SESSION = 1_234_567_890;

/** A device and the updates of what is done there. */
function createAuthor(session = SESSION): { device: Device; updates: Uint8Array[] } {
  const device = createDevice(session);
  const updates: Uint8Array[] = [];
  device.doc.on("update", (update: Uint8Array) => updates.push(update));
  return { device, updates };
}

/** What the sender says of what it has just done; undefined where it takes an update to say it. */
function said(update: Uint8Array, own = SESSION): string | undefined {
  const append = appendOf(update);
  return append && encodeAppendMessage(append, own);
}

/** As a receiver reads it that knows whose it is, and nothing of what came before. */
function received(text: string, session = SESSION): Uint8Array | undefined {
  const append = readAppend(openAppend(text)!, session);
  return append && updateOf(append);
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

  test("carries any characters and starts that a session can write, at any place", () => {
    const place = fc.record({
      client: fc.oneof(fc.constant(SESSION), fc.integer({ min: 0, max: 2 ** 32 - 1 })),
      clock: fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 2 ** 31 - 1 })),
    });
    const text = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 60 })
      .map((codes) => ({ kind: "text", text: String.fromCharCode(...codes) }) as const);
    const start = fc.option(place, { nil: undefined }).map((after) => ({ kind: "start", after }) as const);
    const append: fc.Arbitrary<Append> = fc.record({
      session: fc.constant(SESSION),
      clock: fc.oneof(fc.nat(5000), fc.integer({ min: 0, max: 2 ** 31 - 200 })),
      // Neighbouring texts are one.
      writes: fc
        .array(fc.tuple(fc.option(text, { nil: undefined }), start), { maxLength: 3 })
        .chain((list) => text.map((last) => [...list.flat().filter((each) => each !== undefined), last])),
    });
    fc.assert(
      fc.property(append, fc.nat(2 ** 32 - 1), (each, document) => {
        const message = encodeAppendMessage(each, SESSION, document)!;
        const opened = openAppend(message)!;
        expect(opened).toMatchObject({ slot: slotOf(SESSION), document, clock: each.clock });
        expect(readAppend(opened, SESSION)).toEqual(each);
      }),
    );
  });

  test("[S2] of somebody else names whose it is, and the speaker by its slot", () => {
    const { device, updates } = createAuthor();
    for (let i = 0; i < 3; i++) draw(device, i * 9);
    const append = appendOf(updates.at(-1)!)!;
    const speaker = 0x7_0005;
    for (const document of [0, 4]) {
      const opened = openAppend(encodeAppendMessage(append, speaker, document)!)!;
      expect(opened).toMatchObject({ slot: 5, author: SESSION, document, clock: append.clock });
      // It is the author's ink, whoever says it.
      expect(updateOf(readAppend(opened, opened.author!)!)).toEqual(updates.at(-1));
    }
    expect(openAppend(encodeAppendMessage(append, SESSION)!)!.author).toBeUndefined();
    device.close();
  });

  test("[S2] says whose it is by its slot, and of which document, the first in the least bytes", () => {
    const { device, updates } = createAuthor();
    for (let i = 0; i < 3; i++) draw(device, i * 9);
    const append = appendOf(updates.at(-1)!)!;
    const [first, second] = [encodeAppendMessage(append, SESSION)!, encodeAppendMessage(append, SESSION, 1)!];
    expect(openAppend(first)).toMatchObject({ slot: SESSION & 0xffff, document: 0, clock: append.clock });
    expect(openAppend(second)).toMatchObject({ slot: SESSION & 0xffff, document: 1, clock: append.clock });
    expect(second.length).toBeGreaterThan(first.length);
    // The first document has one spelling.
    const bytes = Buffer.from(second, "base64");
    bytes[3] = 0;
    expect(openAppend(bytes.toString("base64"))).toBeUndefined();
    device.close();
  });

  test("that is taken for another session's is ink of that one only, and needs nothing of before", () => {
    const { device, updates } = createAuthor();
    for (let i = 0; i < 10; i++) draw(device, i * 9);
    const sent = said(updates.at(-1)!)!;
    expect(received(sent)).toEqual(updates.at(-1));
    for (let session = 1; session < 300; session++) {
      const read = readAppend(openAppend(sent)!, session)!;
      expect(read.session).toBe(session);
      expect(new Set(Y.decodeUpdate(updateOf(read)).structs.map(({ id }) => id.client))).toEqual(
        new Set([session]),
      );
    }
    device.close();
  });

  test("is no longer than its bounds: what is more goes as an update", () => {
    const append = (length: number): Append => ({
      session: SESSION,
      clock: 0,
      writes: [{ kind: "text", text: "a".repeat(length) }],
    });
    const longest = encodeAppendMessage(append(MAX_APPEND), SESSION)!;
    expect(readAppend(openAppend(longest)!, SESSION)).toEqual(append(MAX_APPEND));
    expect(encodeAppendMessage(append(MAX_APPEND + 1), SESSION)).toBeUndefined();
    expect(encodeAppendMessage({ session: SESSION, clock: 0, writes: [] }, SESSION)).toBeUndefined();
  });

  test("damaged or made up never throws, and has one spelling: what is read would be said so again", () => {
    const { device, updates } = createAuthor();
    draw(device, 3);
    draw(device, 9, 30);
    const append = appendOf(updates.at(-1)!)!;
    const texts = [encodeAppendMessage(append, SESSION)!, encodeAppendMessage(append, 5, 300)!];
    const prng = createPrng(5);
    let read = 0;
    for (let i = 0; i < 6000; i++) {
      const bytes = Uint8Array.from(Buffer.from(texts[i % 2]!, "base64"));
      if (i % 3 === 0) bytes[1 + prng.below(bytes.length - 1)]! ^= 1 << prng.below(8);
      const from = i % 3 === 1 ? bytes.subarray(0, prng.below(bytes.length)) : bytes;
      if (i % 3 === 2) bytes.forEach((_, k) => (bytes[k] = k === 0 ? bytes[0]! : prng.below(256)));
      const text = Buffer.from(from).toString("base64").replaceAll("=", "");
      const opened = openAppend(text);
      const taken = opened && readAppend(opened, opened.author ?? opened.slot);
      if (!taken || opened.author === opened.slot) continue;
      read++;
      // A number of more digits than it needs is read all the same.
      expect(openAppend(encodeAppendMessage(taken, opened.slot, opened.document)!)).toEqual(opened);
    }
    expect(read).toBeGreaterThan(0);
    device.close();
  });

  test("that claims to be anywhere or to go on for ever is refused, quickly", () => {
    const row = (length: number, byte: number): number[] => Array.from({ length }, () => byte);
    const made = (...bytes: number[]): string => Buffer.from([0x48, 1, 2, ...bytes]).toString("base64");
    const refused = [
      "",
      "A",
      made(),
      // No ink.
      made(0),
      // A clock beyond the last, and one that does not end.
      made(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, 7),
      made(...row(30, 0xff)),
      Buffer.from([0x4c, 1, 2, 0, 7]).toString("base64"),
      // An author without a clock, one beyond the last, and one that does not end.
      Buffer.from([0x4a, 1, 2, 5]).toString("base64"),
      Buffer.from([0x4a, 1, 2, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 7]).toString("base64"),
      Buffer.from([0x4a, 1, 2, ...row(30, 0xff)]).toString("base64"),
      Buffer.from([0x40, 1, 2, 0, 7]).toString("base64"),
      Buffer.from([0x58, 1, 2, 0, 7]).toString("base64"),
      "A".repeat(1_000_000),
    ];
    for (const text of refused) expect(openAppend(text), text.slice(0, 60)).toBeUndefined();
    const long = openAppend(made(0, ...row(9000, 0)))!;
    const from = performance.now();
    expect(readAppend(long, SESSION)).toBeUndefined();
    for (let i = 0; i < 256; i++) {
      const each = openAppend(made(0, ...row(9000, i)))!;
      expect(() => readAppend(each, SESSION)).not.toThrow();
    }
    expect(performance.now() - from).toBeLessThan(10_000);
  });

  test("has the same bytes in every version", () => {
    const { device, updates } = createAuthor(300);
    draw(device, 10, 8);
    draw(device, 40, 8);
    const texts = updates.map((update) => said(update, 300));
    expect(texts).toEqual([undefined, "SCwBGIYKTwjBGQMBL9qQNWdKmKRqd7S6rw"]);
    expect(readMessage(texts[1]!)).toEqual({ ok: false, error: "malformed" });
    // The same, said by another page.
    const append = appendOf(updates[1]!)!;
    expect(encodeAppendMessage(append, 0x12345678)).toBe("SnhWrAIYhgpPCMEZAwEv2pA1Z0qYpGp3tLqv");
    expect(encodeAppendMessage(append, 0x12345678, 9)).toBe("S3hWrAIJGIYKTwjBGQMBL9qQNWdKmKRqd7S6rw");
    device.close();
  });
});
