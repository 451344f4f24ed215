import type * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import type { Changes, UndoStep } from "./changes.ts";
import type { HistoryHandle } from "./history.ts";
import type { Touchable } from "./touchable.ts";

/** What the actions of a person have in common. */
export interface ActionDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly reader: BoardReader;
  readonly changes: Changes;
  readonly history: HistoryHandle;
  readonly touchable: Touchable;
  /** Runs a step of the history; says whether it did anything. */
  step(act: (step: UndoStep) => void): boolean;
  /** Ink that waits goes into the document first. */
  flush(): void;
}
