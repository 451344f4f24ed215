import { expect, test } from "vitest";
import { INK_CODE_LENGTHS } from "../../src/ink/ink-code-table.ts";
import { generateStrokes, loadRecordings, PEN } from "../support/strokes.ts";
import { inkCuts } from "./ink-writes.ts";
import { codeLengths, countSymbols } from "./code-lengths.ts";
import type { SymbolCounts } from "./code-lengths.ts";
import { tableOf } from "./ink-code.ts";

test.skipIf(loadRecordings().length === 0)("the ink code's table is the one of the recordings", () => {
  expect(tableOf(loadRecordings())).toEqual(INK_CODE_LENGTHS);
});

test("a table has a code for each symbol, shorter ones for what is common, and the longest for the stop", () => {
  const counts: SymbolCounts = new Map();
  const none = codeLengths(counts, counts);
  countSymbols(counts, inkCuts(generateStrokes(1, 20, 60), PEN), false);
  const some = codeLengths(counts, counts);
  for (const name of ["begin", "header", "number", "point", "pressure", "after"] as const) {
    expect(some[name].map(({ length }) => length)).toEqual(none[name].map(({ length }) => length));
    for (const lengths of [...none[name], ...some[name]]) {
      expect(lengths.at(-1)).toBe(lengths.split("").sort().at(-1));
      const parts = Array.from(lengths, (letter) => 2 ** -(letter.charCodeAt(0) - 0x60));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(1);
    }
  }
  // Strokes go on far more often than they begin.
  expect(some.begin[0]![1]! < some.begin[0]![0]!).toBe(true);
});
