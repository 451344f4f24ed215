import type { PrefixTable } from "../../src/base/prefix-code.ts";
import { ELSEWHERE, INK_TABLES, spellInk } from "../../src/ink/ink-code.ts";
import type { InkCut } from "./ink-writes.ts";

/** By name of a table and context: how many bits the code of each symbol has, as `prefixTable` takes it. */
export type CodeLengths = Readonly<Record<keyof typeof INK_TABLES, readonly string[]>>;

/** How often each symbol of each table was used. */
export type SymbolCounts = Map<PrefixTable, number[]>;

const LENGTH_BASE = 0x60;
/** What a context has seen, counts with so many symbols of what all contexts have seen. */
const SHARED = 32;
/** No symbol is taken for rarer than one in so many. */
const RAREST = 4096;

/** Adds what is used in these cuts. */
export function countSymbols(counts: SymbolCounts, cuts: readonly InkCut[], isPressed: boolean): void {
  const coder = {
    bits: (_count: number, value: number) => value,
    symbol(table: PrefixTable, symbol: number) {
      const counted = counts.get(table) ?? table.codes.map(() => 0);
      counted[symbol]! += 1;
      counts.set(table, counted);
      return symbol;
    },
  };
  for (const { writes, first } of cuts) spellInk(coder, writes, first, isPressed);
}

/** The best code for what was counted; headers and pressures in `made`, all else in `recorded`. */
export function codeLengths(recorded: SymbolCounts, made: SymbolCounts): CodeLengths {
  const of = (name: keyof typeof INK_TABLES, from: SymbolCounts): string[] => {
    const counted = INK_TABLES[name].map((table) => from.get(table) ?? table.codes.map(() => 0));
    const all = counted[0]!.map((_, symbol) => counted.reduce((sum, each) => sum + each[symbol]!, 0));
    const total = Math.max(sumOf(all), 1);
    return counted.map((each) => lengthsOf(each.map((count, i) => count + (SHARED * all[i]!) / total)));
  };
  return {
    begin: of("begin", recorded),
    header: of("header", made),
    origin: of("origin", made),
    number: of("number", recorded),
    point: of("point", recorded),
    pressure: of("pressure", made),
    after: of("after", withCompany(recorded)),
  };
}

/** Who recorded was alone; where others draw too, about every third stroke comes after one of theirs. */
function withCompany(recorded: SymbolCounts): SymbolCounts {
  const table = INK_TABLES.after[0]!;
  const counted = [...(recorded.get(table) ?? table.codes.map(() => 0))];
  counted[ELSEWHERE]! += sumOf(counted) / 2;
  return new Map([[table, counted]]);
}

/** Huffman's. The last symbol, which is never written, gets the longest code. */
function lengthsOf(counts: readonly number[]): string {
  const least = Math.max(sumOf(counts), 1) / RAREST;
  const lengths = counts.map(() => 0);
  const stop = counts.length - 1;
  let trees = counts.map((count, symbol) => ({
    weight: symbol === stop ? 0 : Math.max(count, least),
    symbols: [symbol],
  }));
  while (trees.length > 1) {
    trees.sort((a, b) => a.weight - b.weight || a.symbols[0]! - b.symbols[0]!);
    const [a, b] = trees as [(typeof trees)[0], (typeof trees)[0]];
    const symbols = [...a.symbols, ...b.symbols];
    for (const symbol of symbols) lengths[symbol]! += 1;
    trees = [{ weight: a.weight + b.weight, symbols }, ...trees.slice(2)];
  }
  return String.fromCharCode(...lengths.map((length) => LENGTH_BASE + length));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
