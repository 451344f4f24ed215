/*
 * On which canvas each item is, as of when damage was last taken: from that follows what has to be painted when
 * it becomes another one.
 */
import { EVERYWHERE, unionOf, type Box } from "../../base/geometry.ts";
import type { Item, ItemId } from "../../board/document/board.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import type { ItemIndex } from "../../board/spatial/item-index.ts";
import { damageOf, type Damage, type ItemDamage } from "./damage.ts";
import type { FinishedItems } from "./finished-ink.ts";
import type { JoinedStrokes } from "./joined-strokes.ts";
import type { LiveInk } from "./live-ink.ts";
import type { TouchedItems } from "./touched-items.ts";

export interface ItemPlaces {
  /** Finds the canvas of items of which nothing has been painted. */
  takeNew(items: readonly Item[]): void;
  /** The same for items that something has become of; what is to be painted of finished ink. */
  take(ids: readonly ItemId[]): Damage;
}

export interface ItemPlacesDeps {
  readonly board: PreviewedBoard;
  readonly index: ItemIndex;
  readonly finished: FinishedItems;
  readonly joined: JoinedStrokes;
  readonly ink: LiveInk;
  readonly touched: TouchedItems;
  /** Whether an item belongs on the canvas of finished ink. */
  readonly belongs: (item: Item) => boolean;
  /** It is on neither canvas yet. */
  readonly isKeptBack: (id: ItemId) => boolean;
}

/** Where more items than this come at once, they are painted with all that is there. */
const MANY = 256;

export function createItemPlaces(deps: ItemPlacesDeps): ItemPlaces {
  const { board, index, finished, joined, ink, touched, belongs, isKeptBack } = deps;
  /** What was shown on the live canvas. */
  const live = new Set<ItemId>();

  const takeOne = (id: ItemId): ItemDamage => {
    const item = board.item(id);
    ink.follow(id);
    const wasLive = live.delete(id);
    const removed = finished.boxOf(id);
    const added = item && belongs(item) ? index.boxes.painted(item) : undefined;
    if (item && !added && !isKeptBack(id)) live.add(id);
    finished.set(id, added);
    // In which place the rest is painted may depend on it: whether it is there, and where in the order.
    if ((added === undefined) !== (removed === undefined) || touched.isAltered(id)) {
      for (const piece of joined.wholeOf(id)) touched.repaint(piece);
    }
    return added && removed && !touched.isAltered(id)
      ? { id, wasLive: false }
      : { id, added, removed, wasLive };
  };

  /** Where a stroke at rest is need not be known before it is painted. */
  const takeUnpainted = (item: Item): void => {
    const { id } = item;
    if (item.kind !== "stroke" || !belongs(item)) {
      takeOne(id);
      return;
    }
    ink.follow(id);
    live.delete(id);
    finished.setWhole(item);
  };

  /** Where so many have come; everywhere as long as that is still being found. */
  const takeMany = (ids: readonly ItemId[]): Box | undefined => {
    const isKnown = index.isKnown();
    let around: Box | undefined;
    for (const id of ids) {
      const item = board.item(id);
      if (item) takeUnpainted(item);
      if (isKnown) around = unionOf(around, finished.boxOf(id));
    }
    return isKnown ? around : EVERYWHERE;
  };

  return {
    takeNew(items) {
      for (const item of items) takeUnpainted(item);
    },
    take(ids) {
      const fresh = ids.filter((id) => !finished.has(id) && !live.has(id));
      const isMuch = fresh.length > MANY;
      const more = isMuch ? takeMany(fresh) : undefined;
      const came = isMuch ? new Set(fresh) : undefined;
      const others = came ? ids.filter((id) => !came.has(id)) : ids;
      const items = others.map(takeOne);
      const blended = new Set(others.filter((id) => joined.wholeOf(id).length > 0));
      const damage = damageOf(items, { repaint: touched.area(), joined: blended, ink: finished, board });
      return { ...damage, more };
    },
  };
}
