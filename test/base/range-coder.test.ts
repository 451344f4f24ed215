import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createBitDecoder, createBitEncoder, LISTENER } from "../../src/base/range-coder.ts";

const likelihood = fc.oneof(
  fc.integer({ min: 1, max: 65_535 }),
  fc.constantFrom(1, 2, 32_768, 65_534, 65_535),
);
const row = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), likelihood), { maxLength: 600 });

function encode(bits: readonly (readonly [number, number])[]): Uint8Array {
  const coder = createBitEncoder();
  for (const [bit, one] of bits) expect(coder.code(bit, one)).toBe(bit);
  return coder.finish();
}

test("bits come back with the same likelihoods", () => {
  fc.assert(
    fc.property(row, (bits) => {
      const coder = createBitDecoder(encode(bits));
      for (const [bit, one] of bits) expect(coder.code(1 - bit, one)).toBe(bit);
    }),
    { numRuns: 1000 },
  );
});

test("what is likely costs little, and what is even a bit each", () => {
  const ones = Array.from({ length: 1000 }, () => 1);
  expect(encode(ones.map((bit) => [bit, 65_000])).length).toBeLessThan(3);
  expect(encode(ones.map((bit) => [bit, 32_768])).length).toBeLessThanOrEqual(125);
  expect(encode([])).toEqual(new Uint8Array(0));
});

test("golden bytes", () => {
  const bits = [1, 0, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0].map((bit, i) => [bit, 10_000 + 4000 * i] as const);
  expect([...encode(bits)]).toEqual([17, 203]);
});

test("any bytes can be read, and past their end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(likelihood), (bytes, likelihoods) => {
      const coder = createBitDecoder(bytes);
      for (const one of likelihoods) expect([0, 1]).toContain(coder.code(0, one));
    }),
  );
});

test("who only listens hears what was handed in", () => {
  expect([LISTENER.code(1, 9), LISTENER.code(0, 9)]).toEqual([1, 0]);
});
