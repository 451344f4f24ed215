import type * as Y from "yjs";
import type { Point } from "../base/geometry.ts";
import { arrivedBefore } from "./document/arrival.ts";
import type { Arrival } from "./document/arrival.ts";
import type { Board, Step } from "./document/board.ts";
import { createBoardActions } from "./writing/board-actions.ts";
import { createPast } from "./memory/past.ts";
import { createPictureList } from "./reading/picture-list.ts";
import type { MadePicture } from "./reading/picture-list.ts";
import { createBoardReader } from "./reading/board-reader.ts";
import { createChanges } from "./writing/changes.ts";
import { inPaintingOrder } from "./reading/painting-order.ts";
import { rootsOf } from "./document/document.ts";
import { SIZE_LIMITS, trackSize } from "./document/size.ts";
import type { SizeLimits, SizeTracker } from "./document/size.ts";
import { createHistory } from "./writing/history.ts";
import { createInkWriter } from "./writing/ink-writer.ts";
import { createItemMaker } from "./writing/item-maker.ts";
import { rangesOf } from "./writing/ranges.ts";
import { newWork } from "./writing/own-work.ts";
import type { OwnWork } from "./writing/own-work.ts";
import { createRefusedStroke } from "./writing/refused-stroke.ts";
import { replayWrites } from "./writing/rescue.ts";
import type { UnsyncedWrites } from "./writing/rescue.ts";
import { A_STEP_BACK, A_STROKE, createRoom } from "./writing/room.ts";
import type { Room } from "./writing/room.ts";
import { createSessionWriter } from "./writing/session-writer.ts";
import type { TimePorts } from "./writing/session-writer.ts";
import type { Moments } from "./reading/moments.ts";

export interface BoardDeps {
  /** Loaded, or being loaded (`arrival`), with this session's clientID assigned. */
  readonly doc: Y.Doc;
  /** What this session has done on the page: where that was in memory before (writing/own-work.ts). */
  readonly work?: OwnWork | undefined;
  /** What tells when things are done. */
  readonly time: TimePorts;
  /** Whether the session that draws under this clientID is open somewhere now. */
  isPresent(client: number): boolean;
  onError(error: unknown): void;
  /** Of the board's size. */
  readonly limits?: SizeLimits;
  /** How much is on the board, where somebody follows that already, as SizeTracker has it. */
  readonly size?: SizeTracker["size"];
  /** Of a document that is still being loaded. */
  readonly arrival?: Arrival;
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
  /** For the document that the page is read into after this one has left the memory. */
  readonly work: OwnWork;
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
  /** All pictures, erased ones too. */
  pictures(): Iterable<MadePicture>;
  /** When what is on the board was done. */
  readonly moments: Moments;
  /** Clears of other sessions hide something since now; says which sessions, once for all that comes in one go. */
  onForeignClear(listener: (clients: readonly number[]) => void): () => void;
  /** What there is to tell of how full the board is. */
  readonly room: Pick<Room, "news" | "onNews" | "share">;
  close(): void;
}

/** The board of a document. */
export function createBoard({ doc, time, isPresent, onError, ...given }: BoardDeps): BoardHandle {
  const roots = rootsOf(doc);
  const tracker = given.size ? undefined : trackSize(doc);
  const { size = tracker!.size, limits = SIZE_LIMITS, arrival = arrivedBefore(), work = newWork() } = given;
  const room = createRoom({ doc, limits, size, onError });
  const reader = createBoardReader({ doc, roots, arrival, onError });
  const { list, attributes } = reader;
  const session = createSessionWriter({ state: work.session, doc, roots, time });
  const maker = createItemMaker({ state: work, roots, layers: attributes.layers, session });
  const changes = createChanges({ doc, roots, reader, session, work });
  const handle = createHistory({
    state: work.history,
    entries: changes.entries,
    hasRoom: () => room.admitsReserve(A_STEP_BACK),
    onError,
  });
  const writer = createInkWriter({
    maker,
    underWay: work.underWay,
    transact: changes.transact,
    mayGoOn: () => room.admitsReserve(A_STROKE),
    onError,
  });
  const { step, replaced, bringBack, ...actions } = createBoardActions({
    doc,
    roots,
    reader,
    changes,
    work,
    history: handle,
    maker,
    isPresent,
    room,
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
    arrival,
    noRoomFor: room.noRoomFor,
    layers: attributes.layers,
    startStroke: (header) =>
      room.admits(A_STROKE)
        ? writer.start(header, {
            done: (ids) => void step((act) => act.made(rangesOf(ids))),
            replaced,
          })
        : createRefusedStroke(header),
    lookBack() {
      // Ink that waits is part of it.
      writer.flush();
      const { recall, ...past } = createPast({ doc, roots, reader, calendar: time.calendar, onError });
      return { ...past, bringBack: (ids) => bringBack(recall(ids)) };
    },
    history: {
      ...history,
      undo: () => withOthers(history.undo()),
      redo: () => withOthers(history.redo()),
    },
    revocable: handle.revocable,
  };

  return {
    board,
    work,
    flush: writer.flush,
    hold: reader.hold,
    onPending: writer.onPending,
    isDrawing: (client) => list.newestOf(client)?.stroke?.ended === false,
    tipOf: (client) => list.newestOf(client)?.stroke?.points.at(-1),
    strokesBeyond: list.countBeyond,
    replay: (lost) => replayWrites({ doc, maker, session, transact: changes.transact }, lost),
    pictures: createPictureList(list, reader.cover.hides),
    moments: reader.moments,
    onForeignClear: reader.onForeignClear,
    room,
    close() {
      handle.close();
      reader.close();
      room.close();
      tracker?.close();
    },
  };
}
