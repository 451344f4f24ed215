import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSymbolReader, createSymbolWriter, prefixTable } from "../../src/base/prefix-code.ts";

/** Codes 0, 10, 110 and the stop, 111. */
const TABLE = prefixTable("abcc");

describe("prefix code", () => {
  test("gives shorter codes first, then lower symbols, and all ones to the last", () => {
    expect(TABLE.codes).toEqual([0b10, 0b110, 0b1110, 0b1111]);
    expect(prefixTable("cbac").codes).toEqual([0b1110, 0b110, 0b10, 0b1111]);
    expect(TABLE.stop).toBe(3);
  });

  test("round trip of symbols and bits, and then the stop", () => {
    const symbols = fc.record({ symbol: fc.nat(2), count: fc.nat(32), value: fc.nat(0xffffffff) });
    fc.assert(
      fc.property(fc.array(symbols), (list) => {
        const said = list.map((each) => ({
          ...each,
          value: Number(BigInt.asUintN(each.count, BigInt(each.value))),
        }));
        const writer = createSymbolWriter();
        for (const { symbol, count, value } of said) {
          writer.symbol(TABLE, symbol);
          writer.bits(count, value);
        }
        const reader = createSymbolReader(writer.finish());
        for (const { symbol, count, value } of said) {
          expect(reader.symbol(TABLE, 0)).toBe(symbol);
          expect(reader.bits(count, 0)).toBe(value);
        }
        expect(reader.symbol(TABLE, 0)).toBe(TABLE.stop);
        expect(reader.symbol(TABLE, 0)).toBe(TABLE.stop);
      }),
    );
  });

  test("golden bytes: filled up with ones", () => {
    const writer = createSymbolWriter();
    for (const symbol of [2, 0, 1, 0, 0, 2]) writer.symbol(TABLE, symbol);
    // 110 0 10 0 0 | 110 11111
    expect(writer.finish()).toEqual(Uint8Array.of(0b11001000, 0b11011111));
    expect(createSymbolWriter().finish()).toEqual(new Uint8Array(0));
  });
});
