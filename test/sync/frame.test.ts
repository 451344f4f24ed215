import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import { translation } from "../../src/base/matrix.ts";
import { BOARD_TAG_BYTES, decodeMessage, encodeMessage } from "../../src/sync/frame.ts";
import type { Frame, Message } from "../../src/sync/frame.ts";

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const hash = fc.record({ hi: uint32, lo: uint32 });
const digest = fc.record({ writes: hash, deletions: hash });
const state = fc
  .array(fc.tuple(uint32, fc.integer({ min: 0, max: 2 ** 31 })))
  .map((entries) => new Map(entries));
const bytes = fc.uint8Array({ maxLength: 60 });
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    type: fc.constant("hello" as const),
    tag: fc.option(fc.uint8Array({ minLength: BOARD_TAG_BYTES, maxLength: BOARD_TAG_BYTES }), {
      nil: undefined,
    }),
    reply: fc.boolean(),
    state,
    digest,
    to: fc.array(fc.string({ unit: "grapheme", maxLength: 20 }), { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant("update" as const), update: bytes }),
  fc.record({
    type: fc.constant("digest" as const),
    digest,
    next: fc.integer({ min: 0, max: 100 }),
    clock: uint32,
    acks: fc.array(fc.tuple(uint32, uint32)),
  }),
  fc.record({ type: fc.constant("request" as const), state, digest }),
  fc.record({ type: fc.constant("diff" as const), last: fc.boolean(), update: bytes }),
  fc.record({ type: fc.constant("bye" as const) }),
  fc.record({
    type: fc.constant("presence" as const),
    revision: fc.nat(),
    presence: fc.record({
      name: fc.constantFrom("", "Ann", "Боб"),
      color: fc.integer({ min: 0, max: 0xffffff }),
      tool: fc.constantFrom("pen" as const, "hand" as const),
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
);
const message: fc.Arbitrary<Message> = fc.record({
  session: uint32,
  direct: fc.boolean(),
  sequence: fc.integer({ min: 0, max: 2 ** 40 }),
  frames: fc.array(frame, { maxLength: 5 }),
});

/** Golden messages: what a contact with today's version sends and understands. */
const GOLDEN: readonly { name: string; message: Message; text: string }[] = [
  {
    name: "[S1] [S2] a direct bye",
    message: { session: 300, direct: true, sequence: 5, frames: [{ type: "bye" }] },
    text: encodeBase64(new Uint8Array([0x30, 0xac, 0x02, 0x0b, 6, 0])),
  },
  {
    name: "[S3] an update",
    message: {
      session: 1,
      direct: false,
      sequence: 0,
      frames: [{ type: "update", update: new Uint8Array([9, 8]) }],
    },
    text: encodeBase64(new Uint8Array([0x30, 1, 0, 2, 3, 0, 9, 8])),
  },
  {
    name: "[S5] the last chunk of an answer",
    message: {
      session: 1,
      direct: true,
      sequence: 1,
      frames: [{ type: "diff", last: true, update: new Uint8Array([7]) }],
    },
    text: encodeBase64(new Uint8Array([0x30, 1, 3, 5, 2, 1, 7])),
  },
  {
    name: "[S6] a digest",
    message: {
      session: 1,
      direct: false,
      sequence: 3,
      frames: [
        {
          type: "digest",
          digest: { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } },
          next: 6,
          clock: 5,
          acks: [[300, 7]],
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x30, 1, 6, 3, 22, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0],
        ...[6, 5, 1, 0xac, 0x02, 7],
      ]),
    ),
  },
  {
    name: "[S8] a hello",
    message: {
      session: 1,
      direct: false,
      sequence: 3,
      frames: [
        {
          type: "hello",
          tag: new Uint8Array([8, 7, 6, 5, 4, 3, 2, 1]),
          reply: true,
          state: new Map([[2, 1]]),
          digest: { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } },
          to: ["ann", "é"],
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        ...[0x30, 1, 6, 1, 36, 8, 7, 6, 5, 4, 3, 2, 1, 1, 1, 2, 1],
        ...[1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0],
        ...[2, 3, 0x61, 0x6e, 0x6e, 2, 0xc3, 0xa9],
      ]),
    ),
  },
  {
    name: "[S8] a hello of somebody who does not know the own address",
    message: {
      session: 1,
      direct: true,
      sequence: 0,
      frames: [
        {
          type: "hello",
          tag: undefined,
          reply: false,
          state: new Map(),
          digest: { writes: { hi: 0, lo: 0 }, deletions: { hi: 0, lo: 0 } },
          to: [],
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([0x30, 1, 1, 1, 27, ...new Uint8Array(8), 2, 0, ...new Uint8Array(16), 0]),
    ),
  },
  {
    name: "[S4] a request",
    message: {
      session: 1,
      direct: true,
      sequence: 2,
      frames: [
        {
          type: "request",
          state: new Map([
            [300, 4],
            [2, 1],
          ]),
          digest: { writes: { hi: 1, lo: 2 }, deletions: { hi: 3, lo: 4 } },
        },
      ],
    },
    text: encodeBase64(
      new Uint8Array([
        0x30, 1, 5, 4, 22, 2, 2, 1, 0xac, 0x02, 4, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0,
      ]),
    ),
  },
];

describe("a message", () => {
  test("decodes to what was encoded", () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(decodeMessage(encodeMessage(each))).toEqual({ ok: true, message: each, isNewer: false });
      }),
    );
  });

  test.each(GOLDEN)("has the same bytes in every version: $name", ({ message: each, text }) => {
    expect(encodeMessage(each)).toBe(text);
    expect(decodeMessage(text)).toEqual({ ok: true, message: each, isNewer: false });
  });

  test("[S1] of a newer minor version is read: unknown frames and added fields are passed over", () => {
    const base = decodeBase64(encodeMessage({ session: 1, direct: false, sequence: 0, frames: [] }))!;
    const bye = [6, 3, 1, 2, 3];
    const unknown = [99, 2, 5, 5];
    const text = encodeBase64(new Uint8Array([0x37, ...base.subarray(1), ...unknown, ...bye]));
    expect(decodeMessage(text)).toMatchObject({
      ok: true,
      isNewer: true,
      message: { frames: [{ type: "bye" }] },
    });
  });

  test("[S1] of another major version is told apart", () => {
    expect(decodeMessage(encodeBase64(new Uint8Array([0x40, 1])))).toEqual({
      ok: false,
      error: "newer-major",
    });
    expect(decodeMessage(encodeBase64(new Uint8Array([0x20, 1])))).toEqual({
      ok: false,
      error: "older-major",
    });
  });

  test("[S1] that is cut anywhere is refused, or is a shorter row of whole frames", () => {
    fc.assert(
      fc.property(message, fc.nat(), (each, place) => {
        const whole = decodeBase64(encodeMessage(each))!;
        const decoded = decodeMessage(encodeBase64(whole.subarray(0, place % whole.length)));
        const frames = decoded.ok ? decoded.message.frames : [];
        expect(each.frames.slice(0, frames.length)).toEqual(frames);
      }),
    );
  });

  test("[S1] of noise never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), (noise, text) => {
        expect(() => decodeMessage(encodeBase64(new Uint8Array([0x30, ...noise])))).not.toThrow();
        expect(decodeMessage(text + "!")).toEqual({ ok: false, error: "malformed" });
      }),
      { numRuns: 2000 },
    );
  });
});
