/*
 * Writes that contacts lack, said once more to everybody. A few of them hold up all that their session wrote since,
 * so they do not wait behind whole answers (answers.ts). Rules: PROTOCOL.md, S5.
 */
import * as Y from "yjs";
import { LIMITS } from "../../board/document/limits.ts";
import { stateVectorOf } from "../../board/document/state.ts";
import type { Clock } from "../../env/clock.ts";
import { causalChunks, CHUNK_BYTES } from "../../board/document/chunks.ts";
import { inkBetween, updateOf } from "../wire/append.ts";
import { MAX_APPEND } from "../wire/append-message.ts";
import type { Range } from "../wire/state-codec.ts";

export interface SaidAgain {
  /** Somebody lacks these writes. */
  give(ranges: readonly Range[]): void;
  /** When the next part may leave; undefined: nobody lacks any. */
  dueAt(): number | undefined;
  /** All that is lacking is in a few short parts. */
  isLittle(): boolean;
  take(): Uint8Array | undefined;
}

export interface SaidAgainDeps {
  readonly clock: Clock;
  readonly doc: Y.Doc;
  /** Several contacts may ask for the same: their questions are waited for. */
  readonly isGroup: boolean;
  wake(): void;
}

/**
 * Who asks sooner for the same writes was answered already, with all others; who asks again because the answer was
 * lost does so later (asking.ts)...
 */
const AGAIN_OF_GROUP_MS = 450;
/** ...and the only contact knows how long answers take. */
const AGAIN_MS = 200;
const GATHER_MS = 300;
/** A contact may ask for anything. */
const MAX_WANTED = LIMITS.wanted.takes;
/** So many clocks are a few. */
const LITTLE = MAX_APPEND;

export function createSaidAgain({ clock, doc, isGroup, wake }: SaidAgainDeps): SaidAgain {
  const againMs = isGroup ? AGAIN_OF_GROUP_MS : AGAIN_MS;
  /** What is asked for, no two ranges overlapping; and from when on it is to be answered. */
  let wanted: Range[] = [];
  let wantedAt = Infinity;
  /** What was said lately, and when. */
  let said: (Range & { readonly at: number })[] = [];
  /** What is being said. */
  const chunks: Uint8Array[] = [];

  function begin(): void {
    const at = clock.now();
    const known = new Map(stateVectorOf(doc));
    const until = new Map<number, number>();
    for (const range of wanted) {
      said.push({ ...range, at });
      const ink = inkIn(doc, range);
      if (ink) chunks.push(...ink);
      else {
        // Something else than ink.
        known.set(range.client, Math.min(range.from, known.get(range.client) ?? 0));
        until.set(range.client, Math.max(range.to, until.get(range.client) ?? 0));
      }
    }
    wanted = [];
    wantedAt = Infinity;
    if (until.size > 0) chunks.push(...causalChunks(doc, known, false, CHUNK_BYTES, until));
  }

  function want({ client, from, to }: Range): void {
    const now = clock.now();
    const end = Math.min(to, Y.getState(doc.store, client));
    said = said.filter(({ at }) => now - at < againMs);
    const isSaid = said.some((range) => range.client === client && from >= range.from && end <= range.to);
    if (from >= end || isSaid) return;
    const overlaps = (range: Range): boolean =>
      range.client === client && range.from <= end && from <= range.to;
    const touching = wanted.filter(overlaps);
    if (touching.length === 0 && wanted.length >= MAX_WANTED) return;
    wanted = wanted.filter((range) => !overlaps(range));
    wanted.push({
      client,
      from: Math.min(from, ...touching.map((range) => range.from)),
      to: Math.max(end, ...touching.map((range) => range.to)),
    });
    wantedAt = Math.min(wantedAt, now + (isGroup ? GATHER_MS : 0));
  }

  return {
    give(ranges) {
      for (const range of ranges) want(range);
      wake();
    },
    dueAt() {
      if (chunks.length > 0) return -Infinity;
      return wanted.length > 0 ? wantedAt : undefined;
    },
    isLittle: () =>
      wanted.reduce((sum, { from, to }) => sum + to - from, 0) <= LITTLE &&
      chunks.reduce((sum, { length }) => sum + length, 0) <= 2 * LITTLE,
    take() {
      if (chunks.length === 0 && wantedAt <= clock.now()) begin();
      return chunks.shift();
    },
  };
}

/** Ink in pieces that each fit into an append; undefined where a range holds anything else. */
function inkIn(doc: Y.Doc, { client, from, to }: Range): Uint8Array[] | undefined {
  const chunks: Uint8Array[] = [];
  for (let start = from; start < to; start += MAX_APPEND) {
    const ink = inkBetween(doc, { client, from: start, to: Math.min(to, start + MAX_APPEND) });
    if (!ink) return undefined;
    chunks.push(updateOf(ink));
  }
  return chunks;
}
