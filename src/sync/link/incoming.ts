/*
 * What contacts drew, on its way into one document: the guard reads it, what builds on something that is
 * missing waits outside, what has no room is refused, session by session, and the rest becomes one change of
 * the board. Rules: PROTOCOL.md, S7 and S18.
 */
import * as Y from "yjs";
import { updatesBySession } from "../../board/document/chunks.ts";
import { LIMITS } from "../../board/document/limits.ts";
import { REMOTE_ORIGIN } from "../../board/document/document.ts";
import type { Verdict } from "../../board/guard/check.ts";
import type { Guard } from "../../board/guard/guard.ts";
import { scanUpdate, WIRE_LIMITS } from "../../board/guard/scan.ts";
import type { WriteId } from "../../board/document/write-id.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Range } from "../wire/state-codec.ts";
import { createPutOff } from "./put-off.ts";
import type { Received } from "./put-off.ts";
import type { RefusedSessions } from "./refused.ts";
import { createWaitingUpdates, rangesOf } from "./waiting.ts";
import type { WaitingUpdate } from "./waiting.ts";

/** `From`: who sent it. */
export interface Incoming<From> {
  /** Applies what can be applied, as one change of the board; the rest waits. */
  apply(updates: readonly Uint8Array[], from: From): void;
  /**
   * The same for what was sent to somebody else: what cannot be applied is forgotten, whatever is wrong
   * with it. Returns whether it was of any use.
   */
  overhear(update: Uint8Array): boolean;
  /** Updates that came too early. */
  waiting(): readonly WaitingUpdate<From>[];
  /** What they bring of a session. */
  waitingOf(client: number): readonly Range[];
  close(): void;
}

export interface IncomingDeps<From> {
  readonly clock: Clock;
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly refused: RefusedSessions<From>;
  /** No honest app sends this. */
  offend(from: From, reason: string): void;
  /** There is no room for what this contact sent. */
  full(from: From): void;
  /** More of what waited was applied, without a message. */
  resumed(): void;
}

export function createIncoming<From>(deps: IncomingDeps<From>): Incoming<From> {
  const { clock, doc, guard, refused, offend } = deps;
  const waiting = createWaitingUpdates<From>(clock);

  const later = createPutOff<From>();
  let goingOn: Cancel | undefined;

  const isThere = ({ client, clock: at }: WriteId): boolean => at < Y.getState(doc.store, client);

  /** All of it is of sessions that are refused: it is not looked at. */
  function isOut(update: Uint8Array): boolean {
    if (refused.all().size === 0) return false;
    const ranges = rangesOf(update);
    return ranges.length > 0 && ranges.map(({ client, to }) => refused.knows(client, to)).every(Boolean);
  }

  /**
   * Other sessions' writes may have room where one's have none: each goes by itself. What is beyond the first few is
   * asked for again, without those that turn out to have none.
   */
  function settleBySession(
    update: Uint8Array,
    admit: (update: Uint8Array) => Verdict,
    settle: (part: Uint8Array, verdict: Verdict) => void,
  ): void {
    const isNew = ({ client, to }: Range): boolean =>
      to > Y.getState(doc.store, client) && !refused.has(client);
    const news = new Set(
      rangesOf(update)
        .filter(isNew)
        .map(({ client }) => client),
    );
    let left = [...updatesBySession(update)]
      .filter(([client]) => news.has(client))
      .map(([, part]) => part)
      .slice(0, LIMITS.sessionsApart.takes);
    for (let before = -1; before !== left.length;) {
      before = left.length;
      left = left.filter((part) => {
        const verdict = admit(part);
        // What it waits for may be in another part.
        if (verdict.kind === "waiting" && !refused.has(verdict.missing.client)) return true;
        settle(part, verdict);
        return false;
      });
    }
    for (const part of left) settle(part, admit(part));
  }

  /** Applies `updates`; `settle` says what each still waits for. */
  function applyAll(updates: readonly Received<From>[]): void {
    let isMore = false;
    guard.apply(REMOTE_ORIGIN, (admit) => {
      function refuse(update: Uint8Array, from: From, verdict: Verdict & { readonly kind: "full" }): void {
        const ranges = rangesOf(update);
        const [first] = ranges;
        if (ranges.every(({ client }) => client === first?.client)) {
          refused.add(ranges, from, verdict.of);
          deps.full(from);
          return;
        }
        settleBySession(update, admit, (part, its) => {
          const missing = conclude(part, from, its);
          if (missing) waiting.add(part, missing, from);
        });
      }
      /** Undefined: dealt with, one way or the other. Else what it builds on and is missing. */
      function conclude(update: Uint8Array, from: From | undefined, verdict: Verdict): WriteId | undefined {
        if (verdict.kind === "waiting" && !refused.has(verdict.missing.client)) return verdict.missing;
        if (from === undefined) return undefined;
        if (verdict.kind === "waiting") refused.add(rangesOf(update), from);
        else if (verdict.kind === "later") later.add(update, from);
        else if (verdict.kind === "refused") offend(from, verdict.reason);
        else if (verdict.kind === "full") refuse(update, from, verdict);
        else if (verdict.kind === "ready" && verdict.isCostly) offend(from, "more work than ink");
        return undefined;
      }
      const settle = (update: Uint8Array, from: From | undefined): WriteId | undefined =>
        isOut(update) ? undefined : conclude(update, from, admit(update));
      for (const { update, from } of updates) {
        const missing = settle(update, from);
        if (missing && from !== undefined) waiting.add(update, missing, from);
      }
      isMore = waiting.retry(isThere, settle);
    });
    giveUp();
    // In a task of its own: what waits may be much.
    if (isMore || !later.isEmpty()) goingOn ??= clock.after(0, goOn);
  }

  /** What waits for a session that is refused waits for ever, and so does what waits for that. */
  function giveUp(): void {
    for (;;) {
      const gone = waiting.giveUp(refused.has);
      if (gone.length === 0) return;
      for (const { ranges, from } of gone) refused.add(ranges, from);
    }
  }

  function goOn(): void {
    goingOn = undefined;
    applyAll(later.take());
    deps.resumed();
  }

  return {
    apply: (updates, from) => applyAll(updates.map((update) => ({ update, from }))),
    overhear(update) {
      if (!isNews(update, doc)) return false;
      applyAll([{ update, from: undefined }]);
      return true;
    },
    waiting: () => waiting.entries(),
    waitingOf: waiting.ofSession,
    close: () => goingOn?.(),
  };
}

/** Whether it says anything that the document lacks, as far as its own words tell. */
function isNews(update: Uint8Array, { store }: Y.Doc): boolean {
  const scanned = scanUpdate(update, WIRE_LIMITS);
  if (!scanned.ok) return false;
  const { structs, deletions } = scanned.update;
  return (
    deletions.length > 0 ||
    structs.some(({ client, clock: at, length }) => at + length > Y.getState(store, client))
  );
}
