import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IDENTITY } from "../../../src/base/matrix.ts";
import { TIME_LIMIT } from "../../../src/ink/header.ts";
import { splitAttribute, stampAttribute } from "../../../src/board/document/attribute-stamps.ts";
import {
  BACKGROUND,
  COLOR,
  FLAG,
  MATRIX,
  ORDINAL,
  PERCENT,
  PLACE,
  STACK_PLACE,
  TEXT,
  NO_VALUE,
} from "../../../src/board/document/attributes.ts";
import { BACKGROUNDS } from "../../../src/board/document/backgrounds.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import { createPeer, drawn, HEADER, sync } from "../peers.ts";
import { entryKey, itemKey, layerKey, readEntryKey, subjectOf } from "../../../src/board/document/keys.ts";

/** What the guard lets pass. */
const MAX_BYTES = 128;

const client = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const clock = fc.nat(2 ** 31 - 2);
const id = fc.tuple(client, clock).map((parts) => parts.join("."));
const float = fc.float({ min: -1000, max: 1000, noNaN: true }).map((value) => value + 0);
const move = fc.integer({ min: -(2 ** 29), max: 2 ** 29 }).map((grid) => grid / 64 + 0);

describe("keys", () => {
  test("tell what they are about", () => {
    fc.assert(
      fc.property(id, fc.constantFrom("t", "c", "z", "l"), (item, field) => {
        expect(subjectOf(itemKey(item, field))).toEqual({ of: "item", id: item, field });
      }),
    );
    expect(itemKey("35.36", "t")).toBe("iz.10.t");
    expect(subjectOf(layerKey("z.1", "n"))).toEqual({ of: "layer", id: "z.1", field: "n" });
    expect(subjectOf(layerKey(FIRST_LAYER, "h"))).toEqual({ of: "layer", id: FIRST_LAYER, field: "h" });
    expect(subjectOf("p.b")).toEqual({ of: "page", field: "b" });
    for (const key of ["", "i1.2.y", "i1.t", "l1.n", "l1.2.3.n", "p.c", "I1.2.t", "i1.2.t "]) {
      expect(subjectOf(key)).toBeUndefined();
    }
    expect(readEntryKey(entryKey("z.1", "m"))).toEqual({ id: "z.1", field: "m" });
    expect(readEntryKey(entryKey("", "n"))).toEqual({ id: undefined, field: "n" });
    for (const key of ["q.m", "q.e", "q1.n", "q0.0.n", "q1.mh34.n", "l1.2.n", "p.b"]) {
      expect(readEntryKey(key)).toBeUndefined();
    }
  });
});

describe("values", () => {
  test("decode to what was encoded, in few bytes", () => {
    const same = <T>(value: T, bytes: Uint8Array, decode: (bytes: Uint8Array) => T | undefined): void => {
      expect(decode(bytes)).toEqual(value);
      expect(bytes.length).toBeLessThanOrEqual(MAX_BYTES);
      // What is cut off, or goes on with anything but a stamp, is no value.
      expect(decode(bytes.subarray(0, -1)) === undefined || bytes.length === 1).toBe(true);
      for (const more of [[128], [0, 0], [128, 128, 128, 1]]) {
        expect(decode(new Uint8Array([...bytes, ...more]))).toBeUndefined();
      }
      for (const stamp of [0, 1, 200, TIME_LIMIT - 1]) {
        const stamped = stampAttribute(bytes, stamp);
        expect(decode(stamped)).toEqual(value);
        expect(stamped.length).toBeLessThanOrEqual(bytes.length + 3);
      }
    };
    fc.assert(
      fc.property(fc.tuple(float, float, float, float), move, move, ([a, b, c, d], e, f) => {
        same({ a, b, c, d, e, f }, MATRIX.encode({ a, b, c, d, e, f }), MATRIX.decode);
        same({ ...IDENTITY, e, f }, MATRIX.encode({ ...IDENTITY, e, f }), MATRIX.decode);
      }),
    );
    fc.assert(
      fc.property(id, fc.double({ noDefaultInfinity: true, noNaN: true }), (beside, offset) => {
        same({ beside, offset }, STACK_PLACE.encode({ beside, offset }), STACK_PLACE.decode);
        same(offset, PLACE.encode(offset), PLACE.decode);
      }),
    );
    fc.assert(
      fc.property(fc.nat(0xffffff), fc.nat(100), (color, small) => {
        same(color, COLOR.encode(color), COLOR.decode);
        same(small / 100, PERCENT.encode(small / 100), PERCENT.decode);
      }),
    );
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (ordinal) => same(ordinal, ORDINAL.encode(ordinal), ORDINAL.decode)),
    );
    for (const [i, background] of BACKGROUNDS.entries()) {
      expect(BACKGROUND.decode(Uint8Array.of(i))).toBe(background);
    }
  });

  test("that nobody can read are none, and nothing throws", () => {
    for (const bytes of [NO_VALUE, PLACE.encode(Infinity), PLACE.encode(NaN)]) {
      expect([MATRIX.decode(bytes), PLACE.decode(bytes), STACK_PLACE.decode(bytes)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
    expect(MATRIX.decode(MATRIX.encode({ ...IDENTITY, a: 2 ** 21 }))).toBeUndefined();
    expect(MATRIX.decode(MATRIX.encode({ ...IDENTITY, a: NaN }))).toBeUndefined();
    expect(COLOR.decode(Uint8Array.of(1, 2))).toBeUndefined();
    // A page that was removed after one of the highest number counts as removed with it.
    expect(ORDINAL.decode(ORDINAL.encode(2 ** 31))).toBe(2 ** 31 - 1);
    expect(ORDINAL.decode(Uint8Array.of(255, 255, 255, 255, 8))).toBeUndefined();
    expect(BACKGROUND.decode(Uint8Array.of(200))).toBe("plain");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: MAX_BYTES }), (bytes) => {
        for (const { decode } of [MATRIX, COLOR, STACK_PLACE, TEXT, PLACE, ORDINAL]) decode(bytes);
      }),
    );
  });

  test("can be told apart from their stamps, also where they are absent", () => {
    const values: readonly (readonly [key: string, value: Uint8Array])[] = [
      ["i1.2.t", MATRIX.encode({ ...IDENTITY, e: -7 })],
      ["i1.2.t", MATRIX.encode({ ...IDENTITY, a: 2, f: 0.5 })],
      ["i1.2.c", COLOR.encode(0xffffff)],
      ["i1.2.z", STACK_PLACE.encode({ beside: `${2 ** 32 - 1}.9`, offset: -1 })],
      ["i1.2.l", TEXT.encode("z.1")],
      ["l1.2.n", TEXT.encode("a name")],
      ["l1.2.o", PLACE.encode(-1e300)],
      ["l1.2.a", Uint8Array.of(99)],
      ["p.b", Uint8Array.of(2)],
      ["q1.2.m", PLACE.encode(0.5)],
      ["q.x", ORDINAL.encode(1000)],
      ["q1.2.e", FLAG.encode(true)],
    ];
    const codecs = [MATRIX, COLOR, STACK_PLACE, TEXT, PLACE, PERCENT, FLAG, BACKGROUND, ORDINAL];
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.nat(TIME_LIMIT - 1), ([key, value], stamp) => {
        expect(splitAttribute(key, value)).toEqual({ value, stamp: undefined });
        expect(splitAttribute(key, stampAttribute(value, stamp))).toEqual({ value, stamp });
        const absent = stampAttribute(NO_VALUE, stamp);
        expect(splitAttribute(key, absent)).toEqual({ value: NO_VALUE, stamp });
        for (const { decode } of codecs) expect(decode(absent)).toBeUndefined();
      }),
    );
    // What a newer version may mean stays as it is.
    const unknown = Uint8Array.of(9, 9, 9, 200);
    expect(splitAttribute("i1.2.t", unknown)).toEqual({ value: unknown, stamp: undefined });
    expect(splitAttribute("i1.2.t", NO_VALUE)).toEqual({ value: NO_VALUE, stamp: undefined });
  });

  test("of names are one line of whole characters, and fit", () => {
    expect(TEXT.decode(TEXT.encode("a\nb\u0000c"))).toBe("abc");
    expect(TEXT.decode(TEXT.encode("😀".repeat(40)))).toBe("😀".repeat(30));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const name = TEXT.decode(TEXT.encode(text))!;
        expect(TEXT.decode(TEXT.encode(name))).toBe(name);
        expect(name.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe("on a board", () => {
  test("a value that cannot be read counts as absent", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const item = drawn(a, 1, 2);
    a.doc.transact(() => {
      const attrs = a.doc.getMap("attrs");
      attrs.set(itemKey(item, "t"), new Uint8Array([9, 9]));
      attrs.set(itemKey(item, "c"), "red");
      attrs.set(itemKey(item, "l"), new Uint8Array([200]));
      attrs.set(itemKey("9.9", "t"), new Uint8Array([1, 0, 0]));
      attrs.set("p.b", new Uint8Array([9]));
      attrs.set("future", 1);
    });
    sync(a, b);
    expect(b.board.items()).toMatchObject([{ header: HEADER, layer: FIRST_LAYER }]);
    expect(b.board.item(item)).toMatchObject({ points: [{ x: 1 }, { x: 2 }] });
    expect(b.board.background()).toBe("plain");
  });
});
