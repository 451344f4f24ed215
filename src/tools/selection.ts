/*
 * What is selected, kept in step with a board that others change too.
 */
import { createEmitter } from "../base/emitter.ts";
import { unionOf, type Box, type Point } from "../base/geometry.ts";
import { cornersOf, IDENTITY, invert, multiply, translation, type Matrix } from "../base/matrix.ts";
import type { Board, BoardChange, ItemId, TextItem } from "../board/document/board.ts";
import { axesOf, type Frame } from "./frame.ts";
import { handlesOf, type Handle } from "./handles.ts";
import type { HitTest } from "./hit.ts";

/**
 * The items that the person has chosen, on this screen only. It follows the board: what is erased, or
 * on a layer that gets locked, is no longer selected; what somebody moves takes the frame with it.
 */
export interface Selection {
  /** In the order of the board, bottom first. */
  ids(): readonly ItemId[];
  has(id: ItemId): boolean;
  /** Strokes are selected whole; what no tool may touch is passed over. */
  set(ids: readonly ItemId[]): void;
  /** Around all of it, as the board has it; undefined where nothing is selected. */
  frame(): Frame | undefined;
  /** The text, where nothing but words is selected, and on no note. */
  words(): TextItem | undefined;
  /** What the gesture under way does to it. */
  matrix(): Matrix;
  /** For the gesture under way. */
  setMatrix(matrix: Matrix): void;
  /** Where the corners of the frame are, after that: nw, ne, se, sw. Empty where nothing is selected. */
  corners(): readonly Point[];
  /** Where the handles are, after that. Empty where nothing is selected. */
  handles(zoom: number): readonly Handle[];
  /** Other items, another frame, or the gesture goes on. */
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
  let known: Frame | undefined;

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

  const frame = (): Frame | undefined => {
    if (known) return known;
    const items = [...chosen].flatMap((id) => board.item(id) ?? []);
    const { axes, stretches } = axesOf(items);
    const along = invert(axes) ?? IDENTITY;
    let box: Box | undefined;
    for (const item of items) box = unionOf(box, hits.boxOf(item, along));
    known = box && { axes, box, stretches };
    return known;
  };

  const words = (): TextItem | undefined => {
    const [only] = chosen;
    const item = chosen.size === 1 && only !== undefined ? board.item(only) : undefined;
    return item?.kind === "text" && !item.size ? item : undefined;
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
    frame,
    words,
    matrix: () => matrix,
    setMatrix(next) {
      matrix = next;
      changes.emit();
    },
    corners() {
      const around = frame();
      return around ? cornersOf(around.box, multiply(matrix, around.axes)) : [];
    },
    handles(zoom) {
      const around = frame();
      return around ? handlesOf(around, matrix, zoom, words() !== undefined) : [];
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
