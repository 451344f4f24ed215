import type * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import type { Size } from "../document/size.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import type { Changes, UndoStep } from "./changes.ts";
import type { HistoryHandle } from "./history.ts";
import type { OwnWork } from "./own-work.ts";
import type { Room } from "./room.ts";
import type { Touchable } from "./touchable.ts";

/** What the actions of a person have in common. */
export interface ActionDeps {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly reader: BoardReader;
  readonly changes: Changes;
  readonly work: OwnWork;
  readonly history: HistoryHandle;
  readonly touchable: Touchable;
  /** Runs a step of the history that only tells what it does; says whether it did anything. */
  step(act: (step: UndoStep) => void): boolean;
  /** Runs one that writes by itself too, `size` at most; says whether there was room for it. */
  make(size: Partial<Size>, act: (step: UndoStep) => void): boolean;
  readonly room: Pick<Room, "admits" | "admitsReserve">;
  /** Ink that waits goes into the document first. */
  flush(): void;
}
