/*
 * Everything that one contact lacks of a document: one chunk at a time, when nothing else is to be said. Rules:
 * PROTOCOL.md, S5.
 */
import type * as Y from "yjs";
import { LIMITS } from "../../board/document/limits.ts";
import type { StateVector } from "../../board/document/state.ts";
import type { Clock } from "../../env/clock.ts";
import { causalChunks, CHUNK_BYTES } from "../../board/document/chunks.ts";
import type { Link } from "./link.ts";

/** A part of an answer, chunk by chunk. */
export interface Answer {
  readonly link: Link;
  /** Undefined where the asker lacks nothing. */
  readonly update: Uint8Array | undefined;
  readonly last: boolean;
}

/** What somebody who asks for everything has. */
export interface Asker {
  readonly state: StateVector;
  readonly withDeletions: boolean;
  /** The sessions of which it takes no more, each with how much of it is there. */
  readonly refused: StateVector;
}

export interface Answers {
  /** A contact says what it has. Not where its answer is on the way, or was just given. */
  give(link: Link, asker: Asker): void;
  /** The contact has another page, which may lack more. */
  restart(link: Link): void;
  /** When the next part may leave; undefined: nobody is to be answered. */
  dueAt(): number | undefined;
  take(): Answer | undefined;
}

export interface AnswersDeps {
  readonly clock: Clock;
  readonly doc: Y.Doc;
  readonly isGroup: boolean;
  wake(): void;
}

/** Who asks again sooner was answered already. */
const AGAIN_MS = 60_000 / LIMITS.wholeAnswers.writes;
/** A short answer is said twice: a lost one costs the asker another question. */
const TWICE_BYTES = 1024;
const TWICE_MS = 350;

interface Again {
  readonly answer: Answer;
  readonly at: number;
}

export function createAnswers({ clock, doc, isGroup, wake }: AnswersDeps): Answers {
  const askers = new Map<Link, Asker>();
  const lastAnswer = new Map<Link, number>();
  const lastRestart = new Map<Link, number>();
  /** What is being said. */
  let current: { readonly link: Link; readonly chunks: Uint8Array[] } | undefined;
  /** What was said, and is to be said once more. */
  let again: Again | undefined;

  function begin(): void {
    for (const [link, { state, withDeletions, refused }] of askers) {
      askers.delete(link);
      lastAnswer.set(link, clock.now());
      current = { link, chunks: causalChunks(doc, state, withDeletions, CHUNK_BYTES, refused) };
      return;
    }
  }

  return {
    give(link, asker) {
      if (current?.link === link || askers.has(link)) return;
      if (clock.now() - (lastAnswer.get(link) ?? -Infinity) < AGAIN_MS) return;
      askers.set(link, asker);
      wake();
    },
    restart(link) {
      if (current?.link === link) current = undefined;
      if (again?.answer.link === link) again = undefined;
      askers.delete(link);
      // Who opens one page after the other is not sent the board each time.
      if (clock.now() - (lastRestart.get(link) ?? -Infinity) >= AGAIN_MS) lastAnswer.delete(link);
      lastRestart.set(link, clock.now());
    },
    dueAt: () => (current || askers.size > 0 ? -Infinity : again?.at),
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
      const answer = { link, update, last };
      if (!isGroup && update && update.length <= TWICE_BYTES) again = { answer, at: clock.now() + TWICE_MS };
      return answer;
    },
  };
}
