/*
 * What is selected, kept in step with a board that others change too.
 */
import { createEmitter } from "../base/emitter.ts";
import { unionOf, type Box, type Point } from "../base/geometry.ts";
import { cornersOf, IDENTITY, translation, type Matrix } from "../base/matrix.ts";
import type { Board, BoardChange, ItemId } from "../board/document/board.ts";
import { handlesOf, type Handle } from "./handles.ts";
import type { HitTest } from "./hit.ts";

/**
 * The items that the person has chosen, on this screen only. It follows the board: what is erased, or
 * on a layer that gets locked, is no longer selected; what somebody moves takes the box with it.
 */
export interface Selection {
  /** In the order of the board, bottom first. */
  ids(): readonly ItemId[];
  has(id: ItemId): boolean;
  /** Strokes are selected whole; what no tool may touch is passed over. */
  set(ids: readonly ItemId[]): void;
  /** A box around all of it, as the board has it; undefined where nothing is selected. */
  box(): Box | undefined;
  /** What the gesture under way does to it. */
  matrix(): Matrix;
  /** For the gesture under way. */
  setMatrix(matrix: Matrix): void;
  /** Where the corners of the box are, after that: nw, ne, se, sw. Empty where nothing is selected. */
  corners(): readonly Point[];
  /** Where the handles are, after that. Empty where nothing is selected. */
  handles(zoom: number): readonly Handle[];
  /** Other items, another box, or the gesture goes on. */
  onChange(listener: () => void): () => void;

  /** Each is one step of the history, and says whether it did anything. World units. */
  nudge(dx: number, dy: number): boolean;
  /** The copies, a little off, are selected instead. */
  duplicate(zoom: number): boolean;
  erase(): boolean;
  close(): void;
}

/** How far off a duplicate lies, in screen pixels. */
const BESIDE = 16;

export function createSelection({
  board,
  hits,
  onError,
}: {
  readonly board: Board;
  readonly hits: HitTest;
  readonly onError: (error: unknown) => void;
}): Selection {
  const changes = createEmitter<void>(onError);
  let chosen: ReadonlySet<ItemId> = new Set();
  let matrix = IDENTITY;
  /** In the order of the board; undefined: to be found out anew. */
  let ordered: readonly ItemId[] | undefined = [];
  let known: Box | undefined;

  const choose = (ids: readonly ItemId[]): void => {
    const selectable = board.whole(ids).filter((id) => {
      const item = board.item(id);
      return item && !hits.locked(item);
    });
    chosen = new Set(selectable);
    ordered = undefined;
    known = undefined;
    changes.emit();
  };

  const ids = (): readonly ItemId[] => (ordered ??= board.inOrder([...chosen]));

  const box = (): Box | undefined => {
    if (known) return known;
    for (const id of chosen) {
      const item = board.item(id);
      known = unionOf(known, item && hits.boxOf(item));
    }
    return known;
  };

  const follow = ({ shown, hidden, extended, altered, settings }: BoardChange): void => {
    if (chosen.size === 0) return;
    const concerns = (changed: readonly ItemId[]): boolean => changed.some((id) => chosen.has(id));
    // What is shown may be a further piece of a stroke that is selected.
    const all = [shown, hidden, extended, altered];
    if (settings || shown.length > 0 || all.some(concerns)) choose([...chosen]);
  };
  const unsubscribe = board.onChange(follow);

  return {
    ids,
    has: (id) => chosen.has(id),
    set: choose,
    box,
    matrix: () => matrix,
    setMatrix(next) {
      matrix = next;
      changes.emit();
    },
    corners() {
      const around = box();
      return around ? cornersOf(around, matrix) : [];
    },
    handles(zoom) {
      const around = box();
      return around ? handlesOf(around, matrix, zoom) : [];
    },
    onChange: (listener) => changes.on(listener),
    nudge: (dx, dy) => chosen.size > 0 && board.transform(ids(), translation(dx, dy)),
    duplicate(zoom) {
      if (chosen.size === 0) return false;
      const off = BESIDE / zoom;
      const copies = board.paste(board.copy(ids()), translation(off, off));
      choose(copies);
      return copies.length > 0;
    },
    erase: () => chosen.size > 0 && board.erase(ids()),
    close: unsubscribe,
  };
}
