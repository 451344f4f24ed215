import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ucs2Length } from "../../../src/board/guard/utf8.ts";

function lengthOf(bytes: Uint8Array): number {
  return ucs2Length(bytes, 0, bytes.length);
}

/** What the platform's decoder says. */
function expected(bytes: Uint8Array): number {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[\uD800-\uDFFF]/.test(text) ? -1 : text.length;
  } catch {
    return -1;
  }
}

describe("the length of UTF-8 in UTF-16 units", () => {
  test("is that of the text, for every character of one unit", () => {
    for (let code = 0; code < 0x10000; code++) {
      const bytes = new TextEncoder().encode(String.fromCharCode(code));
      // A lone surrogate has no encoding: U+FFFD stands for it.
      expect(lengthOf(bytes)).toBe(1);
    }
  });

  test("is none for larger characters, surrogates, longer spellings and what is cut off", () => {
    for (const bytes of [
      new TextEncoder().encode("\u{10000}"),
      new TextEncoder().encode("a\u{1F58A}"),
      [0xed, 0xa0, 0x80],
      [0xed, 0xbf, 0xbf],
      [0xc0, 0x80],
      [0xc1, 0xbf],
      [0xe0, 0x9f, 0xbf],
      [0x80],
      [0xc2],
      [0xe2, 0x82],
      [0xe2],
      [0xc2, 0xc2],
      [0xf8, 0x88, 0x80, 0x80, 0x80],
      [0xff],
    ]) {
      expect(lengthOf(Uint8Array.from(bytes))).toBe(-1);
    }
  });

  test("agrees with the platform on any bytes", () => {
    const byte = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0xc2, 0xe0, 0xed, 0xef, 0x80, 0xbf),
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 8 }), (bytes) => {
        expect(lengthOf(Uint8Array.from(bytes))).toBe(expected(Uint8Array.from(bytes)));
      }),
      { numRuns: 5000 },
    );
  });

  test("counts only between the bounds", () => {
    expect(ucs2Length(new TextEncoder().encode("abcé"), 1, 3)).toBe(2);
    expect(ucs2Length(new TextEncoder().encode("abé"), 0, 3)).toBe(-1);
  });
});
