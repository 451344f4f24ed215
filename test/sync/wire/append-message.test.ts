/*
 * An append as a message: whose it is, where it goes, and what is refused.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { appendOf, updateOf } from "../../../src/sync/wire/append.ts";
import type { Append } from "../../../src/sync/wire/append.ts";
import {
  encodeAppendMessage,
  MAX_APPEND,
  openAppend,
  readAppend,
} from "../../../src/sync/wire/append-message.ts";
import { slotOfDocument } from "../../../src/sync/wire/document-slot.ts";
import { slotOf } from "../../../src/board/document/slot.ts";
import { startWork } from "../../support/work-time.ts";
import { readMessage } from "../../support/messages.ts";
import { draw } from "../../board/guard/lab.ts";
import { SESSION, createAuthor, said, received } from "./append-author.ts";

/** Text of so many characters, one clock each. */
function appendOfLength(length: number): Append {
  return { session: SESSION, clock: 0, writes: [{ kind: "text", text: "a".repeat(length) }] };
}

describe("[S12] an append", () => {
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
      fc.property(append, fc.maxSafeNat(), (each, document) => {
        const message = encodeAppendMessage(each, SESSION, document)!;
        const opened = openAppend(message)!;
        expect(opened).toMatchObject({ slot: slotOf(SESSION), clock: each.clock });
        expect(opened.document).toBe(document === 0 ? undefined : slotOfDocument(document));
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
      expect(opened).toMatchObject({ slot: 5, author: SESSION, clock: append.clock });
      expect(opened.document).toBe(document === 0 ? undefined : slotOfDocument(document));
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
    expect(openAppend(first)).toMatchObject({
      slot: SESSION & 0xffff,
      document: undefined,
      clock: append.clock,
    });
    const document = slotOfDocument(1);
    expect(openAppend(second)).toMatchObject({ slot: SESSION & 0xffff, document, clock: append.clock });
    expect(second.length).toBe(first.length + 4);
    // The first document has one spelling.
    for (const place of [3, 4]) {
      const bytes = Buffer.from(second, "base64");
      bytes[place] = 0;
      expect(openAppend(bytes.toString("base64"))).toBeUndefined();
    }
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
    const longest = encodeAppendMessage(appendOfLength(MAX_APPEND), SESSION)!;
    expect(readAppend(openAppend(longest)!, SESSION)).toEqual(appendOfLength(MAX_APPEND));
    expect(encodeAppendMessage(appendOfLength(MAX_APPEND + 1), SESSION)).toBeUndefined();
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
      const again = openAppend(encodeAppendMessage(taken, opened.slot)!);
      expect(again).toEqual({ ...opened, document: undefined });
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
    expect(readAppend(long, SESSION)).toBeUndefined();
    const honest = openAppend(encodeAppendMessage(appendOfLength(MAX_APPEND), SESSION)!)!;
    const workedHonest = startWork();
    for (let i = 0; i < 256; i++) expect(readAppend(honest, SESSION)).toBeDefined();
    const honestMs = workedHonest();
    const worked = startWork();
    for (let i = 0; i < 256; i++) {
      const each = openAppend(made(0, ...row(9000, i)))!;
      expect(() => readAppend(each, SESSION)).not.toThrow();
    }
    // About as long as the longest ones that are honest.
    expect(worked()).toBeLessThan(10 * honestMs);
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
    expect(encodeAppendMessage(append, 0x12345678, 9)).toBe("S3hWrALl7VgYhgpPCMEZAwEv2pA1Z0qYpGp3tLqv");
    device.close();
  });
});
