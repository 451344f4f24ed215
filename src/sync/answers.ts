/*
 * What contacts are sent because they lack it, of one document: one chunk at a time, when nothing else is
 * to be said. Rules: PROTOCOL.md, S5.
 */
import * as Y from "yjs";
import { stateVectorOf } from "../board/state.ts";
import type { StateVector } from "../board/state.ts";
import type { Clock } from "../env/clock.ts";
import { causalChunks } from "../board/chunks.ts";
import type { Pairs } from "./frame.ts";
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

export interface Answers {
  /** Somebody lacks what these sessions wrote, each from a clock on. */
  giveWrites(from: Pairs): void;
  /** A contact says what it has. Not where its answer is on the way, or was just given. */
  giveAll(link: Link, state: StateVector, withDeletions: boolean): void;
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
const AGAIN_MS = 1500;
/** ...and so was, with all others, who asks for the same writes. */
const WRITES_AGAIN_MS = 700;
const GATHER_MS = 200;

interface Asker {
  readonly state: StateVector;
  readonly withDeletions: boolean;
}

export function createAnswers({ clock, doc, isGroup, wake }: AnswersDeps): Answers {
  /** Sessions asked for, from which clock on; and since when they are to be answered. */
  const wanted = new Map<number, number>();
  let wantedAt = Infinity;
  /** Of each session, what was said last, and when. */
  const said = new Map<number, { readonly from: number; readonly at: number }>();
  const askers = new Map<Link, Asker>();
  const lastAnswer = new Map<Link, number>();
  const lastRestart = new Map<Link, number>();
  /** What is being said: to one contact, or to all. */
  let current: { readonly link: Link | undefined; readonly chunks: Uint8Array[] } | undefined;

  function beginWrites(): void {
    const known = new Map(stateVectorOf(doc));
    for (const [client, from] of wanted) {
      known.set(client, from);
      said.set(client, { from, at: clock.now() });
    }
    wanted.clear();
    wantedAt = Infinity;
    current = { link: undefined, chunks: causalChunks(doc, known, false) };
  }

  function beginAll(link: Link, { state, withDeletions }: Asker): void {
    askers.delete(link);
    lastAnswer.set(link, clock.now());
    current = { link, chunks: causalChunks(doc, state, withDeletions) };
  }

  function begin(): void {
    if (wantedAt <= clock.now()) return beginWrites();
    for (const [link, asker] of askers) return beginAll(link, asker);
  }

  return {
    giveWrites(from) {
      const now = clock.now();
      for (const [client, clockFrom] of from) {
        if (clockFrom >= Y.getState(doc.store, client)) continue;
        const before = said.get(client);
        if (before && now - before.at < WRITES_AGAIN_MS && clockFrom >= before.from) continue;
        wanted.set(client, Math.min(clockFrom, wanted.get(client) ?? Infinity));
        wantedAt = Math.min(wantedAt, now + (isGroup ? GATHER_MS : 0));
      }
      wake();
    },
    giveAll(link, state, withDeletions) {
      if (current?.link === link || askers.has(link)) return;
      if (clock.now() - (lastAnswer.get(link) ?? -Infinity) < AGAIN_MS) return;
      askers.set(link, { state, withDeletions });
      wake();
    },
    restart(link) {
      if (current?.link === link) current = undefined;
      askers.delete(link);
      // Who opens one page after the other is not sent the board each time.
      if (clock.now() - (lastRestart.get(link) ?? -Infinity) >= AGAIN_MS) lastAnswer.delete(link);
      lastRestart.set(link, clock.now());
    },
    dueAt() {
      if (current || askers.size > 0) return -Infinity;
      return wanted.size > 0 ? wantedAt : undefined;
    },
    take() {
      if (!current) begin();
      if (!current) return undefined;
      const { link, chunks } = current;
      const update = chunks.shift();
      const last = chunks.length === 0;
      if (last) current = undefined;
      if (link) return { kind: "all", link, update, last };
      return update && { kind: "writes", update };
    },
  };
}
