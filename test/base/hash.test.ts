import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addHash,
  equalHash,
  hashBytes,
  hashPair,
  hashText,
  NO_HASH,
  subtractHash,
} from "../../src/base/hash.ts";

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("a hash", () => {
  test("is the same on every device", () => {
    expect(hashText(hashBytes(new Uint8Array([1, 2, 3])))).toMatchInlineSnapshot(`"5af29a862396b4c8"`);
    expect(hashText(hashPair(7, 9))).toMatchInlineSnapshot(`"72eda19ace9a3b75"`);
  });

  test("changes with any byte and with the length", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, place, flip) => {
          const at = place % bytes.length;
          const changed = bytes.map((byte, i) => (i === at ? byte ^ flip : byte));
          expect(equalHash(hashBytes(bytes), hashBytes(changed))).toBe(false);
          expect(equalHash(hashBytes(bytes), hashBytes(new Uint8Array([...bytes, 0])))).toBe(false);
        },
      ),
    );
  });

  test("of pairs meets no other among many", () => {
    const seen = new Set<string>();
    for (let a = 0; a < 200; a++) for (let b = 0; b < 200; b++) seen.add(hashText(hashPair(a, b)));
    expect(seen.size).toBe(40_000);
  });

  test("of a set does not depend on the order, and takes members back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(uint32, uint32)), (pairs) => {
        const hashes = pairs.map(([a, b]) => hashPair(a, b));
        const forward = hashes.reduce(addHash, NO_HASH);
        expect(equalHash(forward, [...hashes].reverse().reduce(addHash, NO_HASH))).toBe(true);
        expect(equalHash(hashes.reduce(subtractHash, forward), NO_HASH)).toBe(true);
      }),
    );
  });
});
