import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPointEncoder, END } from "../../src/ink/codec.ts";
import { encodeHeader, MAX_SLOT, TIME_LIMIT } from "../../src/ink/header.ts";
import type { ItemOrigin } from "../../src/ink/header.ts";
import { decodeInk, encodeInk, INK_TABLES, MAX_INK_CLOCKS } from "../../src/ink/ink-code.ts";
import type { InkPlace, InkWrite } from "../../src/ink/ink-write.ts";
import type { StrokeHeader } from "../../src/ink/stroke.ts";
import { PEN } from "../support/strokes.ts";

const FIRST: InkPlace = { client: 4_000_000_000, clock: 700 };
const PRESSED: StrokeHeader = { ...PEN, input: "pen", pressure: true, scale: 2 };

/** On the first layer, a second after the stroke before; on another one, two hours after it. */
const JUST_NOW: ItemOrigin = { slot: 0, time: 16 };
const LONG_AGO: ItemOrigin = { slot: 5, time: 2 * 3600 * 16 };

const text = (said: string): InkWrite => ({ kind: "text", text: said });
const start = (clock: number, client = FIRST.client): InkWrite => ({
  kind: "start",
  after: { client, clock },
});

function hex(writes: readonly InkWrite[]): string {
  return Buffer.from(encodeInk(writes, FIRST)!).toString("hex");
}

/** As it is read: neighbouring texts as one. */
function joined(writes: readonly InkWrite[]): InkWrite[] {
  const whole: InkWrite[] = [];
  for (const write of writes) {
    const last = whole.at(-1);
    if (write.kind === "text" && last?.kind === "text") whole.splice(-1, 1, text(last.text + write.text));
    else if (write.kind === "start" || write.text !== "") whole.push(write);
  }
  return whole;
}

/** Some clocks out of the middle. */
function cut(writes: readonly InkWrite[], from: number, to: number): InkWrite[] {
  return writes
    .flatMap((write): InkWrite[] => (write.kind === "start" ? [write] : write.text.split("").map(text)))
    .slice(from, to);
}

const clocks = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.nat(0xffffffff));
const after = fc.oneof(
  fc.record({ client: fc.constant(FIRST.client), clock: clocks }),
  fc.record({ client: fc.nat(0xffffffff), clock: clocks }),
  fc.constant(undefined),
);
const codes = fc.oneof(
  fc.integer({ min: 0, max: 0x80 }),
  fc.integer({ min: 0, max: 0xffff }),
  fc.constantFrom(0, 1, 2, 0x3f, 0x40, 0x7f, 0x80, 0xd7ff, 0xd800, 0xdfff, 0xfffe, 0xffff),
);
const texts = fc.array(codes, { maxLength: 40 }).map((list) => String.fromCharCode(...list));
const anyWrites: fc.Arbitrary<InkWrite[]> = fc.array(
  fc.oneof(
    after.map((place): InkWrite => ({ kind: "start", after: place })),
    texts.map(text),
    texts.map((said) => text(encodeHeader(PEN) + said)),
    texts.map((said) => text(encodeHeader(PRESSED) + said)),
    texts.map((said) => text(encodeHeader(PEN, LONG_AGO) + said)),
    texts.map((said) => text(encodeHeader(PRESSED, JUST_NOW) + said)),
    texts.map((said) => text(encodeHeader(PEN, JUST_NOW).slice(0, 9) + said)),
  ),
  { maxLength: 12 },
);

const coordinates = fc.oneof(
  fc.double({ min: 0, max: 400, noNaN: true }),
  fc.double({ min: -1e7, max: 1e7, noNaN: true }),
);
const strokes: fc.Arbitrary<InkWrite[]> = fc
  .array(
    fc.record({
      header: fc.record({
        tool: fc.constantFrom("pen", "marker", "arrow", "note"),
        input: fc.constantFrom("mouse", "touch", "pen"),
        color: fc.constantFrom(0, 0x1d1d1f, 0xffffff),
        width: fc.constantFrom(0.25, 4, 512),
        pressure: fc.boolean(),
        scale: fc.integer({ min: -4, max: 6 }),
      }) as fc.Arbitrary<StrokeHeader>,
      points: fc.array(
        fc.record({ x: coordinates, y: coordinates, pressure: fc.double({ min: 0, max: 1, noNaN: true }) }),
        { minLength: 1, maxLength: 20 },
      ),
      after,
      origin: fc.option(fc.record({ slot: fc.nat(MAX_SLOT), time: fc.nat(TIME_LIMIT - 1) }), {
        nil: undefined,
      }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.flatMap(({ header, points, after: place, origin }): InkWrite[] => [
      { kind: "start", after: place },
      text(encodeHeader(header, origin) + createPointEncoder(header).encode(points) + END),
    ]),
  );

describe("ink code", () => {
  test("round trip of any characters and starts", () => {
    fc.assert(
      fc.property(anyWrites, (writes) => {
        const said = joined(writes);
        const bytes = encodeInk(writes, FIRST);
        expect(bytes && decodeInk(bytes, FIRST)).toEqual(said.length > 0 ? said : undefined);
      }),
      { numRuns: 1000 },
    );
  });

  test("round trip of ink that is cut anywhere: inside of a header, a number, a point", () => {
    fc.assert(
      fc.property(strokes, fc.nat(120), fc.integer({ min: 1, max: 120 }), (writes, from, length) => {
        const said = cut(writes, from, from + length);
        const bytes = encodeInk(said, FIRST);
        expect(bytes && decodeInk(bytes, FIRST)).toEqual(said.length > 0 ? joined(said) : undefined);
      }),
      { numRuns: 1000 },
    );
  });

  test("what is read depends on its place only in the starts that come after the session's own", () => {
    const bytes = encodeInk([start(690), text(encodeHeader(PEN) + "pB")], FIRST)!;
    const moved = decodeInk(bytes, { client: 5, clock: 1000 });
    expect(moved).toEqual([start(990, 5), text(encodeHeader(PEN) + "pB")]);
    // Nothing has a clock below 0.
    expect(decodeInk(bytes, { client: 5, clock: 9 })).toBeUndefined();
  });

  test("golden bytes: the middle of a stroke, its end, a dot after another, pressures", () => {
    const dot = createPointEncoder(PEN).encode([{ x: 10, y: 20, pressure: 0.5 }]) + END;
    const points = [0.2, 0.3, 0.4].map((pressure, i) => ({ x: i, y: 2 * i, pressure }));
    const pressed = createPointEncoder(PRESSED).encode(points);
    expect({
      middle: hex([text("\u00f8\u0014}")]),
      end: hex([text("\u0014" + END)]),
      start: hex([start(677)]),
      dots: hex([start(677), text(encodeHeader(PEN) + dot), start(700), text(encodeHeader(PEN) + dot)]),
      pressed: hex([start(677), text(encodeHeader(PRESSED) + pressed)]),
      now: hex([start(677), text(encodeHeader(PEN, JUST_NOW) + dot)]),
      late: hex([start(677), text(encodeHeader(PRESSED, LONG_AGO) + pressed)]),
      pressedMiddle: hex([text(pressed.slice(5))]),
      first: hex([{ kind: "start", after: undefined }]),
      elsewhere: hex([start(8, 9)]),
      anything: hex([text("\uffff\ud800\u0001?")]),
    }).toMatchInlineSnapshot(`
      {
        "anything": "7effffeb0011fdffff",
        "dots": "870689ec1687a043c039fafb30344f60b43d021e01cfdf",
        "elsewhere": "a00000009107",
        "end": "7899",
        "first": "be8f",
        "late": "870986bd82d0f41d580fe708fdf85e7b2d17adbf",
        "middle": "1f1f90f7",
        "now": "870a89ec1687a000878073f7",
        "pressed": "870586bd82d0f41fbf0bcf65a2f5b7",
        "pressedMiddle": "1f535f",
        "start": "87",
      }
    `);
  });

  test("costs what it should: a point a byte or so, a stroke's start with its first point a dozen bytes", () => {
    expect(encodeInk([text("\u0014\u0020\u000a\u0017")], FIRST)!.length).toBeLessThanOrEqual(5);
    const stroke = text(encodeHeader(PEN, JUST_NOW) + "pB\x60E" + END);
    const once = encodeInk([start(677), stroke], FIRST)!;
    expect(once.length).toBeLessThanOrEqual(12);
    const twice = encodeInk([start(677), stroke, start(700), stroke], FIRST)!;
    expect(twice.length).toBeLessThanOrEqual(2 * once.length);
    // Told as what they are, 40 pressures in the middle of a stroke take 18 bytes; as points 40.
    const pressed = encodeInk([text("\u0014\u0040\u0014\u0041".repeat(20))], FIRST)!;
    expect(pressed.length).toBeLessThanOrEqual(70);
  });

  test("is for a few clocks, and for some at least", () => {
    const most = "\u0014".repeat(MAX_INK_CLOCKS);
    expect(decodeInk(encodeInk([text(most)], FIRST)!, FIRST)).toEqual([text(most)]);
    expect(encodeInk([text(most), text("\u0014")], FIRST)).toBeUndefined();
    expect(encodeInk([text(most), start(1)], FIRST)).toBeUndefined();
    expect(encodeInk([text(""), text("")], FIRST)).toBeUndefined();
    expect(decodeInk(new Uint8Array(0), FIRST)).toBeUndefined();
  });
});

describe("hostile ink code", () => {
  /** Either they say nothing, or they are the spelling of what they say, which is not much. */
  const isRefusedOrTheOne = (bytes: Uint8Array): boolean => {
    const read = decodeInk(bytes, FIRST);
    if (!read) return true;
    const length = read.reduce((sum, write) => sum + (write.kind === "text" ? write.text.length : 1), 0);
    return length <= MAX_INK_CLOCKS && Buffer.from(encodeInk(read, FIRST)!).equals(bytes);
  };

  test("random bytes never throw, and what they say has one spelling", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(isRefusedOrTheOne(bytes)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("nor do cut and damaged ones", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(strokes, fc.nat(), fc.nat(), (writes, at, end) => {
        const bytes = encodeInk(writes, FIRST)!;
        const bit = at % (8 * bytes.length);
        expect(isRefusedOrTheOne(bytes.subarray(0, end % bytes.length))).toBe(true);
        const damaged = bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        expect(isRefusedOrTheOne(damaged)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("many bytes are not read to their end", () => {
    for (const byte of [0, 0x24, 0x55, 0x80, 0xaa, 0xfe]) {
      let furthest = 0;
      const bytes = new Proxy(new Uint8Array(2 ** 20).fill(byte), {
        get(target, key) {
          furthest = Math.max(furthest, Number(String(key)) || 0);
          return Reflect.get(target, key) as unknown;
        },
      });
      expect(decodeInk(bytes, FIRST)).toBeUndefined();
      expect(furthest).toBeLessThan(16 * MAX_INK_CLOCKS);
    }
  });

  test("bytes after the end are no other spelling of it", () => {
    const bytes = encodeInk([start(690), text("\u0014\u0015")], FIRST)!;
    for (const more of [0, 0x7f, 0xfe, 0xff]) {
      const read = decodeInk(Uint8Array.of(...bytes, more), FIRST);
      expect(read).not.toEqual([start(690), text("\u0014\u0015")]);
    }
    expect(decodeInk(Uint8Array.of(...bytes, 255), FIRST)).toBeUndefined();
  });

  test("every bit pattern means something in every table, and all ones are its stop", () => {
    for (const table of Object.values(INK_TABLES).flat()) {
      const parts = table.codes.map((code) => 2 ** -(31 - Math.clz32(code)));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(1);
      const stop = table.codes[table.stop]!;
      expect(Math.log2(stop + 1) % 1).toBe(0);
    }
  });
});
