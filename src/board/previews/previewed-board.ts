import type { Matrix } from "../../base/matrix.ts";
import type { Board, BoardChange, Item, ItemId, LayerId, PathRange, TextItem } from "../document/board.ts";
import { partlyErased } from "./partly-erased.ts";
import type { Preview } from "./preview.ts";
import {
  NO_EFFECTS,
  previewEffects,
  type PreviewEffects,
  type Previewed,
  type WidthPreview,
} from "./preview-effects.ts";

export interface PreviewedChange extends BoardChange {
  /** Items that gestures take elsewhere than before, or nowhere any more. */
  readonly moved: readonly ItemId[];
}

/**
 * A board as it will be when everybody's gestures end: what is under an eraser is gone, a shape on its
 * way is an item that has not ended, on top of all. Items that a gesture moves are as they are; where
 * they are shown is told apart, so that moving many costs little.
 */
export interface PreviewedBoard extends Pick<
  Board,
  "items" | "item" | "inOrder" | "layers" | "background" | "arrival"
> {
  onChange(listener: (change: PreviewedChange) => void): () => void;
  /**
   * What `who` is doing now, in place of what it was before; `layer`: where a shape will be, as far as
   * that is known. The light of a laser is not for boards.
   */
  setPreview(who: string, preview: Preview | undefined, layer?: LayerId): void;
  /** Where gestures take an item from where it is; undefined: nowhere. */
  movedBy(id: ItemId): Matrix | undefined;
  close(): void;
}

const NO_CHANGE: PreviewedChange = {
  origin: "local",
  by: [],
  shown: [],
  extended: [],
  hidden: [],
  altered: [],
  settings: false,
  moved: [],
};

/** What is to be known of a board to show previews on it. */
type ShownBoard = Pick<
  Board,
  "arrival" | "items" | "item" | "inOrder" | "layers" | "background" | "onChange"
>;

export function createPreviewedBoard(board: ShownBoard): PreviewedBoard {
  const listeners = new Set<(change: PreviewedChange) => void>();
  const previews = new Map<string, Previewed>();
  let effects: PreviewEffects = NO_EFFECTS;
  let items: readonly Item[] | undefined;
  /** What is left of items under an eraser, and texts that get another width. */
  let leftovers = new Map<ItemId, Item>();

  const announce = (change: PreviewedChange): void => {
    const { shown, extended, hidden, altered, moved, settings } = change;
    if (shown.length + extended.length + hidden.length + altered.length + moved.length > 0 || settings) {
      for (const listener of listeners) listener(change);
    }
  };

  const altered = (item: Item): Item => {
    const made = leftovers.get(item.id) ?? alteredBy(effects, item);
    if (made !== item) leftovers.set(item.id, made);
    return made;
  };

  const allItems = (): readonly Item[] => {
    const { erased, cuts, shapes, widths } = effects;
    const all = board.items();
    if (erased.size + cuts.size + shapes.size + widths.size === 0) return all;
    return [...all.filter(({ id }) => !erased.has(id)).map(altered), ...shapes.values()];
  };

  const isThere = (id: ItemId): boolean => board.item(id) !== undefined;

  const recompute = (): PreviewedChange => {
    const before = effects;
    effects = previewEffects(previews.values());
    items = undefined;
    const { erased, moves, shapes } = effects;
    const others = otherwise(before, effects);
    // Also of what is erased now: it may come back otherwise.
    for (const id of others) leftovers.delete(id);
    const recut = others.filter((id) => isThere(id) && !erased.has(id));
    const reshaped = changedKeys(before.shapes, shapes, (a, b) => a === b);
    return {
      ...NO_CHANGE,
      shown: [
        ...[...before.erased].filter((id) => !erased.has(id) && isThere(id)),
        ...reshaped.filter((id) => !before.shapes.has(id)),
      ],
      hidden: [
        ...[...erased].filter((id) => !before.erased.has(id) && isThere(id)),
        ...reshaped.filter((id) => !shapes.has(id)),
      ],
      altered: [...recut, ...reshaped.filter((id) => before.shapes.has(id) && shapes.has(id))],
      moved: changedKeys(before.moves, moves, (a, b) => a === b).filter(isThere),
    };
  };

  /**
   * What was moved in earnest is where its gesture has taken it: taken there once more it would jump,
   * until the news that the gesture has ended is here too.
   */
  const letGo = (others: readonly ItemId[]): readonly ItemId[] => {
    let some = false;
    for (const { preview, grabbed, settled } of previews.values()) {
      if (preview.kind !== "transform" && preview.kind !== "width") continue;
      for (const id of others) {
        const before = grabbed.get(id);
        const after = board.item(id);
        if (!before || !after || isSamePlace(before, after)) continue;
        settled.add(id);
        some = true;
      }
    }
    return some ? recompute().moved : [];
  };

  const stop = board.onChange((change) => {
    items = undefined;
    for (const id of [...change.altered, ...change.hidden]) leftovers.delete(id);
    const seen = (ids: readonly ItemId[]): readonly ItemId[] =>
      effects.erased.size === 0 ? ids : ids.filter((id) => !effects.erased.has(id));
    announce({
      ...change,
      moved: letGo(change.altered),
      shown: seen(change.shown),
      extended: seen(change.extended),
      hidden: seen(change.hidden),
      altered: seen(change.altered),
    });
  });

  return {
    arrival: board.arrival,
    items: () => (items ??= allItems()),
    item(id) {
      if (effects.erased.has(id)) return undefined;
      const item = board.item(id);
      return item ? altered(item) : effects.shapes.get(id);
    },
    // A shape on its way is on no board, so it comes last, on top.
    inOrder: (ids) => board.inOrder(ids),
    layers: () => board.layers(),
    background: () => board.background(),
    onChange(listener) {
      const own = (change: PreviewedChange): void => listener(change);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    setPreview(who, preview, layer) {
      if (preview) previews.set(who, { ...previewed(who, preview, board), layer });
      else if (!previews.delete(who)) return;
      announce(recompute());
    },
    movedBy: (id) => effects.moves.get(id),
    close() {
      stop();
      listeners.clear();
      previews.clear();
      leftovers = new Map();
    },
  };
}

/** With the items as they were when the gesture took hold of them. */
function previewed(who: string, preview: Preview, board: ShownBoard): Omit<Previewed, "layer"> {
  const grabbed = new Map<ItemId, Item>();
  if (preview.kind === "transform" || preview.kind === "width") {
    for (const id of preview.kind === "width" ? [preview.id] : preview.ids) {
      const item = board.item(id);
      if (item) grabbed.set(id, item);
    }
  }
  return { who, preview, grabbed, settled: new Set() };
}

/** Whose ink or lines are others. */
function otherwise(before: PreviewEffects, after: PreviewEffects): ItemId[] {
  const cut = changedKeys(before.cuts, after.cuts, sameRanges);
  return [...cut, ...changedKeys(before.widths, after.widths, (a, b) => a === b)];
}

function alteredBy({ widths, cuts }: PreviewEffects, item: Item): Item {
  if (item.kind === "picture") return item;
  if (item.kind === "text") {
    const width = widths.get(item.id);
    return width ? ofWidth(item, width) : item;
  }
  const ranges = cuts.get(item.id);
  return ranges ? partlyErased(item, ranges) : item;
}

function ofWidth(item: TextItem, { width, matrix }: WidthPreview): TextItem {
  return { ...item, matrix, attributes: { ...item.attributes, width } };
}

function changedKeys<T>(
  before: ReadonlyMap<ItemId, T>,
  after: ReadonlyMap<ItemId, T>,
  same: (a: T, b: T) => boolean,
): ItemId[] {
  const changed: ItemId[] = [];
  for (const [id, value] of before) {
    const next = after.get(id);
    if (next === undefined || !same(value, next)) changed.push(id);
  }
  for (const id of after.keys()) if (!before.has(id)) changed.push(id);
  return changed;
}

function sameRanges(a: readonly PathRange[], b: readonly PathRange[]): boolean {
  return a.length === b.length && a.every(({ from, to }, i) => from === b[i]!.from && to === b[i]!.to);
}

function isSamePlace(a: Item, b: Item): boolean {
  if (a.kind === "text") {
    return b.kind === "text" && sameMatrix(a.matrix, b.matrix) && a.attributes.width === b.attributes.width;
  }
  if (a.kind === "picture") return b.kind === "picture" && sameMatrix(a.matrix, b.matrix);
  if (b.kind !== "stroke") return false;
  return [0, 1].every((i) => a.points[i]?.x === b.points[i]?.x && a.points[i]?.y === b.points[i]?.y);
}

function sameMatrix(a: Matrix, b: Matrix): boolean {
  return a.a === b.a && a.b === b.b && a.c === b.c && a.d === b.d && a.e === b.e && a.f === b.f;
}
