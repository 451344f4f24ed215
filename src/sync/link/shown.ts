import * as Y from "yjs";
import { stateVectorOf } from "../../board/document/state.ts";
import type { StateVector } from "../../board/document/state.ts";

/** How much of the document the board shows. */
export interface Shown {
  /** The first clock of a session that is not shown. */
  written(session: number): number;
  /** While held, once or several times over, what is applied is not shown. */
  hold(on: boolean): void;
  /** This page itself changed the document: all that was held back is shown with that. */
  ownChange(): void;
}

/** `hold`: of the board. */
export function createShown(doc: Y.Doc, hold: (on: boolean) => void): Shown {
  let holds = 0;
  let before: StateVector | undefined;
  return {
    written: (session) => (before ? (before.get(session) ?? 0) : Y.getState(doc.store, session)),
    hold(on) {
      holds += on ? 1 : -1;
      if (holds === 0) before = undefined;
      else before ??= stateVectorOf(doc);
      hold(on);
    },
    ownChange() {
      if (before) before = stateVectorOf(doc);
    },
  };
}
