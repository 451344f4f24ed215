/*
 * How much each session of a contact had written of a document when it spoke of that first. What lies below was
 * drawn before this page heard of it, what lies above while both were there: the session's own order tells that, and
 * no clock of any device.
 */
import type { Frame } from "../wire/frame.ts";
import { FIRST_DOCUMENT } from "../../board/document/document-number.ts";
import type { Range } from "../wire/state-codec.ts";
import { rangesOf } from "./waiting.ts";

export interface FirstHeard {
  /** What a message of the session says. */
  hear(session: number, frames: readonly Frame[]): void;
  /** A message of the session has these writes of its own. */
  hearWrites(session: number, document: number, writes: Omit<Range, "client">): void;
  /** Undefined: it did not say. */
  of(session: number, document: number): number | undefined;
  /** A sign of life of the session has come, which tells of all documents that there are. */
  hasToldAll(session: number): boolean;
}

/** Sessions with documents: a contact may name any number of both. What is beyond counts as not said. */
const MOST = 4096;

/** `mayBeAnswer`: this page may have asked for what comes of the document. */
export function createFirstHeard(mayBeAnswer: (document: number) => boolean): FirstHeard {
  const clocks = new Map<string, number>();
  const haveToldAll = new Set<number>();
  const keyOf = (session: number, document: number): string => `${session} ${document}`;

  function note(key: string, clock: number | undefined): void {
    if (clock !== undefined && clocks.size < MOST && !clocks.has(key)) clocks.set(key, clock);
  }

  /** What is being drawn begins now; what was asked for was there before. */
  function hearWrites(session: number, document: number, { from, to }: Omit<Range, "client">): void {
    note(keyOf(session, document), mayBeAnswer(document) ? to : from);
  }

  function hearFrame(session: number, frame: Frame): void {
    const { document = FIRST_DOCUMENT } = frame;
    if (clocks.has(keyOf(session, document))) return;
    if (frame.type !== "update") return note(keyOf(session, document), clockIn(frame, session));
    const own = rangesOf(frame.update).find(({ client }) => client === session);
    if (own) hearWrites(session, document, own);
  }

  return {
    hear(session, frames) {
      for (const frame of frames) hearFrame(session, frame);
      // One that ends an answer tells of nothing else.
      const isBeat = frames.some(({ type, document }) => type === "digest" && document === undefined);
      if (isBeat && !frames.some(({ type }) => type === "diff") && haveToldAll.size < MOST)
        haveToldAll.add(session);
    },
    hasToldAll: (session) => haveToldAll.has(session),
    hearWrites,
    of: (session, document) => clocks.get(keyOf(session, document)),
  };
}

/** How much the session had written of the frame's document, as far as the frame tells. */
function clockIn(frame: Frame, session: number): number | undefined {
  if (frame.type === "digest") return frame.clock;
  const state =
    frame.type === "hello" || (frame.type === "request" && frame.what === "all") ? frame.state : undefined;
  return state ? (state.get(session) ?? 0) : undefined;
}
