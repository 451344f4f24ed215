/*
 * What contacts drew, on its way into one document: the guard reads it, what builds on something that is
 * missing waits outside, what has no room is refused, session by session, and the rest becomes one change of
 * the board. Rules: PROTOCOL.md, S7 and S18.
 */
import * as Y from "yjs";
import { REMOTE_ORIGIN } from "../../board/document/document.ts";
import type { Verdict } from "../../board/guard/check.ts";
import type { Guard } from "../../board/guard/guard.ts";
import { scanUpdate, WIRE_LIMITS } from "../../board/guard/scan.ts";
import type { WriteId } from "../../board/document/write-id.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Range } from "../wire/state-codec.ts";
import { strokesApart } from "../wire/append.ts";
import { newBySession, settleBySession } from "./by-session.ts";
import { createCharges } from "./charges.ts";
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
  /** Many draw at once, each behind what the others drew last: strokes of one update wait apart. */
  readonly isGroup: boolean;
  /** No honest app sends this. Says whether this contact is still listened to. */
  offend(from: From, reason: string): boolean;
  /** There is no room for what this contact sent. */
  full(from: From): void;
  /** More of what waited was applied, without a message. */
  resumed(): void;
}

/** Of what was put off, so much is taken in by a task, but for what needs one for itself. */
const BATCH_BYTES = 16 * 1024;

export function createIncoming<From>(deps: IncomingDeps<From>): Incoming<From> {
  const { clock, doc, guard, refused, offend } = deps;
  const waiting = createWaitingUpdates<From>(clock);

  const later = createPutOff<From>();
  const charges = createCharges<From>({ clock, offend, silenced: later.drop });
  let goingOn: Cancel | undefined;

  const isThere = ({ client, clock: at }: WriteId): boolean => at < Y.getState(doc.store, client);

  /** All of it is of sessions that are refused: it is not looked at. */
  function isOut(update: Uint8Array): boolean {
    if (refused.all().size === 0) return false;
    const ranges = rangesOf(update);
    return ranges.length > 0 && ranges.map(({ client, to }) => refused.knows(client, to)).every(Boolean);
  }

  /**
   * Applies `updates`, up to one that is to be taken in by a task of its own; `settle` says what each still waits
   * for. The others stay behind it, so that it need not be judged again.
   */
  function applyAll(updates: readonly Received<From>[]): void {
    let isMore = false;
    const putOff: Received<From>[] = [];
    guard.apply(REMOTE_ORIGIN, (offered) => {
      let isEnough = false;
      const admit = (update: Uint8Array): Verdict => {
        const verdict = offered(update, WIRE_LIMITS, true);
        const { kind } = verdict;
        if (kind === "later" || kind === "divide" || (kind === "ready" && verdict.isCostly)) isEnough = true;
        return verdict;
      };
      function refuse(update: Uint8Array, from: From, verdict: Verdict & { readonly kind: "full" }): void {
        const ranges = rangesOf(update);
        const [first] = ranges;
        if (ranges.every(({ client }) => client === first?.client)) {
          refused.add(ranges, from, verdict.of);
          deps.full(from);
          return;
        }
        const isNew = ({ client, to }: Range): boolean =>
          to > Y.getState(doc.store, client) && !refused.has(client);
        // What it waits for may be in another part.
        const mayWait = ({ client }: WriteId): boolean => !refused.has(client);
        settleBySession(newBySession(update, isNew), { admit, mayWait }, (part, its) => {
          const missing = conclude({ update: part, from }, its);
          if (missing) waiting.add(part, missing, from);
        });
      }
      /** Undefined: dealt with, one way or the other. Else what it builds on and is missing. */
      function conclude(received: Received<From>, verdict: Verdict): WriteId | undefined {
        const { update, from, isPart } = received;
        if (verdict.kind === "waiting" && !refused.has(verdict.missing.client)) return verdict.missing;
        if (from === undefined) return undefined;
        if (verdict.kind === "waiting") refused.add(rangesOf(update), from);
        else if (verdict.kind === "later" && verdict.for === "marks") putOff.push(received);
        else if (verdict.kind === "later") putOff.push(...charges.putOff(received, undefined));
        else if (verdict.kind === "divide") putOff.push(...charges.putOff(received, verdict.at));
        else if (verdict.kind === "refused") charges.blame(from, verdict.reason);
        else if (verdict.kind === "full") refuse(update, from, verdict);
        else if (verdict.kind === "ready" && verdict.isCostly && !isPart) charges.forCost(from);
        return undefined;
      }
      const settle = (received: Received<From>): WriteId | undefined =>
        isOut(received.update) ? undefined : conclude(received, admit(received.update));
      for (const each of updates) {
        const { update, from } = each;
        if (isEnough) {
          putOff.push(each);
          continue;
        }
        const missing = settle(each);
        if (!missing || from === undefined) continue;
        const strokes = deps.isGroup ? strokesApart(update) : [update];
        for (const part of strokes) {
          const ground = strokes.length === 1 || isEnough ? missing : settle({ update: part, from });
          if (ground) waiting.add(part, ground, from);
        }
      }
      isMore = isEnough || waiting.retry(isThere, (update, from) => settle({ update, from }));
    });
    later.putBack(putOff.filter(({ from }) => from === undefined || !charges.isSilenced(from)));
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
    applyAll(later.take(BATCH_BYTES));
    deps.resumed();
  }

  return {
    apply(updates, from) {
      const received = updates.map((update) => ({ update, from }));
      // Behind what is put off, which was judged on the board as it is.
      if (later.isEmpty()) applyAll(received);
      else later.add(received);
    },
    overhear(update) {
      if (!later.isEmpty() || !isNews(update, doc)) return false;
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
