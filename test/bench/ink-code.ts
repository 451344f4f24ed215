/*
 * npm run ink-code -- [--recordings FOLDER] [--write]
 *
 * Makes src/ink/ink-code-table.ts from recorded strokes: drawn and cut as they are sent, they tell how often
 * each symbol of the ink code is used; headers and their origins, which say when and on which layer, are
 * those of made up pens. Says whether the file is up to date, or writes it; and what the
 * recordings cost, also where the table is made of one half of the strokes and used on the other.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import { prefixTable } from "../../src/base/prefix-code.ts";
import type { PrefixTable } from "../../src/base/prefix-code.ts";
import { INK_TABLES, spellInk } from "../../src/ink/ink-code.ts";
import { INK_CODE_LENGTHS } from "../../src/ink/ink-code-table.ts";
import { INK_INPUTS, INK_TOOLS } from "../../src/ink/stroke.ts";
import type { StrokeHeader } from "../../src/ink/stroke.ts";
import { generateStrokes, loadRecordings, PEN } from "../support/strokes.ts";
import type { Recording } from "../support/strokes.ts";
import { codeLengths, countSymbols } from "./code-lengths.ts";
import type { CodeLengths, SymbolCounts } from "./code-lengths.ts";
import { inkCuts } from "./ink-writes.ts";
import type { InkCut } from "./ink-writes.ts";
import { markdownTable } from "./table.ts";

const TABLE_FILE = "src/ink/ink-code-table.ts";
/** What the formatter leaves on one line. */
const MAX_LINE = 110;
/** Headers and pressures are counted on made up pens: the recordings have but places. */
const PENS = 150;
const STROKES_OF_A_PEN = 8;

export async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: { recordings: { type: "string" }, write: { type: "boolean", default: false } },
  });
  const recordings = loadRecordings(values.recordings);
  if (recordings.length === 0) throw new Error("There are no recordings: name their folder.");
  const made = tableOf(recordings);
  if (values.write) await writeFile(TABLE_FILE, tableFile(made));
  const isSame = values.write || JSON.stringify(made) === JSON.stringify(INK_CODE_LENGTHS);
  console.log(costTable(recordings));
  console.log(`${TABLE_FILE} is ${isSame ? "up to date" : "another: --write"}`);
  return isSame;
}

/** What the table's file says where it is made of these recordings. */
export function tableOf(recordings: readonly Recording[]): CodeLengths {
  const counts: SymbolCounts = new Map();
  for (const { strokes } of recordings) countSymbols(counts, inkCuts(strokes, PEN), false);
  const made: SymbolCounts = new Map();
  const prng = createPrng(1);
  for (let seed = 0; seed < PENS; seed++) {
    const strokes = generateStrokes(seed, STROKES_OF_A_PEN, seed % 3 === 0 ? 120 : 60);
    const pen = randomPen(prng);
    countSymbols(made, inkCuts(strokes, pen, true), pen.pressure);
  }
  return codeLengths(counts, made);
}

function randomPen(prng: Prng): StrokeHeader {
  const input = INK_INPUTS[prng.below(INK_INPUTS.length)]!;
  return {
    tool: INK_TOOLS[prng.below(INK_TOOLS.length)]!,
    input,
    pressure: input === "pen",
    color: prng.below(2 ** 24),
    width: (1 + prng.below(64)) / 4,
    // Mostly nobody has zoomed.
    scale: prng.chance(0.7) ? 0 : prng.below(5) - 2,
  };
}

function tableFile(lengths: CodeLengths): string {
  const lists = Object.entries(lengths).map(([name, contexts]) => {
    const texts = contexts.map((each) => `"${each}"`);
    const line = `  ${name}: [${texts.join(", ")}],`;
    if (line.length <= MAX_LINE) return line;
    return [`  ${name}: [`, ...texts.map((each) => `    ${each},`), "  ],"].join("\n");
  });
  const comment = `/**
 * How many bits each symbol of the ink code has, as letters (base/prefix-code.ts), by context. Made from
 * recordings by \`npm run ink-code\`; what it says is part of the protocol.
 */`;
  return [comment, "export const INK_CODE_LENGTHS = {", ...lists, "} as const;", ""].join("\n");
}

function costTable(recordings: readonly Recording[]): string {
  const head = ["every second stroke of", "with a table of", "bits a clock"];
  const all = tableOf(recordings);
  const between = tableOf(
    recordings.map(({ name, strokes }) => ({ name, strokes: strokes.filter((_, k) => k % 2 === 0) })),
  );
  const rows = recordings.flatMap((recording) => {
    const cuts = inkCuts(
      recording.strokes.filter((_, k) => k % 2 === 1),
      PEN,
    );
    const others = tableOf(recordings.filter((other) => other !== recording));
    return [
      ["all strokes", all] as const,
      ["the strokes between", between] as const,
      ["the other recordings", others] as const,
    ].map(([from, lengths]) => [recording.name, from, bitsPerClock(cuts, lengths).toFixed(2)]);
  });
  return markdownTable(head, rows);
}

function bitsPerClock(cuts: readonly InkCut[], lengths: CodeLengths): number {
  const other = new Map<PrefixTable, PrefixTable>();
  for (const name of Object.keys(INK_TABLES) as (keyof typeof INK_TABLES)[]) {
    INK_TABLES[name].forEach((table, i) => other.set(table, prefixTable(lengths[name][i]!)));
  }
  let bits = 0;
  let clocks = 0;
  const coder = {
    bits(count: number, value: number) {
      bits += count;
      return value;
    },
    symbol(table: PrefixTable, symbol: number) {
      bits += 31 - Math.clz32(other.get(table)!.codes[symbol]!);
      return symbol;
    },
  };
  for (const { writes, first } of cuts) {
    spellInk(coder, writes, first, false);
    for (const write of writes) clocks += write.kind === "text" ? write.text.length : 1;
  }
  return bits / clocks;
}
