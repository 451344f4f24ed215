import * as Y from "yjs";
import { causalChunks } from "../board/document/chunks.ts";
import { stateVectorOf } from "../board/document/state.ts";
import type { Guard } from "../board/guard/guard.ts";
import { applyAll } from "../board/storage/apply.ts";
import { unsyncedWrites } from "../board/writing/rescue.ts";
import type { BoardHandle } from "../board/yjs-board.ts";

/** What a document has that may not be stored: for the one that is opened in its place. Also after closing. */
export interface UnstoredWork {
  /** Adds to a loaded document what this one has beyond it. */
  addTo(doc: Y.Doc, guard: Guard): void;
  /** After that: draws this page's ink again where the other document did not take it. */
  redrawIn(doc: Y.Doc, handle: Pick<BoardHandle, "replay">): void;
}

/** The same of a board: of its first page, and of what else of it is in memory, by the numbers on the wire. */
export interface UnstoredBoard {
  readonly first: UnstoredWork;
  readonly further: Map<number, UnstoredWork>;
}

/**
 * `before`: of a document in whose place this one is, as far as that was not taken over yet. `attempt`: of a broken
 * document anything may fail.
 */
export function unstoredOf(
  doc: Y.Doc,
  before: () => UnstoredWork | undefined,
  attempt: (part: () => void) => void,
): UnstoredWork {
  return {
    addTo(next, itsGuard) {
      // A board that broke while it was loaded has not taken over anything yet.
      before()?.addTo(next, itsGuard);
      attempt(() => {
        // In pieces as small as they get: of a broken document some may be refused.
        applyAll(itsGuard, causalChunks(doc, stateVectorOf(next), false, 1));
      });
    },
    redrawIn(next, handle) {
      before()?.redrawIn(next, handle);
      attempt(() => handle.replay(unsyncedWrites(doc, doc.clientID, Y.getState(next.store, doc.clientID))));
    },
  };
}
