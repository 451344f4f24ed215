/*
 * A session that writes as the app does, straight into Yjs, and whose guard takes all that comes.
 */
import { expect } from "vitest";
import type * as Y from "yjs";
import {
  createDocument,
  LOCAL_ORIGIN,
  REMOTE_ORIGIN,
  rootsOf,
} from "../../../src/board/document/document.ts";
import type { Roots } from "../../../src/board/document/document.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import type { Guard } from "../../../src/board/guard/guard.ts";
import { STORED_LIMITS, WIRE_LIMITS } from "../../../src/board/guard/scan.ts";
import { digestText, trackState } from "../../../src/board/document/state.ts";
import type { StateVector } from "../../../src/board/document/state.ts";

export interface Cursor {
  readonly label: Y.Text;
  readonly at: number;
}

export interface Peer {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly guard: Guard;
  readonly digest: () => string;
  /** The live updates that it sent, oldest first. */
  readonly sent: Uint8Array[];
  /** A state that it told of before. */
  told: StateVector;
  /** What came too early. */
  waiting: Uint8Array[];
  layers: number;
  marks: number;
  /** Where it typed last. */
  cursor: Cursor | undefined;
}

export function createPeer(client: number): Peer {
  const doc = createDocument();
  const guard = createGuard({
    doc,
    onWedged: () => {
      throw new Error("wedged");
    },
  });
  doc.clientID = client;
  guard.setOwnClient(client);
  const tracker = trackState(doc);
  const sent: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === LOCAL_ORIGIN) sent.push(update);
  });
  return {
    doc,
    roots: rootsOf(doc),
    guard,
    digest: () => digestText(tracker.digest()),
    sent,
    told: new Map(),
    waiting: [],
    layers: 0,
    marks: 0,
    cursor: undefined,
  };
}

export function deliver(to: Peer, updates: readonly Uint8Array[]): Verdict["kind"][] {
  const kinds: Verdict["kind"][] = [];
  const troubles: string[] = [];
  to.guard.apply(REMOTE_ORIGIN, (admit) => {
    const offer = (update: Uint8Array): Verdict["kind"] => {
      const limits = update.length > WIRE_LIMITS.bytes ? STORED_LIMITS : WIRE_LIMITS;
      const verdict = admit(update, limits);
      if (verdict.kind === "refused") troubles.push(verdict.reason);
      if (verdict.kind === "ready" && verdict.isCostly) troubles.push("costly");
      return verdict.kind;
    };
    for (const update of updates) {
      const kind = offer(update);
      kinds.push(kind);
      if (kind === "waiting") to.waiting.push(update);
    }
    for (let before = -1; before !== to.waiting.length;) {
      before = to.waiting.length;
      to.waiting = to.waiting.filter((update) => offer(update) === "waiting");
    }
  });
  expect(troubles).toEqual([]);
  expect([to.doc.store.pendingStructs, to.doc.store.pendingDs]).toEqual([null, null]);
  return kinds;
}
