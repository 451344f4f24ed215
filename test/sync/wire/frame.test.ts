import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "../../../src/base/bytes.ts";
import { translation } from "../../../src/base/matrix.ts";
import { encodeMessage, MAX_FRAMES } from "../../../src/sync/wire/frame.ts";
import { MAX_DOCUMENT } from "../../../src/board/document/document-number.ts";
import { BOARD_TAG_BYTES } from "../../../src/sync/wire/frame-body.ts";
import type { Frame, Message } from "../../../src/sync/wire/frame.ts";
import type { FrameBody } from "../../../src/sync/wire/frame-body.ts";
import { readMessage } from "../../support/messages.ts";
import { GOLDEN } from "./golden-messages.ts";

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** The first, the index, pages, and the last that there could be. */
const anyDocument = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, MAX_DOCUMENT),
  fc.nat(),
  fc.maxSafeNat(),
);
const hash = fc.record({ hi: uint32, lo: uint32 });
const digest = fc.record({ writes: hash, deletions: hash });
const state = fc
  .array(fc.tuple(uint32, fc.integer({ min: 0, max: 2 ** 31 })))
  .map((entries) => new Map(entries));
const bytes = fc.uint8Array({ maxLength: 60 });
const pairs = fc.array(fc.tuple(uint32, uint32), { maxLength: 6 });
/** Left out where there are none. */
const refused = fc
  .option(fc.array(fc.tuple(uint32, uint32), { minLength: 1, maxLength: 6 }), { nil: undefined })
  .map((some) => (some ? { refused: some } : {}));
const withRefused = <T extends object>(
  frame: fc.Arbitrary<T>,
): fc.Arbitrary<T & { refused?: [number, number][] }> =>
  fc.tuple(frame, refused).map(([said, more]) => ({ ...said, ...more }));
const ranges = fc.array(
  fc.tuple(uint32, uint32, uint32).map(([client, from, length]) => ({ client, from, to: from + length })),
  { maxLength: 6 },
);
const body: fc.Arbitrary<FrameBody> = fc.oneof(
  withRefused(
    fc.record({
      type: fc.constant("hello" as const),
      tag: fc.option(fc.uint8Array({ minLength: BOARD_TAG_BYTES, maxLength: BOARD_TAG_BYTES }), {
        nil: undefined,
      }),
      reply: fc.boolean(),
      state: fc.option(state, { nil: undefined }),
      digest,
      names: fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 3 }),
    }),
  ),
  fc.record({ type: fc.constant("update" as const), update: bytes }),
  withRefused(
    fc.record({
      type: fc.constant("digest" as const),
      digest,
      next: fc.integer({ min: 0, max: 100 }),
      clock: uint32,
      acks: pairs,
    }),
  ),
  withRefused(
    fc.record({ type: fc.constant("request" as const), what: fc.constant("all" as const), state, digest }),
  ),
  fc.tuple(fc.boolean(), ranges).map(([isOwn, list]) => ({
    type: "request" as const,
    what: "writes" as const,
    isOwn,
    ranges: isOwn ? list.map((range) => ({ ...range, client: 0 })) : list,
  })),
  fc.record({ type: fc.constant("diff" as const), last: fc.boolean(), update: bytes }),
  fc.record({ type: fc.constant("bye" as const) }),
  fc.record({
    type: fc.constant("presence" as const),
    revision: fc.nat(),
    presence: fc.record({
      document: anyDocument,
      name: fc.constantFrom("", "Ann", "Боб"),
      color: fc.integer({ min: 0, max: 0xffffff }),
      tool: fc.constantFrom("pen" as const, "pan" as const),
      view: fc.constant({ minX: -1, minY: -2, maxX: 3, maxY: 4 }),
      penDown: fc.boolean(),
      cursor: fc.option(fc.record({ x: fc.nat(1e6), y: fc.nat(1e6) }), { nil: undefined }),
    }),
  }),
  fc.record({
    type: fc.constant("preview" as const),
    revision: fc.nat(),
    clock: uint32,
    preview: fc.constantFrom(undefined, {
      kind: "transform" as const,
      ids: ["1.2", "1.30", "9.0"],
      matrix: translation(3, -4),
    }),
  }),
  fc.record({
    type: fc.constantFrom("want" as const, "have" as const),
    hash: fc.constantFrom("0f".repeat(32), "a0".repeat(32)),
    bytes: fc.constantFrom(1, 49_152, 49_153, 393_216),
    chunks: fc.constantFrom(0, 1),
  }),
  fc.uint8Array({ minLength: 1, maxLength: 90 }).map((content) => ({
    type: "chunk" as const,
    hash: "c3".repeat(32),
    bytes: 49_152 + content.length,
    index: 1,
    content,
  })),
  fc.record({ type: fc.constant("roster-sum" as const), sum: hash }),
  fc.record({ type: fc.constant("roster-request" as const) }),
  fc.record({
    type: fc.constant("roster" as const),
    isFirst: fc.boolean(),
    entries: fc
      .uniqueArray(
        fc.tuple(
          anyDocument.filter((number) => number > 1),
          digest,
        ),
        {
          maxLength: 6,
          selector: ([number]) => number,
        },
      )
      .map((entries) => entries.sort(([a], [b]) => a - b)),
  }),
);
/** The first document has no number. */
const address = fc.record(
  { to: fc.integer({ min: 0, max: 0xffff }), document: anyDocument.filter((number) => number > 0) },
  { requiredKeys: [] },
);
const frame: fc.Arbitrary<Frame> = fc.tuple(body, address).map(([says, where]) => ({ ...says, ...where }));
const message: fc.Arbitrary<Message> = fc.record({
  session: uint32,
  frames: fc.array(frame, { maxLength: 5 }),
});

describe("a message", () => {
  test("decodes to what was encoded", () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(readMessage(encodeMessage(each))).toEqual({ ok: true, message: each, isNewer: false });
      }),
    );
  });

  test.each(GOLDEN)("has the same bytes in every version: $name", ({ message: each, text }) => {
    expect(encodeMessage(each)).toBe(text);
    expect(readMessage(text)).toEqual({ ok: true, message: each, isNewer: false });
  });

  test("[S1] of a newer minor version is read: unknown frames and added fields are passed over", () => {
    const base = decodeBase64(encodeMessage({ session: 1, frames: [] }))!;
    const bye = [6, 3, 1, 2, 3];
    const unknown = [0, 2, 5, 5];
    const addressed = [0x60, 9, 0, 8, 1, 5];
    const text = encodeBase64(new Uint8Array([0x47, ...base.subarray(1), ...unknown, ...addressed, ...bye]));
    expect(readMessage(text)).toMatchObject({
      ok: true,
      isNewer: true,
      message: { frames: [{ type: "bye" }] },
    });
  });

  test("[S1] of another major version is told apart", () => {
    expect(readMessage(encodeBase64(new Uint8Array([0x50, 1])))).toEqual({
      ok: false,
      error: "newer-major",
    });
    // A session, a number and a bye; and what only begins like that.
    expect(readMessage(encodeBase64(new Uint8Array([0x30, 1, 0, 6, 0])))).toEqual({
      ok: false,
      error: "older-major",
    });
    for (const rubbish of [
      [0x30, 1],
      [0x30, 1, 0, 6, 9],
      [0x00, 1, 0, 6, 0],
    ])
      expect(readMessage(encodeBase64(Uint8Array.from(rubbish)))).toEqual({ ok: false, error: "malformed" });
  });

  test("[S1] says one thing in one way: no head beyond its bits, no first document, no number too large", () => {
    const read = (...tail: number[]) => readMessage(encodeBase64(new Uint8Array([0x41, 1, ...tail])));
    const tooLarge = [0x80, 0x80, 0x80, 0x80, 0x10];
    expect(read(0x60 | 6, 7, 0, 1, 0)).toMatchObject({ message: { frames: [{ to: 7, document: 1 }] } });
    for (const tail of [
      [0x80 | 6, 0],
      [0x40 | 6, 0, 0],
      // Cut in the middle of a slot.
      [0x20 | 6, 7],
      [0x40 | 6, ...tooLarge, 0],
      // Also of a frame that is not known.
      [0x40 | 15, 0, 0],
      // A long number in the head, a short one in the content, both, none, and one beyond the last.
      [0x40 | 6, 0x80, 0x80, 0x80, 0x80, 0x10, 0],
      [0x10 | 6, 1, 5],
      [0x50 | 6, 5, 5, ...tooLarge],
      [0x10 | 6, 0],
      [0x10 | 6, 8, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
      [0x10 | 15, 0],
    ]) {
      expect(read(...tail)).toEqual({ ok: false, error: "malformed" });
    }
  });

  test("[S1] has at most as many frames as an honest one could, and no append's first byte", () => {
    const byes = (count: number): Message => ({
      session: 1,
      frames: Array.from({ length: count }, () => ({ type: "bye" })),
    });
    expect(readMessage(encodeMessage(byes(MAX_FRAMES)))).toMatchObject({ ok: true });
    expect(readMessage(encodeMessage(byes(MAX_FRAMES + 1)))).toEqual({ ok: false, error: "malformed" });
    for (let minor = 0; minor < 16; minor++) {
      const { ok } = readMessage(encodeBase64(new Uint8Array([0x40 | minor, 1, 6, 0])));
      expect(ok).toBe(minor < 8);
    }
  });

  test("[S1] that is cut anywhere is refused, or is a shorter row of whole frames", () => {
    fc.assert(
      fc.property(message, fc.nat(), (each, place) => {
        const whole = decodeBase64(encodeMessage(each))!;
        const decoded = readMessage(encodeBase64(whole.subarray(0, place % whole.length)));
        const frames = decoded.ok ? decoded.message.frames : [];
        expect(each.frames.slice(0, frames.length)).toEqual(frames);
      }),
    );
  });

  test("[S1] of noise never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), (noise, text) => {
        expect(() => readMessage(encodeBase64(new Uint8Array([0x40, ...noise])))).not.toThrow();
        expect(readMessage(text + "!")).toEqual({ ok: false, error: "malformed" });
      }),
      { numRuns: 2000 },
    );
  });
});
