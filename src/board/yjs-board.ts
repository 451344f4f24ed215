import type * as Y from "yjs";
import type { Point } from "../base/geometry.ts";
import type { Board, Step } from "./document/board.ts";
import { createBoardActions } from "./writing/board-actions.ts";
import { createBoardReader } from "./reading/board-reader.ts";
import { createChanges } from "./writing/changes.ts";
import { inPaintingOrder } from "./reading/painting-order.ts";
import { rootsOf } from "./document/document.ts";
import { createHistory } from "./writing/history.ts";
import { createInkWriter } from "./writing/ink-writer.ts";
import { createItemMaker } from "./writing/item-maker.ts";
import { rangesOf } from "./writing/ranges.ts";
import { replayWrites } from "./writing/rescue.ts";
import type { UnsyncedWrites } from "./writing/rescue.ts";
import { createSessionWriter } from "./writing/session-writer.ts";
import type { TimePorts } from "./writing/session-writer.ts";
import type { Moments } from "./reading/moments.ts";

export interface BoardDeps {
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
  /** What tells when things are done. */
  readonly time: TimePorts;
  /** Whether the session that draws under this clientID is open somewhere now. */
  isPresent(client: number): boolean;
  onError(error: unknown): void;
}

/** What the session holds; tools and user interface get only the `board`. */
export interface BoardHandle {
  readonly board: Board;
  /** Writes the ink that waits into the document, as one transaction. */
  flush(): void;
  /**
   * While held, by as many as asked for it, contacts' changes are not announced and not shown; a local change
   * announces everything. Whatever a person does meanwhile is done to what is shown.
   */
  hold(on: boolean): void;
  /** Ink waits for a flush: `now` where a stroke ended. */
  onPending(listener: (urgency: "soon" | "now") => void): () => void;
  /** The session's newest stroke has not ended. */
  isDrawing(client: number): boolean;
  /** Where the session's newest stroke ends. */
  tipOf(client: number): Point | undefined;
  /** How many of a session's strokes somebody lacks, wholly or in part, who has so many clocks of it. */
  strokesBeyond(client: number, clock: number): number;
  /** Does once more what another session lost (writing/rescue.ts). */
  replay(lost: UnsyncedWrites): void;
  /** When what is on the board was done. */
  readonly moments: Moments;
  /** Clears of other sessions hide something since now; says which sessions, once for all that comes in one go. */
  onForeignClear(listener: (clients: readonly number[]) => void): () => void;
  close(): void;
}

/** The board of a document. */
export function createBoard({ doc, time, isPresent, onError }: BoardDeps): BoardHandle {
  const roots = rootsOf(doc);
  const reader = createBoardReader({ doc, roots, onError });
  const { list, attributes } = reader;
  const session = createSessionWriter({ doc, roots, time });
  const maker = createItemMaker({ roots, layers: attributes.layers, session });
  const changes = createChanges({ doc, roots, reader, session });
  const handle = createHistory(onError);
  const writer = createInkWriter({ maker, transact: changes.transact, onError });
  const { step, replaced, ...actions } = createBoardActions({
    doc,
    roots,
    reader,
    changes,
    history: handle,
    maker,
    isPresent,
    flush: writer.flush,
  });

  /** That another has changed the same is not told before that is shown. */
  function withOthers(came: Step): Step {
    if (came === "skipped") changes.transact(() => undefined);
    return came;
  }

  const { history } = handle;
  const board: Board = {
    ...actions,
    undoClear: () => withOthers(actions.undoClear()),
    items: reader.items,
    item: reader.item,
    isEmpty: reader.isEmpty,
    inOrder: (ids) => inPaintingOrder(ids, list, reader.attributes, reader.stacks),
    onChange: reader.onChange,
    layers: attributes.layers,
    startStroke: (header) =>
      writer.start(header, {
        done: (ids) => void step((act) => act.made(rangesOf(ids))),
        replaced,
      }),
    history: {
      ...history,
      undo: () => withOthers(history.undo()),
      redo: () => withOthers(history.redo()),
    },
    revocable: handle.revocable,
  };

  return {
    board,
    flush: writer.flush,
    hold: reader.hold,
    onPending: writer.onPending,
    isDrawing: (client) => list.newestOf(client)?.stroke?.ended === false,
    tipOf: (client) => list.newestOf(client)?.stroke?.points.at(-1),
    strokesBeyond: list.countBeyond,
    replay: (lost) => replayWrites({ doc, maker, session, transact: changes.transact }, lost),
    moments: reader.moments,
    onForeignClear: reader.onForeignClear,
    close: reader.close,
  };
}
