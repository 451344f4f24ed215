/*
 * What contacts drew, on its way into one document: the guard reads it, what builds on something that is
 * missing waits outside, and the rest becomes one change of the board. Rules: PROTOCOL.md, S7.
 */
import * as Y from "yjs";
import { REMOTE_ORIGIN } from "../../board/document/document.ts";
import type { Guard } from "../../board/guard/guard.ts";
import { scanUpdate, WIRE_LIMITS } from "../../board/guard/scan.ts";
import type { WriteId } from "../../board/document/write-id.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Range } from "../wire/state-codec.ts";
import { createWaitingUpdates } from "./waiting.ts";
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
  /** No honest app sends this. */
  offend(from: From, reason: string): void;
  warn(message: string): void;
  /** More of what waited was applied, without a message. */
  resumed(): void;
}

export function createIncoming<From>(deps: IncomingDeps<From>): Incoming<From> {
  const { clock, doc, guard, offend, warn } = deps;
  const waiting = createWaitingUpdates<From>(clock);

  let goingOn: Cancel | undefined;

  const isThere = ({ client, clock: at }: WriteId): boolean => at < Y.getState(doc.store, client);

  /** Applies `updates`; `settle` says what each still waits for. */
  function applyAll(updates: readonly Uint8Array[], sender: From | undefined): void {
    let isMore = false;
    guard.apply(REMOTE_ORIGIN, (admit) => {
      /** Undefined: dealt with, one way or the other. Else what it builds on and is missing. */
      const settle = (update: Uint8Array, from: From | undefined): WriteId | undefined => {
        const verdict = admit(update);
        if (verdict.kind === "waiting") return verdict.missing;
        if (from === undefined) return undefined;
        if (verdict.kind === "refused") offend(from, verdict.reason);
        else if (verdict.kind === "full") warn("sync: the board is full");
        else if (verdict.kind === "ready" && verdict.isCostly) offend(from, "more work than ink");
        return undefined;
      };
      for (const update of updates) {
        const missing = settle(update, sender);
        if (missing && sender !== undefined) waiting.add(update, missing, sender);
      }
      isMore = waiting.retry(isThere, settle);
    });
    // In a task of its own: what waits may be much.
    if (isMore) goingOn ??= clock.after(0, goOn);
  }

  function goOn(): void {
    goingOn = undefined;
    applyAll([], undefined);
    deps.resumed();
  }

  /** Whether it says anything that this document lacks, as far as its own words tell. */
  function isNews(update: Uint8Array): boolean {
    const scanned = scanUpdate(update, WIRE_LIMITS);
    if (!scanned.ok) return false;
    const { structs, deletions } = scanned.update;
    return (
      deletions.length > 0 ||
      structs.some(({ client, clock: at, length }) => at + length > Y.getState(doc.store, client))
    );
  }

  return {
    apply: (updates, from) => applyAll(updates, from),
    overhear(update) {
      if (!isNews(update)) return false;
      applyAll([update], undefined);
      return true;
    },
    waiting: () => waiting.entries(),
    waitingOf: waiting.ofSession,
    close: () => goingOn?.(),
  };
}
