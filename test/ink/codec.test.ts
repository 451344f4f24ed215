import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createPointDecoder,
  createPointEncoder,
  END,
  MAX_COORDINATE,
  quantize,
} from "../../src/ink/codec.ts";
import { decodeHeader, encodeHeader, MAX_SLOT, TIME_LIMIT } from "../../src/ink/header.ts";
import type { ItemOrigin } from "../../src/ink/header.ts";
import { INK_INPUTS, INK_TOOLS, type InkPoint, type StrokeHeader } from "../../src/ink/stroke.ts";
import { PEN } from "../support/strokes.ts";

const headers: fc.Arbitrary<StrokeHeader> = fc.record({
  tool: fc.constantFrom(...INK_TOOLS),
  input: fc.constantFrom(...INK_INPUTS),
  color: fc.integer({ min: 0, max: 0xffffff }),
  width: fc.integer({ min: 1, max: 2048 }).map((quarters) => quarters / 4),
  pressure: fc.boolean(),
  scale: fc.integer({ min: -4, max: 6 }),
});

const origins: fc.Arbitrary<ItemOrigin> = fc.record({
  slot: fc.nat(MAX_SLOT),
  time: fc.oneof(fc.nat(100), fc.nat(TIME_LIMIT - 1)),
});

const coordinates = fc.oneof(
  fc.double({ min: -400, max: 400, noNaN: true }),
  fc.double({ min: -30_000, max: 30_000, noNaN: true }),
  fc.double(),
);
const points: fc.Arbitrary<InkPoint[]> = fc.array(
  fc.record({ x: coordinates, y: coordinates, pressure: fc.double({ min: -0.2, max: 1.2 }) }),
  { maxLength: 60 },
);
const hostileText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0x7f }),
      fc.integer({ min: 0, max: 0xffff }),
      fc.constant(1),
      fc.integer({ min: 0x60, max: 0x7f }),
    ),
    { maxLength: 200 },
  )
  .map((codes) => String.fromCharCode(...codes));

const inWorld = ({ x, y, pressure }: InkPoint): boolean =>
  Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE && pressure >= 0 && pressure <= 1;

describe("header", () => {
  test("round trip", () => {
    fc.assert(
      fc.property(headers, fc.string(), (header, rest) => {
        const text = encodeHeader(header);
        expect(decodeHeader(text + rest)).toEqual({ header, origin: undefined, length: text.length });
      }),
    );
  });

  test("round trip of version 2, in one or two characters more than it takes to say where and when", () => {
    fc.assert(
      fc.property(headers, origins, fc.string(), (header, origin, rest) => {
        const text = encodeHeader(header, origin);
        expect(text.slice(1, 8)).toBe(encodeHeader(header).slice(1));
        expect(text.length).toBe(origin.time < 64 ? 10 : 11);
        expect(decodeHeader(text + rest)).toEqual({ header, origin, length: text.length });
      }),
    );
    for (const wrong of [{ slot: MAX_SLOT + 1 }, { slot: -1 }, { time: TIME_LIMIT }, { time: 0.5 }]) {
      expect(() => encodeHeader(PEN, { slot: 0, time: 0, ...wrong })).toThrow(RangeError);
    }
  });

  test("golden text", () => {
    expect(encodeHeader(PEN)).toBe("1( '1T?@");
    const header: StrokeHeader = {
      tool: "highlighter",
      input: "pen",
      color: 0xffe14d,
      width: 512,
      pressure: true,
      scale: 6,
    };
    expect(encodeHeader(header)).toBe("1R&_^%-\u0830");
    expect(encodeHeader(PEN, { slot: 0, time: 0 })).toBe("2( '1T?@  ");
    expect(encodeHeader(PEN, { slot: 4, time: 63 })).toBe("2( '1T?@$_");
    expect(encodeHeader(PEN, { slot: MAX_SLOT, time: 64 })).toBe("2( '1T?@_`!");
    expect(encodeHeader(PEN, { slot: 1, time: TIME_LIMIT - 1 })).toBe("2( '1T?@!\u009f\u801f");
  });

  test.each([
    ["empty", ""],
    ["too short", "1( '1T?"],
    ["an unknown version", "3( '1T?@ 0"],
    ["version 2 without an origin", "2( '1T?@"],
    ["a start time that is cut off", "2( '1T?@ `"],
    ["a slot too large", "2( '1T?@`0"],
    ["a start time of one character too large", "2( '1T?@ \u00a0"],
    ["a start time whose second character says nothing", "2( '1T?@ ` "],
    ["a start time too large", "2( '1T?@ `\u8020"],
    ["an unknown tool", "1b '1T?@"],
    ["an unknown input", "18 '1T?@"],
    ["a scale too large", "1(''1T?@"],
    ["a scale too small", "1(\u001b'1T?@"],
    ["a colour digit too large", "1( `1T?@"],
    ["no width", "1( '1T?0"],
    ["a width too large", "1( '1T?\u0831"],
  ])("%s is refused", (_, text) => {
    expect(decodeHeader(text)).toBeUndefined();
  });

  test("hostile text never throws and never yields a header that cannot be written", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        return ["1", "2"].every((version) => {
          const decoded = decodeHeader(version + text);
          const again = decoded && encodeHeader(decoded.header, decoded.origin);
          return !decoded || again === (version + text).slice(0, decoded.length);
        });
      }),
    );
    expect(decodeHeader(encodeHeader(PEN))).toBeDefined();
  });

  test.each([
    { color: 0x1000000 },
    { color: 0.5 },
    { width: 0 },
    { width: 3.1 },
    { width: 513 },
    { scale: 7 },
    { scale: -5 },
    { scale: Number.NaN },
  ])("a header out of range throws: %o", (wrong) => {
    expect(() => encodeHeader({ ...PEN, ...wrong })).toThrow(RangeError);
  });
});

describe("points", () => {
  test("round trip is exact on the grid, in any slices on both sides", () => {
    fc.assert(
      fc.property(headers, points, fc.array(fc.nat(300)), (header, list, cuts) => {
        const whole = createPointEncoder(header).encode(list);
        const encoder = createPointEncoder(header);
        const half = list.length >> 1;
        expect(encoder.encode(list.slice(0, half)) + encoder.encode(list.slice(half))).toBe(whole);

        const decoder = createPointDecoder(header);
        const text = whole + END;
        const ends = [...cuts, text.length].sort((a, b) => a - b);
        let from = 0;
        const read: InkPoint[] = [];
        for (const to of ends) {
          expect(decoder.ended()).toBe(from >= text.length);
          read.push(...decoder.decode(text.slice(from, to)));
          from = Math.max(from, to);
        }
        expect(read).toEqual(list.map((point) => quantize(point, header)));
        expect(decoder.ended()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("quantizing is idempotent, stays in the world and has no negative zero", () => {
    fc.assert(
      fc.property(headers, points, (header, list) => {
        for (const point of list) {
          const once = quantize(point, header);
          expect(quantize(once, header)).toEqual(once);
          expect(inWorld(once)).toBe(true);
          expect(Object.is(once.x, -0) || Object.is(once.y, -0)).toBe(false);
        }
      }),
    );
  });

  test("no character is a surrogate, and only END is END", () => {
    fc.assert(
      fc.property(headers, points, (header, list) => {
        expect(createPointEncoder(header).encode(list)).not.toMatch(/[\0\ud800-\uffff]/);
      }),
    );
  });

  test("golden text without pressure: first point, even motion, turn, jump", () => {
    const list = [
      { x: 10, y: 20, pressure: 0.5 },
      { x: 12, y: 21, pressure: 0.5 },
      { x: 14, y: 22, pressure: 0.5 },
      { x: 14, y: 22.25, pressure: 0.5 },
      { x: 514, y: -100, pressure: 0.5 },
    ];
    // 40, 80 | residual (8, 4) | (2, 1) | (-6, -2) | escape (2000, -490)
    expect(createPointEncoder(PEN).encode(list)).toBe("pB`E\u00f8\u0014}\u0001`}Cs^");
  });

  test("golden text with pressure, on a finer grid", () => {
    const header = { ...PEN, input: "pen", pressure: true, scale: 2 } as const;
    const list = [
      { x: -1, y: 0, pressure: 0 },
      { x: -0.9375, y: 0.0625, pressure: 0.25 },
      { x: -0.875, y: 0.125, pressure: 1 },
    ];
    // -16, 0, level 0 | residual (1, 1), level 16 | (0, 0), level 64
    expect(createPointEncoder(header).encode(list)).toBe("_@ \n0\u0002`");
  });

  test("hand-sized steps are one byte, and any step up to 25 grid units off is at most two", () => {
    const bytesOf = (dx: number, dy: number): number => {
      const encoder = createPointEncoder(PEN);
      encoder.encode([{ x: 0, y: 0, pressure: 0.5 }]);
      const text = encoder.encode([{ x: dx / 4, y: dy / 4, pressure: 0.5 }]);
      return new TextEncoder().encode(text).length;
    };
    expect(bytesOf(5, 3)).toBe(1);
    expect(bytesOf(15, -20)).toBe(2);
    expect(bytesOf(0, 25)).toBe(2);
    expect(bytesOf(-132, 0)).toBe(3);
    expect(bytesOf(-133, 0)).toBeGreaterThan(3);
  });

  test("hostile text never throws, stays in the world and means the same in any slices", () => {
    fc.assert(
      fc.property(headers, hostileText, fc.nat(200), (header, text, cut) => {
        const whole = createPointDecoder(header);
        const read = whole.decode(text);
        expect(read.every(inWorld)).toBe(true);
        const sliced = createPointDecoder(header);
        expect([...sliced.decode(text.slice(0, cut)), ...sliced.decode(text.slice(cut))]).toEqual(read);
        expect(whole.ended()).toBe(text.includes(END));
      }),
      { numRuns: 1000 },
    );
  });

  test("whatever was decoded can be written and read again", () => {
    fc.assert(
      fc.property(headers, hostileText, (header, text) => {
        const read = createPointDecoder(header).decode(text);
        const again = createPointEncoder(header).encode(read);
        expect(createPointDecoder(header).decode(again)).toEqual(read);
      }),
    );
  });

  test("nothing after END is read", () => {
    const text = createPointEncoder(PEN).encode([{ x: 1, y: 2, pressure: 0.5 }]);
    const decoder = createPointDecoder(PEN);
    expect(decoder.decode(text + END + "\u0005")).toHaveLength(1);
    expect(decoder.decode("\u0005\u0005")).toEqual([]);
  });

  test("a broken escape is skipped and reading goes on", () => {
    const decoder = createPointDecoder(PEN);
    decoder.decode("@@");
    expect(decoder.decode("\u0001A\u0002\u0002")).toEqual([{ x: 0, y: 0, pressure: 0.5 }]);
  });
});
