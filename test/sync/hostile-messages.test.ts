/*
 * Texts that no honest page sends: they are dropped, whatever they claim to be.
 */
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import { createPrng } from "../../src/base/prng.ts";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { encodeMessage, PROTOCOL_MAJOR } from "../../src/sync/wire/frame.ts";
import { startWork } from "../support/work-time.ts";
import { readMessage } from "../support/messages.ts";
import {
  SESSION,
  MAX_MS,
  NO_DIGEST,
  TAG,
  createStage,
  hello,
  expectUnharmed,
  rawMessage,
  bytes,
} from "./hostile-stage.ts";

describe("[S1] texts that are no messages", () => {
  test("are dropped: no base64, cut off, empty, random, far too long", async () => {
    const stage = await createStage(1);
    const prng = createPrng(1);
    const honest = encodeMessage({ session: SESSION, frames: [hello(true)] });
    const texts = [
      "",
      "=",
      "====",
      "A",
      "AA",
      "AAA",
      "not base64!!",
      "\u{1F58A}\u0000\uD800",
      honest.slice(1),
      honest.slice(0, -1),
      `${honest} `,
      `${honest}${honest}`,
      honest.replaceAll("A", "\n"),
      "A".repeat(3_000_000),
      ...Array.from({ length: 5 }, () =>
        encodeBase64(Uint8Array.from({ length: 50 }, () => prng.below(256))),
      ),
    ];
    for (const text of texts) {
      expect(stage.say(text)).toBeLessThan(MAX_MS);
      await stage.room.clock.advance(2000);
    }
    await expectUnharmed(stage);
  });

  test("are not decoded beyond their limit", () => {
    const long = encodeBase64(new Uint8Array(200_000));
    expect(readMessage(long)).toEqual({ ok: false, error: "malformed" });
  });

  test("cut off anywhere, or with any byte changed, never throw", () => {
    const message = encodeMessage({
      session: SESSION,
      frames: [
        hello(true, new Map([[5, 6]])),
        { type: "digest", digest: NO_DIGEST, next: 7, clock: 5, acks: [[8, 9]] },
        { type: "request", what: "all", state: new Map([[1, 2]]), digest: NO_DIGEST },
        {
          type: "request",
          what: "writes",
          isOwn: false,
          ranges: [{ client: 300, from: 2, to: 9 }],
          to: 400,
          document: 5,
        },
        { type: "diff", update: new Uint8Array([0, 0]), last: true },
        { type: "bye" },
      ],
    });
    const raw = Buffer.from(message, "base64");
    for (let i = 0; i < raw.length; i++) {
      const cut = readMessage(encodeBase64(raw.subarray(0, i)));
      expect(cut.ok && cut.message.frames.length === 6).toBe(false);
      for (let value = 0; value < 256; value += 5) {
        const changed = Uint8Array.from(raw);
        changed[i] = value;
        expect(() => readMessage(encodeBase64(changed))).not.toThrow();
      }
    }
  });
});

describe("[S1] frames that claim too much", () => {
  const count = (value: number, ...rest: number[]): Uint8Array =>
    bytes((encoder) => {
      encoding.writeVarUint(encoder, value);
      for (const each of rest) encoding.writeUint8(encoder, each);
    });
  const withTag = (tail: Uint8Array): Uint8Array => new Uint8Array([1, ...TAG, ...tail]);

  test.each([2 ** 31, 2 ** 40, 2 ** 53 - 1])("a state vector of %i entries", (claimed) => {
    for (const frame of [
      [1, withTag(count(claimed, 1, 1))],
      [4, new Uint8Array([0, ...count(claimed, 1, 1, 2, 2)])],
      [4, new Uint8Array([1, ...count(claimed, 1, 1, 2, 2)])],
      [3, new Uint8Array([...new Uint8Array(16), 5, 5, ...count(claimed, 1, 1)])],
    ] as [number, Uint8Array][]) {
      const worked = startWork();
      expect(readMessage(rawMessage([frame]))).toEqual({ ok: false, error: "malformed" });
      expect(worked()).toBeLessThan(MAX_MS);
    }
  });

  test("a frame longer than the message, a session and a number beyond their bounds", () => {
    const version = PROTOCOL_MAJOR << 4;
    for (const tail of [
      [...count(2 ** 32)],
      [...count(2 ** 40)],
      [255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
      [1, 2, ...count(2 ** 53 - 1)],
      [1, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
      // Whom it is for, and about which document.
      [1, 32 | 6, ...count(2 ** 32), 0],
      [1, 64 | 6, ...count(2 ** 32), 0],
      [1, 32 | 6, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0],
    ]) {
      expect(readMessage(encodeBase64(new Uint8Array([version, ...tail])))).toEqual({
        ok: false,
        error: "malformed",
      });
    }
  });

  test("thousands of frames in one message", async () => {
    const stage = await createStage(2);
    const before = stage.sent();
    for (const frame of [
      [1, withTag(new Uint8Array([0, ...new Uint8Array(16)]))],
      [2, new Uint8Array([0, 0, 0])],
      [3, new Uint8Array(19)],
      [4, new Uint8Array(18)],
      [4, new Uint8Array([1, 0])],
      [5, new Uint8Array([0, 0, 0])],
      [6, new Uint8Array(0)],
      [31, new Uint8Array(0)],
    ] as [number, Uint8Array][]) {
      const message = rawMessage(Array.from({ length: 5000 }, () => frame));
      expect(stage.say(message)).toBeLessThan(MAX_MS);
      expect(readMessage(message)).toEqual({ ok: false, error: "malformed" });
    }
    await stage.room.clock.advance(2000);
    expect(stage.sent() - before).toBeLessThan(10);
    await expectUnharmed(stage);
  });
});
