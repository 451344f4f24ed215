import { createBitDecoder, createBitEncoder, LISTENER } from "../base/range-coder.ts";
import type { BitCoder } from "../base/range-coder.ts";
import { hashBytes } from "../base/hash.ts";
import type { WriteId } from "../board/guard/scan.ts";
import { MAX_CLOCK } from "../board/guard/scan.ts";
import { createInkModel } from "../ink/ink-model.ts";
import type { InkModel } from "../ink/ink-model.ts";
import { plainBits, plainNumber } from "../ink/probabilities.ts";
import { lengthOf, updateOf } from "./append.ts";
import type { Append, InkWrite } from "./append.ts";
import type { InkBefore } from "./ink-before.ts";

/**
 * An append as it travels: without its session, which the check tells, and with its text coded against
 * what the session drew before, which the receiver must have.
 */
export interface PackedAppend {
  /** 16 bits of the hash of the update that it stands for. */
  readonly check: number;
  /** Of the first write, and how many clocks there are. */
  readonly clock: number;
  readonly length: number;
  /** All of this but the check, as bits. */
  readonly bytes: Uint8Array;
}

/** Longer ones are rare and travel as updates. */
export const MAX_APPEND = 2048;

const CLOCK_SIZE_BITS = 5;
const LENGTH_SIZE_BITS = 4;
const CLIENT_BITS = 32;
const EVEN = 32_768;
/** After an END comes a start; anywhere else hardly ever. */
const START_AFTER_END = 64_000;
const START_ELSEWHERE = 2048;

/** Undefined where it does not fit this form. `before`: what the session drew before `append.clock`. */
export function packAppend(append: Append, before: InkBefore): PackedAppend | undefined {
  const { session, clock } = append;
  const length = lengthOf(append);
  if (length > MAX_APPEND) return undefined;
  const coder = createBitEncoder();
  codeHead(coder, clock, length);
  if (!codeWrites(coder, { session, clock, length, before, said: append.writes })) return undefined;
  const packed = { check: checkOf(updateOf(append)), clock, length, bytes: coder.finish() };
  // Text that is no ink may not survive: better to know here.
  return unpackAppend(packed, session, before) ? packed : undefined;
}

/** Reads the clock and the length of what was packed. Undefined where no honest session says so. */
export function readPackedAppend(check: number, bytes: Uint8Array): PackedAppend | undefined {
  const { clock, length } = codeHead(createBitDecoder(bytes), 0, 0);
  if (length === 0 || length > MAX_APPEND || clock + length > MAX_CLOCK) return undefined;
  return { check, clock, length, bytes };
}

/** The Yjs update, if it is this session's and `before` is what it was packed with. Never throws. */
export function unpackAppend(
  { check, bytes }: PackedAppend,
  session: number,
  before: InkBefore,
): Uint8Array | undefined {
  const coder = createBitDecoder(bytes);
  const { clock, length } = codeHead(coder, 0, 0);
  const writes = codeWrites(coder, { session, clock, length, before, said: undefined });
  const update = writes && updateOf({ session, clock, writes });
  return update && checkOf(update) === check ? update : undefined;
}

function checkOf(update: Uint8Array): number {
  return hashBytes(update).lo & 0xffff;
}

function codeHead(coder: BitCoder, clock: number, length: number): { clock: number; length: number } {
  return {
    clock: plainNumber(coder, CLOCK_SIZE_BITS, clock),
    length: plainNumber(coder, LENGTH_SIZE_BITS, length),
  };
}

interface Task {
  readonly session: number;
  readonly clock: number;
  readonly length: number;
  readonly before: InkBefore;
  /** What is to be written; undefined: it is read. */
  readonly said: readonly InkWrite[] | undefined;
}

/** Writing and reading in one, so that they stay in step. Returns what was said. */
function codeWrites(coder: BitCoder, { session, clock, length, before, said }: Task): InkWrite[] | undefined {
  const model = createInkModel();
  listen(model, before.writes);
  let lastStart = before.lastStart;
  const source = said && spread(said);
  const writes: InkWrite[] = [];
  let text = "";
  const endText = (): void => {
    if (text !== "") writes.push({ kind: "text", text });
    text = "";
  };
  for (let i = 0; i < length; i++) {
    const next = source?.[i];
    const isEnded = model.ended();
    const mayStart = i === 0 || isEnded;
    const wanted = typeof next === "object";
    if (mayStart && coder.code(wanted ? 1 : 0, isEnded ? START_AFTER_END : START_ELSEWHERE)) {
      endText();
      const last = lastStart === undefined ? undefined : { client: session, clock: lastStart };
      writes.push({ kind: "start", after: codeAfter(coder, wanted ? next.after : undefined, last) });
      model.start();
      lastStart = clock + i;
      continue;
    }
    if (wanted) return undefined;
    const code = model.next(coder, next ?? 0);
    if (code === undefined) return undefined;
    text += String.fromCharCode(code);
  }
  endText();
  return writes;
}

/** After which item a stroke is put: mostly the session's own last one. */
function codeAfter(
  coder: BitCoder,
  after: WriteId | undefined,
  last: WriteId | undefined,
): WriteId | undefined {
  const isLast = last && after?.client === last.client && after.clock === last.clock;
  if (last && coder.code(isLast ? 1 : 0, EVEN)) return last;
  if (!coder.code(after ? 1 : 0, EVEN)) return undefined;
  return {
    client: plainBits(coder, CLIENT_BITS, after?.client ?? 0),
    clock: plainNumber(coder, CLOCK_SIZE_BITS, after?.clock ?? 0),
  };
}

function listen(model: InkModel, writes: readonly InkWrite[]): void {
  for (const write of writes) {
    if (write.kind === "start") {
      model.start();
      continue;
    }
    for (let i = 0; i < write.text.length; i++) {
      model.next(LISTENER, write.text.charCodeAt(i));
    }
  }
}

/** Clock by clock: a start, or a character's code. */
function spread(writes: readonly InkWrite[]): (number | (InkWrite & { readonly kind: "start" }))[] {
  const all: ReturnType<typeof spread> = [];
  for (const write of writes) {
    if (write.kind === "start") all.push(write);
    else for (let i = 0; i < write.text.length; i++) all.push(write.text.charCodeAt(i));
  }
  return all;
}
