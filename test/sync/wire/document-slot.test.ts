import * as encoding from "lib0/encoding";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isDocumentSlot, slotOfDocument } from "../../../src/sync/wire/document-slot.ts";

test("[S12] a document's slot is a varuint of three bytes, the same in every version", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (number) => {
      const slot = slotOfDocument(number);
      expect(isDocumentSlot(slot)).toBe(true);
      expect(encoding.encode((encoder) => encoding.writeVarUint(encoder, slot))).toHaveLength(3);
    }),
  );
  expect([1, 2, 2 ** 40 + 7, 2 ** 53 - 1].map(slotOfDocument)).toEqual([1494317, 886224, 860596, 1474278]);
});

test("[S12] of five hundred documents of one session hardly two have the same", () => {
  const numbers = Array.from({ length: 500 }, (_, n) => 0xdeadbeef * 2 ** 20 + n);
  expect(new Set(numbers.map(slotOfDocument)).size).toBeGreaterThan(497);
});
