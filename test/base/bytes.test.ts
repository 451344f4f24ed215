import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes, decodeBase64, encodeBase64, equalBytes } from "../../src/base/bytes.ts";

describe("base64", () => {
  test("is what everybody else writes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  test("of a long input is whole", () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, i) => (i * 7) % 256);
    expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
  });

  test.each(["A", "AB", "ABC", "A===", "AB=C", "QQ= =", " QUJD", "QUJD\n", "QUJ-", "QUJDé===", "QQ==QQ=="])(
    "that is malformed is refused: %j",
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );

  test("has one spelling: bits that mean nothing must be zero", () => {
    expect(decodeBase64("QQ==")).toEqual(new Uint8Array([0x41]));
    expect(decodeBase64("QR==")).toBeUndefined();
    expect(decodeBase64("QUI=")).toEqual(new Uint8Array([0x41, 0x42]));
    expect(decodeBase64("QUJ=")).toBeUndefined();
  });
});

test("bytes are equal by length and content", () => {
  expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true);
  expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false);
  expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1]))).toBe(false);
});

test("parts are joined in order", () => {
  expect(concatBytes([new Uint8Array([1]), new Uint8Array(0), new Uint8Array([2, 3])])).toEqual(
    new Uint8Array([1, 2, 3]),
  );
});
