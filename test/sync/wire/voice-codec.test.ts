import * as encoding from "lib0/encoding";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "../../../src/base/bytes.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { encodeMessage, openMessage, readFrames } from "../../../src/sync/wire/frame.ts";
import type { Frame } from "../../../src/sync/wire/frame.ts";
import { rawMessage } from "../hostile-stage.ts";

const uint16 = fc.integer({ min: 0, max: 0xffff });
const call = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const type = fc.constant("voice" as const);
const end = {
  payload: 111,
  user: "abcd",
  password: "e".repeat(22),
  fingerprint: new Uint8Array(32).fill(3),
  places: [{ kind: "ip" as const, address: Uint8Array.of(10, 0, 0, 9), port: 0x1234 }],
};
const direct = fc.constantFrom("wanted" as const, "heard" as const);
const anyVoice: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ type, call, what: fc.constantFrom("ring", "declined", "busy", "end") }),
  fc.record({ type, call, what: fc.constant("missed" as const), ago: fc.nat() }),
  fc.record({
    type,
    call,
    what: fc.constant("missed" as const),
    ago: fc.nat(),
    by: fc.string({ minLength: 1 }),
  }),
  fc.record({ type, call, what: fc.constant("in" as const), stamp: uint16 }),
  fc.record({ type, call, what: fc.constant("in" as const), stamp: uint16, direct }),
  fc.record({ type, call, what: fc.constantFrom("offer", "answer"), attempt: call, end: fc.constant(end) }),
  fc.record({
    type,
    call,
    what: fc.constant("in" as const),
    stamp: uint16,
    direct,
    echo: fc.record({ slot: uint16, stamp: uint16, held: uint16 }),
  }),
  fc.record({
    type,
    call,
    what: fc.constant("talk" as const),
    first: call,
    packets: fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 15 }),
  }),
) as fc.Arbitrary<Frame>;

function read(text: string): readonly Frame[] | undefined {
  const opened = openMessage(text);
  return opened.ok ? readFrames(opened.body) : undefined;
}

const talk = (packets: readonly Uint8Array[]): Frame => ({
  type: "voice",
  what: "talk",
  call: 1,
  first: 0,
  packets,
});

describe("[S1] [S21] a frame of a call", () => {
  test("reads as it was written", () => {
    fc.assert(
      fc.property(fc.array(anyVoice, { maxLength: 8 }), (frames) => {
        expect(read(encodeMessage({ session: 7, frames }))).toEqual(frames);
      }),
    );
  });

  test("has these bytes", () => {
    const frames: readonly Frame[] = [
      { type: "voice", what: "ring", call: 0x01020304 },
      { type: "voice", what: "in", call: 1, stamp: 2, echo: { slot: 3, stamp: 4, held: 5 }, to: 9 },
      { type: "voice", what: "talk", call: 1, first: 300, packets: [Uint8Array.of(8, 9), Uint8Array.of(7)] },
      { type: "voice", what: "in", call: 1, stamp: 2, direct: "heard" },
      { type: "voice", what: "offer", call: 1, attempt: 5, end },
    ];
    const expected = [
      ...[0x43, 1, 7, 5, 1, 4, 3, 2, 1],
      ...[0x27, 9, 0, 14, 6, 1, 0, 0, 0, 2, 0, 1, 3, 0, 4, 0, 5, 0],
      ...[7, 13, 7, 1, 0, 0, 0, 0xac, 0x02, 2, 2, 8, 9, 1, 7],
      ...[7, 8, 6, 1, 0, 0, 0, 2, 0, 6],
      ...[7, 78, 8, 1, 0, 0, 0, 5, 0, 0, 0, 111, 4, ...Array.from("abcd", (each) => each.charCodeAt(0))],
      ...[22, ...Array.from({ length: 22 }, () => 101), ...Array.from({ length: 32 }, () => 3)],
      ...[1, 1, 10, 0, 0, 9, 0x34, 0x12],
    ];
    expect([...decodeBase64(encodeMessage({ session: 1, frames }))!]).toEqual(expected);
  });

  test("with a word of a newer version is passed over, and so is what follows known fields", () => {
    expect(read(rawMessage([[7, Uint8Array.of(10, 1, 0, 0, 0)]]))).toEqual([]);
    expect(read(rawMessage([[7, Uint8Array.of(1, 1, 0, 0, 0, 99)]]))).toEqual([
      { type: "voice", what: "ring", call: 1 },
    ]);
  });

  test("of more packets than are taken is malformed; so is one of none", () => {
    const packets = Array.from({ length: LIMITS.voicePackets.takes }, () => Uint8Array.of(1));
    expect(read(encodeMessage({ session: 1, frames: [talk(packets)] }))).toHaveLength(1);
    const beyond = [...packets, Uint8Array.of(1)];
    expect(read(encodeMessage({ session: 1, frames: [talk(beyond)] }))).toBeUndefined();
    expect(read(encodeMessage({ session: 1, frames: [talk([])] }))).toBeUndefined();
  });

  test("with a packet longer than is taken is malformed; so is one of no bytes", () => {
    const longest = new Uint8Array(LIMITS.voicePacketBytes.takes);
    expect(read(encodeMessage({ session: 1, frames: [talk([longest])] }))).toHaveLength(1);
    for (const bad of [new Uint8Array(longest.length + 1), new Uint8Array(0)])
      expect(read(encodeMessage({ session: 1, frames: [talk([bad])] }))).toBeUndefined();
  });

  test("that is cut off, or names a place beyond all, is malformed", () => {
    const whole = decodeBase64(encodeMessage({ session: 1, frames: [talk([Uint8Array.of(1, 2, 3)])] }))!;
    for (let length = 4; length < whole.length; length++)
      expect(read(encodeBase64(whole.subarray(0, length)))).toBeUndefined();
    const offer = decodeBase64(
      encodeMessage({ session: 1, frames: [{ type: "voice", what: "offer", call: 1, attempt: 1, end }] }),
    )!;
    for (let length = 3; length < offer.length - 2; length++)
      expect(read(rawMessage([[7, offer.slice(4, 2 + length)]]))).toBeUndefined();
    const far = encoding.encode((encoder) => {
      encoding.writeUint8(encoder, 7);
      encoding.writeUint32(encoder, 1);
      encoding.writeVarUint(encoder, 2 ** 32);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint8Array(encoder, Uint8Array.of(1));
    });
    expect(read(rawMessage([[7, far]]))).toBeUndefined();
  });
});
