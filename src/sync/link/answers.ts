/*
 * What contacts are sent because they lack it, of one document: one chunk at a time, when nothing else is
 * to be said. Rules: PROTOCOL.md, S5.
 */
import * as Y from "yjs";
import { LIMITS } from "../../board/document/limits.ts";
import { stateVectorOf } from "../../board/document/state.ts";
import type { StateVector } from "../../board/document/state.ts";
import type { Clock } from "../../env/clock.ts";
import { causalChunks, CHUNK_BYTES } from "../../board/document/chunks.ts";
import { inkBetween, updateOf } from "../wire/append.ts";
import { MAX_APPEND } from "../wire/append-message.ts";
import type { Range } from "../wire/state-codec.ts";
import type { Link } from "./link.ts";

/** A part of an answer. */
export type Answer =
  /** What some sessions wrote, said once more to everybody. */
  | { readonly kind: "writes"; readonly update: Uint8Array }
  /** Everything that the asker lacks, chunk by chunk; `update`: undefined where it lacks nothing. */
  | {
      readonly kind: "all";
      readonly link: Link;
      readonly update: Uint8Array | undefined;
      readonly last: boolean;
    };

/** What somebody who asks for everything has. */
export interface Asker {
  readonly state: StateVector;
  readonly withDeletions: boolean;
  /** The sessions of which it takes no more, each with how much of it is there. */
  readonly refused: StateVector;
}

export interface Answers {
  /** Somebody lacks these writes. */
  giveWrites(ranges: readonly Range[]): void;
  /** A contact says what it has. Not where its answer is on the way, or was just given. */
  giveAll(link: Link, asker: Asker): void;
  /** The contact has another page, which may lack more. */
  restart(link: Link): void;
  /** When the next part may leave; undefined: nobody is to be answered. */
  dueAt(): number | undefined;
  take(): Answer | undefined;
}

export interface AnswersDeps {
  readonly clock: Clock;
  readonly doc: Y.Doc;
  /** Several contacts may ask for the same: their questions are waited for. */
  readonly isGroup: boolean;
  wake(): void;
}

/** Who asks for everything again sooner was answered already... */
const AGAIN_MS = 60_000 / LIMITS.wholeAnswers.writes;
/** ...and so was, with all others, who asks for the same writes. */
const WRITES_AGAIN_MS = 700;
const GATHER_MS = 300;
/** A short answer is said twice: a lost one costs the asker another question. */
const TWICE_BYTES = 1024;
const TWICE_MS = 350;
/** A contact may ask for anything. */
const MAX_WANTED = LIMITS.wanted.takes;

interface Again {
  readonly answer: Answer;
  readonly at: number;
}

export function createAnswers({ clock, doc, isGroup, wake }: AnswersDeps): Answers {
  /** What is asked for, no two ranges overlapping; and from when on it is to be answered. */
  let wanted: Range[] = [];
  let wantedAt = Infinity;
  /** What was said lately, and when. */
  let said: (Range & { readonly at: number })[] = [];
  const askers = new Map<Link, Asker>();
  const lastAnswer = new Map<Link, number>();
  const lastRestart = new Map<Link, number>();
  /** What is being said: to one contact, or to all. */
  let current: { readonly link: Link | undefined; readonly chunks: Uint8Array[] } | undefined;
  /** What was said, and is to be said once more. */
  let again: Again | undefined;

  function sayTwice(answer: Answer): Answer {
    if (!isGroup && isShort(answer)) again = { answer, at: clock.now() + TWICE_MS };
    return answer;
  }

  function beginWrites(): void {
    const at = clock.now();
    const chunks: Uint8Array[] = [];
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
    current = { link: undefined, chunks };
  }

  function want({ client, from, to }: Range): void {
    const now = clock.now();
    const end = Math.min(to, Y.getState(doc.store, client));
    said = said.filter(({ at }) => now - at < WRITES_AGAIN_MS);
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

  function beginAll(link: Link, { state, withDeletions, refused }: Asker): void {
    askers.delete(link);
    lastAnswer.set(link, clock.now());
    current = { link, chunks: causalChunks(doc, state, withDeletions, CHUNK_BYTES, refused) };
  }

  function begin(): void {
    if (wantedAt <= clock.now()) return beginWrites();
    for (const [link, asker] of askers) return beginAll(link, asker);
  }

  return {
    giveWrites(ranges) {
      for (const range of ranges) want(range);
      wake();
    },
    giveAll(link, asker) {
      if (current?.link === link || askers.has(link)) return;
      if (clock.now() - (lastAnswer.get(link) ?? -Infinity) < AGAIN_MS) return;
      askers.set(link, asker);
      wake();
    },
    restart(link) {
      if (current?.link === link) current = undefined;
      if (again?.answer.kind === "all" && again.answer.link === link) again = undefined;
      askers.delete(link);
      // Who opens one page after the other is not sent the board each time.
      if (clock.now() - (lastRestart.get(link) ?? -Infinity) >= AGAIN_MS) lastAnswer.delete(link);
      lastRestart.set(link, clock.now());
    },
    dueAt() {
      if (current || askers.size > 0) return -Infinity;
      const due = Math.min(wanted.length > 0 ? wantedAt : Infinity, again?.at ?? Infinity);
      return due < Infinity ? due : undefined;
    },
    take() {
      if (!current && again && again.at <= clock.now()) {
        const { answer } = again;
        again = undefined;
        return answer;
      }
      if (!current) begin();
      if (!current) return undefined;
      const { link, chunks } = current;
      const update = chunks.shift();
      const last = chunks.length === 0;
      if (last) current = undefined;
      if (link) return sayTwice({ kind: "all", link, update, last });
      return update && sayTwice({ kind: "writes", update });
    },
  };
}

function isShort({ update }: Answer): boolean {
  return update !== undefined && update.length <= TWICE_BYTES;
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
