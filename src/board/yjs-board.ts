import type * as Y from "yjs";
import type { Point } from "../base/geometry.ts";
import type { Board } from "./document/board.ts";
import { createBoardActions } from "./writing/board-actions.ts";
import { createBoardReader } from "./reading/board-reader.ts";
import { inPaintingOrder } from "./reading/painting-order.ts";
import { createChanges, rangesOf } from "./writing/changes.ts";
import { rootsOf } from "./document/document.ts";
import { createHistory } from "./writing/history.ts";
import { createInkWriter } from "./writing/ink-writer.ts";
import { createLayerActions } from "./writing/layer-actions.ts";

export interface BoardDeps {
  /** Loaded, with this session's clientID assigned. */
  readonly doc: Y.Doc;
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
   * While held, by as many as asked for it, contacts' changes are not announced and not in `items`; a
   * local change announces everything.
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
  /** Another session's clear hides something since now; says which session. */
  onForeignClear(listener: (client: number) => void): () => void;
  close(): void;
}

/** The board of a document. */
export function createBoard({ doc, isPresent, onError }: BoardDeps): BoardHandle {
  const roots = rootsOf(doc);
  const reader = createBoardReader({ doc, roots, onError });
  const { list } = reader;
  const changes = createChanges({ doc, roots, cover: reader.cover });
  const handle = createHistory(onError);
  const writer = createInkWriter({
    items: roots.items,
    transact: changes.transact,
    placed: (text) => place(text),
    onError,
  });
  const { step, place, replaced, ...actions } = createBoardActions({
    doc,
    roots,
    reader,
    changes,
    history: handle,
    isPresent,
    flush: writer.flush,
  });
  const layers = createLayerActions({ own: doc, layers: reader.attributes.layers, step });

  const board: Board = {
    ...actions,
    ...layers,
    items: reader.items,
    item: reader.item,
    inOrder: (ids) => inPaintingOrder(ids, list, reader.attributes, reader.stacks),
    isEmpty: reader.isEmpty,
    onChange: reader.onChange,
    layers: reader.attributes.layers,
    startStroke: (header) =>
      writer.start(header, {
        done: (ids) => void step((gesture) => gesture.made(rangesOf(ids))),
        replaced,
      }),
    history: handle.history,
  };

  return {
    board,
    flush: writer.flush,
    hold: reader.hold,
    onPending: writer.onPending,
    isDrawing: (client) => list.newestOf(client)?.stroke?.ended === false,
    tipOf: (client) => list.newestOf(client)?.stroke?.points.at(-1),
    strokesBeyond: list.countBeyond,
    onForeignClear: reader.onForeignClear,
    close: reader.close,
  };
}
