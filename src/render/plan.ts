import { overlaps, unionOf, type Box } from "../base/geometry.ts";
import type { ItemId } from "../board/board.ts";

/** What is on the canvas of finished items, and what may have to change. */
export interface PaintState {
  /** All visible items, bottom first. */
  readonly items: readonly { readonly id: ItemId }[];
  /** What the canvas shows, with the place of each. */
  readonly painted: ReadonlyMap<ItemId, Box>;
  /** The items that may have to come or go. */
  readonly touched: ReadonlySet<ItemId>;
  /** The place of an item that belongs on the canvas; undefined: it does not belong there. */
  boxOf(id: ItemId): Box | undefined;
}

/**
 * - `append`: paint these, in this order, over what is there.
 * - `regions`: in each of these disjoint parts of the world, paint everything anew.
 */
export type Plan =
  | { readonly kind: "none" }
  | { readonly kind: "append"; readonly ids: readonly ItemId[] }
  | { readonly kind: "regions"; readonly boxes: readonly Box[] }
  | { readonly kind: "full" };

/** Above this, one pass over everything in view is cheaper than many over parts of it. */
const MAX_TOUCHED = 64;

/** The cheapest way to a canvas that looks as if all had been painted from scratch. */
export function planFinished(state: PaintState): Plan {
  if (state.touched.size > MAX_TOUCHED) return { kind: "full" };
  const added = new Map<ItemId, Box>();
  const removed: Box[] = [];
  for (const id of state.touched) {
    const before = state.painted.get(id);
    const box = state.boxOf(id);
    if (box && !before) added.set(id, box);
    else if (before && !box) removed.push(before);
  }
  if (added.size === 0 && removed.length === 0) return { kind: "none" };
  const ids = removed.length === 0 ? idsOnTop(state, added) : undefined;
  if (ids) return { kind: "append", ids };
  return { kind: "regions", boxes: disjoint([...removed, ...added.values()]) };
}

/** The added items, bottom first; undefined where something painted belongs above one of them. */
function idsOnTop(state: PaintState, added: ReadonlyMap<ItemId, Box>): ItemId[] | undefined {
  const ids: ItemId[] = [];
  const above: Box[] = [];
  // From the top: what was just drawn is usually there, whatever the size of the board.
  for (let i = state.items.length - 1; i >= 0 && ids.length < added.size; i--) {
    const { id } = state.items[i]!;
    const box = added.get(id);
    if (box) {
      if (above.some((other) => overlaps(other, box))) return undefined;
      ids.push(id);
    } else {
      const painted = state.painted.get(id);
      if (painted) above.push(painted);
    }
  }
  return ids.reverse();
}

/** Boxes that cover the given ones and do not overlap. */
export function disjoint(boxes: readonly Box[]): Box[] {
  const apart: Box[] = [];
  for (const box of boxes) {
    let grown = box;
    // A box that grew may reach further ones, so the search starts again.
    for (let i = 0; i < apart.length;) {
      if (overlaps(apart[i]!, grown)) {
        grown = unionOf(apart[i], grown)!;
        apart.splice(i, 1);
        i = 0;
      } else {
        i++;
      }
    }
    apart.push(grown);
  }
  return apart;
}
