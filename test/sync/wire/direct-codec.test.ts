/*
 * What is said to be connected directly: nothing that a contact writes there becomes a line of what a browser is given.
 */
import * as encoding from "lib0/encoding";
import * as decoding from "lib0/decoding";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/board/document/limits.ts";
import type { DirectEnd, DirectPlace } from "../../../src/env/direct-call.ts";
import { readDirectEnd, writeDirectEnd } from "../../../src/sync/wire/direct-codec.ts";
import { unknownLines, writeRawEnd } from "../../support/direct-lines.ts";

const MOST = LIMITS.directPlaces.takes;
const ALPHABET = Array.from("ABCXYZabcxyz0189+/");
const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const port = fc.integer({ min: 1024, max: 0xffff });
const anyPlace: fc.Arbitrary<DirectPlace> = fc.oneof(
  fc.record({
    kind: fc.constant("ip" as const),
    address: bytes(3).map((rest) => Uint8Array.of(192, ...rest)),
    port,
  }),
  fc.record({
    kind: fc.constant("ip" as const),
    address: bytes(15).map((rest) => Uint8Array.of(0xfd, ...rest)),
    port,
  }),
  fc.record({ kind: fc.constant("name" as const), address: bytes(16), port }),
);
const text = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...ALPHABET), minLength, maxLength });
const anyEnd: fc.Arbitrary<DirectEnd> = fc.record({
  payload: fc.constantFrom(35, 63, 96, 111, 127),
  user: text(4, 32),
  password: text(22, 64),
  fingerprint: bytes(32),
  places: fc.array(anyPlace, { maxLength: MOST }),
});

const PLACE: DirectPlace = { kind: "ip", address: Uint8Array.of(192, 168, 1, 2), port: 5000 };
const END: DirectEnd = {
  payload: 111,
  user: "user",
  password: "p".repeat(22),
  fingerprint: new Uint8Array(32),
  places: [PLACE],
};

const write = (end: DirectEnd): Uint8Array => encoding.encode((encoder) => writeDirectEnd(encoder, end));
/** As a frame is read, which is malformed where more is read than it has (wire/frame.ts); undefined: it is. */
function read(content: Uint8Array): DirectEnd | undefined {
  try {
    const decoder = decoding.createDecoder(content);
    const end = readDirectEnd(decoder);
    return decoder.pos > content.length ? undefined : end;
  } catch {
    return undefined;
  }
}

/** As it is read, whatever an honest page leaves out. */
const writeRaw = (end: DirectEnd): Uint8Array => encoding.encode((encoder) => writeRawEnd(encoder, end));

describe("[S22] what a contact says to be connected", () => {
  test("reads as it was written, and makes lines that are known", () => {
    fc.assert(
      fc.property(anyEnd, (end) => {
        expect(read(write(end))).toEqual(end);
        expect(unknownLines(end)).toEqual([]);
      }),
    );
  });

  test("makes no other line, whatever its bytes: else it is malformed", () => {
    const damaged = fc.tuple(
      anyEnd,
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), (given) => {
        const content = given instanceof Uint8Array ? given : write(given[0]);
        if (!(given instanceof Uint8Array))
          for (const [at, byte] of given[1]) content[at % content.length] = byte;
        const end = read(content);
        expect(end ? unknownLines(end) : []).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("says the first places of many", () => {
    const places = Array.from({ length: MOST + 3 }, (_, i) => ({ ...PLACE, port: 5000 + i }));
    expect(read(write({ ...END, places }))?.places).toEqual(places.slice(0, MOST));
  });

  test("of more places than are taken is malformed", () => {
    const places = Array.from({ length: MOST }, () => PLACE);
    expect(read(writeRaw({ ...END, places }))?.places).toHaveLength(MOST);
    expect(read(writeRaw({ ...END, places: [...places, PLACE] }))).toBeUndefined();
  });

  test("leaves out places where nobody else is, and is malformed with them", () => {
    const ip = (...address: readonly number[]): DirectPlace => ({
      ...PLACE,
      address: Uint8Array.from(address),
    });
    const six = (...first: readonly number[]): DirectPlace =>
      ip(...first, ...Array.from({ length: 16 - first.length }, () => 1));
    const bad = [
      ip(0, 0, 0, 0),
      ip(127, 0, 0, 1),
      ip(224, 0, 0, 251),
      ip(255, 255, 255, 255),
      six(0),
      six(0xfe, 0x80),
      six(0xff, 2),
      { ...PLACE, port: 80 },
      { ...PLACE, port: 0 },
    ];
    for (const place of bad) {
      expect(read(write({ ...END, places: [place, PLACE] }))?.places).toEqual([PLACE]);
      expect(read(writeRaw({ ...END, places: [place] }))).toBeUndefined();
    }
    for (const place of [ip(10, 0, 0, 1), ip(169, 254, 1, 1), six(0x20, 1), six(0xfd)])
      expect(read(writeRaw({ ...END, places: [place] }))?.places).toEqual([place]);
  });

  test.each([
    ["a line of its own", { user: "user\r\na=x" }],
    ["no letters", { user: "" }],
    ["letters of another alphabet", { user: "usér" }],
    ["a password that is too short", { password: "p".repeat(21) }],
    ["a password that is too long", { password: "p".repeat(65) }],
    ["a number of another codec", { payload: 0 }],
    ["a number of RTCP's", { payload: 72 }],
  ])("with %s is malformed", (_, part) => {
    expect(read(writeRaw({ ...END, ...part }))).toBeUndefined();
  });

  test("that is cut off is malformed", () => {
    const whole = write(END);
    for (let length = 0; length < whole.length; length++)
      expect(read(whole.subarray(0, length))).toBeUndefined();
  });
});
