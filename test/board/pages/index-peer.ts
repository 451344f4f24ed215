import * as Y from "yjs";
import { causalChunks } from "../../../src/board/document/chunks.ts";
import { createDocument, REMOTE_ORIGIN, STORAGE_ORIGIN } from "../../../src/board/document/document.ts";
import type { SizeLimits } from "../../../src/board/document/size.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import { STORED_LIMITS } from "../../../src/board/guard/scan.ts";
import { createPageIndex } from "../../../src/board/pages/page-index.ts";
import type { PageIndex, PageIndexChange } from "../../../src/board/pages/page-index.ts";
import type { PageId } from "../../../src/board/pages/page-id.ts";
import { createHandTime } from "../../support/hand-time.ts";
import type { HandTime } from "../../support/hand-time.ts";

/** One device's index document behind its guard. It tells others of itself only when it is synced. */
export interface IndexPeer {
  readonly doc: Y.Doc;
  readonly index: PageIndex;
  readonly time: HandTime;
  readonly changes: readonly PageIndexChange[];
  /** Offers bytes to the guard, as one change of the document. */
  admit(bytes: Uint8Array): Verdict;
  close(): void;
}

/** `state`: what was stored, as an update (V1). */
export function createIndexPeer(client: number, state?: Uint8Array, limits?: SizeLimits): IndexPeer {
  const doc = createDocument();
  const fail = (error: unknown): void => {
    throw error;
  };
  const guard = createGuard({ doc, holds: "index", onWedged: () => fail(new Error("wedged")) });
  if (state) {
    guard.apply(STORAGE_ORIGIN, (admit) => {
      const { kind } = admit(state, STORED_LIMITS);
      if (kind !== "ready") throw new Error(`the state is ${kind}`);
    });
  }
  doc.clientID = client;
  guard.setOwnClient(client);
  const time = createHandTime();
  const index = createPageIndex({ doc, time, onError: fail, ...(limits ? { limits } : {}) });
  const changes: PageIndexChange[] = [];
  index.onChange((change) => changes.push(change));
  return {
    doc,
    index,
    time,
    changes,
    admit(bytes) {
      let verdict: Verdict | undefined;
      guard.apply(REMOTE_ORIGIN, (admit) => {
        verdict = admit(bytes);
      });
      return verdict!;
    },
    close() {
      index.close();
      guard.close();
      doc.destroy();
    },
  };
}

/** Of the sessions 1 and 2. */
export function createPair(): [IndexPeer, IndexPeer] {
  return [createIndexPeer(1), createIndexPeer(2)];
}

/** What one has and the other lacks, as it would be sent; `limit`: bytes of a chunk. */
export function lackedBy(to: IndexPeer, from: IndexPeer, limit?: number): Uint8Array[] {
  return causalChunks(from.doc, stateVectorOf(to.doc), true, limit);
}

/** Everybody gets all that the others have. Nothing of it may be refused. */
export function sync(...peers: IndexPeer[]): void {
  for (const to of peers) {
    for (const from of peers) {
      for (const chunk of from === to ? [] : lackedBy(to, from)) {
        const verdict = to.admit(chunk);
        if (verdict.kind !== "ready" && verdict.kind !== "known") throw new Error(JSON.stringify(verdict));
      }
    }
  }
}

export function ids(pages: readonly { readonly id: PageId }[]): PageId[] {
  return pages.map(({ id }) => id);
}

/** All that there is to see of an index. */
export function shown({ index }: Pick<IndexPeer, "index">): unknown {
  const pages = [...index.list(), ...index.removed()];
  return {
    list: index.list(),
    removed: index.removed(),
    emptied: [...index.emptied()].sort(),
    moments: pages.map(({ id }) => [id, index.madeAt(id), index.removedAt(id)]),
  };
}

/** The same of a document that was saved and loaded again. */
export function reloaded(peer: IndexPeer): unknown {
  const again = createIndexPeer(999_999, Y.encodeStateAsUpdate(peer.doc));
  const seen = shown(again);
  again.close();
  return seen;
}
