import * as Y from "yjs";
import { REMOTE_ORIGIN } from "../board/document.ts";
import type { Guard } from "../board/guard/guard.ts";
import type { WriteId } from "../board/guard/scan.ts";
import type { Clock } from "../env/clock.ts";
import type { AppendMessage } from "./append-message.ts";
import { createHeldAppends } from "./held-appends.ts";
import { inkBefore } from "./ink-before.ts";
import type { Link } from "./link.ts";
import { unpackAppend } from "./packed-append.ts";
import type { PackedAppend } from "./packed-append.ts";
import { createWaitingUpdates } from "./waiting.ts";

/** What contacts drew, on its way into the document. `From`: who sent it. */
export interface Incoming<From> {
  /** Applies what can be applied, as one change of the board; the rest waits. */
  apply(updates: readonly Uint8Array[], from: From): void;
  receiveAppend(message: AppendMessage, from: From): void;
  /** Something waits for what was lost before it. */
  hasWaiting(): boolean;
}

export interface IncomingDeps<From> {
  readonly clock: Clock;
  readonly doc: Y.Doc;
  readonly guard: Guard;
  /** No honest app sends this. */
  offend(from: From, reason: string): void;
  warn(message: string): void;
}

/** Of so many sessions of a contact, the newest ones, a message without a name may be. */
const MAX_SPEAKERS = 4;

export function createIncoming<From extends { readonly link: Link }>({
  clock,
  doc,
  guard,
  offend,
  warn,
}: IncomingDeps<From>): Incoming<From> {
  const waiting = createWaitingUpdates<From>(clock);
  const held = createHeldAppends<From>(clock);

  /**
   * `early`: something before it is missing, so it cannot be told what it is; `foreign`: it is not of a
   * known session of this contact, or damaged.
   */
  function readAppend(
    packed: PackedAppend,
    { link }: From,
  ): { readonly session: number; readonly update: Uint8Array } | "early" | "foreign" {
    let isEarly = false;
    for (const session of link.sessions().slice(0, MAX_SPEAKERS)) {
      if (packed.clock > Y.getState(doc.store, session)) {
        isEarly = true;
        continue;
      }
      const update = unpackAppend(packed, session, inkBefore(doc, session, packed.clock));
      if (update) return { session, update };
    }
    return isEarly ? "early" : "foreign";
  }

  return {
    apply(updates, sender) {
      guard.apply(REMOTE_ORIGIN, (admit) => {
        /** Undefined: dealt with, one way or the other. Else what it builds on and is missing. */
        const settle = (update: Uint8Array, from: From): WriteId | undefined => {
          const verdict = admit(update);
          if (verdict.kind === "refused") offend(from, verdict.reason);
          else if (verdict.kind === "full") warn("sync: the board is full");
          else if (verdict.kind === "ready" && verdict.isCostly) offend(from, "more work than ink");
          return verdict.kind === "waiting" ? verdict.missing : undefined;
        };
        for (const update of updates) {
          const missing = settle(update, sender);
          if (missing) waiting.add(update, missing, sender);
        }
        const retry = (): void =>
          waiting.retry(({ client, clock: at }) => at < Y.getState(doc.store, client), settle);
        retry();
        held.retry((packed, from) => {
          const read = readAppend(packed, from);
          if (typeof read !== "object") return read === "foreign";
          settle(read.update, from);
          retry();
          return true;
        });
      });
    },
    receiveAppend({ repeats, packed }, from) {
      const read = readAppend(packed, from);
      if (typeof read === "object") {
        from.link.receiveInk(read.session, read.update, repeats);
      } else if (read === "early") {
        held.add(packed, from);
        from.link.noticeGap();
      } else {
        from.link.receiveUnknown();
      }
    },
    hasWaiting: () => waiting.size() + held.size() > 0,
  };
}
