/*
 * Files that somebody damaged or forged: each is one of `importFiles` with a few of its bytes, its words or its values
 * made others, with a checksum that is right again where it has one. Reading one must neither throw nor take long, and
 * what comes of it must be something that a board can take.
 */
import { deflateSync, inflateSync } from "fflate";
import { hashBytes } from "../../src/base/hash.ts";
import { createPrng, type Prng } from "../../src/base/prng.ts";
import { createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { isBoardFile, readBoardFile } from "../../src/session/board-file.ts";
import { putOntoPage, readFile } from "../../src/ui/transfer/importing.ts";
import { createHandTime } from "../support/hand-time.ts";
import { importFiles } from "./import-files.ts";

export interface ImportRun {
  readonly seed: number;
  readonly cases: number;
  /** No more after this, as `Date.now` counts. */
  readonly endsAt: number;
}

export interface ImportTally {
  readonly cases: number;
  /** How often each came of it; `read`: something to put on a board. */
  readonly came: ReadonlyMap<string, number>;
  /** Milliseconds of the longest task. */
  readonly longest: number;
  /** What went wrong first, with the number of the case. */
  readonly failure: string | undefined;
}

/** Bytes of a board file before what is deflated, and after it. */
const HEAD = 8;
const SUM = 8;
/** Values that a reader may not expect. */
const ODD = [
  "null",
  "-1",
  "1e308",
  "1e-320",
  '""',
  "[]",
  "{}",
  "true",
  '"\\u0000"',
  "[[[]]]",
  "99999999999",
  '"#zz"',
  "NaN",
  '{"toString":1,"length":9}',
];

/** A task that took longer is measured again: the machine may have had other work. In milliseconds. */
const LONG = 100;
const TRIES = 3;

export async function runImports({ seed, cases, endsAt }: ImportRun): Promise<ImportTally> {
  const files = importFiles();
  const came = new Map<string, number>();
  let longest = 0;
  let at = 0;
  for (; at < cases && Date.now() < endsAt; at++) {
    const prng = createPrng(seed + at);
    const file = mutated(files[prng.below(files.length)]!, prng);
    try {
      const { kind, task: first } = await importOne(file, seed + at);
      let task = first;
      for (let i = 1; task > LONG && i < TRIES; i++) {
        task = Math.min(task, (await importOne(file, seed + at)).task);
      }
      longest = Math.max(longest, task);
      came.set(kind, (came.get(kind) ?? 0) + 1);
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { cases: at + 1, came, longest, failure: `seed ${seed + at}: ${what}` };
    }
  }
  return { cases: at, came, longest, failure: undefined };
}

/** What came of it, and the longest task. Rejects with what should not be thrown. */
async function importOne(file: Uint8Array, seed: number): Promise<{ kind: string; task: number }> {
  let longest = 0;
  let start = performance.now();
  const turn = async (): Promise<boolean> => {
    longest = Math.max(longest, performance.now() - start);
    start = performance.now();
    return true;
  };
  const unpack = (bytes: Uint8Array): ReturnType<typeof readBoardFile> => readBoardFile(bytes, env(seed));
  const imported = await readFile(new Blob([file as BlobPart]), { unpack }, turn);
  await turn();
  if (imported === undefined) throw new Error("nobody stopped it");
  if (typeof imported === "string") return { kind: imported, task: longest };
  const { board, close } = emptyBoard(seed);
  for (const _ of putOntoPage(imported, board, { x: 0, y: 0 })) await turn();
  board.items();
  close();
  await turn();
  return { kind: "read", task: longest };
}

function env(seed: number) {
  const time = createHandTime();
  const prng = createPrng(seed);
  const clock = { ...time.clock, after: () => () => undefined };
  return { clock, calendar: time.calendar, random: { uint32: prng.uint32 } };
}

function emptyBoard(seed: number): ReturnType<typeof createBoard> {
  const doc = createDocument();
  doc.clientID = seed;
  return createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => true,
    onError(error) {
      throw error;
    },
  });
}

function mutated(file: Uint8Array, prng: Prng): Uint8Array {
  const isText = !isBoardFile(file);
  // What was written by somebody who packs it well.
  if (!isText && prng.chance(0.7)) {
    const records = inflateSync(file.subarray(HEAD, -SUM));
    return withChecksum(
      joined(file.subarray(0, HEAD), deflateSync(withOddBytes(records, prng)), new Uint8Array(SUM)),
    );
  }
  let bytes: Uint8Array = file.slice();
  for (let i = 0; i <= prng.below(4); i++) {
    bytes = isText && prng.chance(0.7) ? withOddValue(bytes, prng) : withOddBytes(bytes, prng);
  }
  // Else nothing behind the checksum would be tried.
  return !isText && prng.chance(0.8) ? withChecksum(bytes) : bytes;
}

/** One of the values of a text is another. */
function withOddValue(bytes: Uint8Array, prng: Prng): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const values = [
    ...text.matchAll(/: ?("(?:[^"\\]|\\.)*"|-?[\d.]+|true|null)|(?<=[[,]\s*)(-?\d+)(?=\s*[\],])/gu),
  ];
  const value = values[prng.below(Math.max(values.length, 1))];
  if (!value) return withOddBytes(bytes, prng);
  const odd = ODD[prng.below(ODD.length)]!;
  const next = prng.chance(0.2)
    ? value[0].repeat(1 + prng.below(50))
    : value[1] === undefined
      ? odd
      : `: ${odd}`;
  return new TextEncoder().encode(
    text.slice(0, value.index) + next + text.slice(value.index + value[0].length),
  );
}

function withOddBytes(bytes: Uint8Array, prng: Prng): Uint8Array {
  const at = prng.below(bytes.length + 1);
  const [before, after] = [bytes.slice(0, at), bytes.slice(at)];
  const some = Uint8Array.from({ length: 1 + prng.below(8) }, () => prng.below(256));
  switch (prng.below(4)) {
    case 0:
      return before;
    case 1:
      return joined(before, some, after);
    case 2:
      return joined(before, after.slice(some.length));
    default:
      return joined(before, some, after.slice(some.length));
  }
}

/** The last 8 bytes become the checksum of those before them. */
export function withChecksum(bytes: Uint8Array): Uint8Array {
  const end = Math.max(bytes.length - SUM, 0);
  const { hi, lo } = hashBytes(bytes.subarray(0, end));
  const sum = new Uint8Array(SUM);
  new DataView(sum.buffer).setUint32(0, hi);
  new DataView(sum.buffer).setUint32(4, lo);
  return joined(bytes.subarray(0, end), sum);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
