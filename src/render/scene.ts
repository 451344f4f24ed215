import { overlaps, type Box } from "../base/geometry.ts";
import type { Board, BoardChange, Item, ItemId } from "../board/board.ts";
import { createReveal } from "./reveal.ts";
import { boxOf, createGrowingShape, createShapeCache, type GrowingShape, type Shape } from "./shapes.ts";
import { createSpatialIndex } from "./spatial-index.ts";

/**
 * What of a board belongs on which canvas: visible items that are finished on the one, items under
 * a contact's pen on the other. An item that a preview stands for is on neither.
 */
export interface Scene {
  apply(change: BoardChange): void;
  /** The items that previews stand for. */
  setPreviewed(ids: ReadonlySet<ItemId>): void;
  /** What became of finished ink since the last call. The caller carries it out. */
  takeDamage(): Damage;
  /** The items that may touch `box`, of those that are finished, bottom first. */
  finishedIn(box: Box): readonly ItemId[];
  isFinished(id: ItemId): boolean;
  finished(id: ItemId): Shape | undefined;
  /** Unfinished items, bottom first, as much of them as is to be shown now. */
  unfinished(): Shape[];
  /** What is shown will become different by itself. */
  flowing(): boolean;
  /** A shape that was made for a preview of the item. */
  adopt(id: ItemId, shape: GrowingShape): void;
  /** A box around every visible item; undefined where there is none. */
  bounds(): Box | undefined;
}

export interface Damage {
  /** Paint these, in this order, over what is there. */
  readonly added: readonly { readonly id: ItemId; readonly box: Box }[];
  /** In each of these parts of the world, paint everything anew. */
  readonly boxes: readonly Box[];
  /** Items that have come, where they are few: each of them may have been on the other canvas before. */
  readonly come: readonly ItemId[];
}

/** With more than this, painting anew what they touch, a little at a time, beats painting each at once. */
const MAX_ADDED = 16;

export function createScene(board: Board, now: () => number): Scene {
  const shapes = createShapeCache();
  const reveal = createReveal(now);
  const growingShapes = new Map<ItemId, GrowingShape>();
  /** Every visible item, with its place in the order. */
  const all = createSpatialIndex<ItemId>();
  const finishedOnes = createSpatialIndex<ItemId>();
  const order = new Map<ItemId, number>();
  /** The other way round. Numbers of items that are gone stay unused. */
  let numbered: ItemId[] = [];
  let touched = new Set<ItemId>();
  const growing = new Set<ItemId>();
  let previewed: ReadonlySet<ItemId> = new Set();

  const belongs = (item: Item): boolean => item.ended && !previewed.has(item.id) && !reveal.holds(item.id);

  const byOrder = (a: ItemId, b: ItemId): number => order.get(a)! - order.get(b)!;

  /** Usually they are the last in the order; else everybody gets a new number. */
  const number = (shown: readonly ItemId[]): void => {
    const items = board.items();
    const fresh = new Set(shown);
    let first = items.length;
    while (first > 0 && fresh.has(items[first - 1]!.id)) first--;
    if (items.length - first < fresh.size) {
      order.clear();
      numbered = [];
      first = 0;
    }
    for (let i = first; i < items.length; i++) order.set(items[i]!.id, numbered.push(items[i]!.id) - 1);
  };

  const place = (id: ItemId): void => {
    const item = board.item(id);
    const box = item && boxOf(item);
    if (box) all.set(id, box);
    else all.delete(id);
  };

  const isOnTop = (id: ItemId, box: Box): boolean => {
    const own = order.get(id)!;
    return finishedOnes.within(box).every((other) => order.get(other)! <= own);
  };

  const takeItem = (id: ItemId): { readonly added?: Box; readonly removed?: Box } => {
    const item = board.item(id);
    if (item && !item.ended) growing.add(id);
    else if (!item || !reveal.holds(id)) {
      const shape = growingShapes.get(id);
      if (item && shape) shapes.adopt(id, shape);
      growing.delete(id);
      growingShapes.delete(id);
      reveal.forget(id);
    }
    const before = finishedOnes.get(id);
    const after = item && belongs(item) ? all.get(id) : undefined;
    if (after && !before) {
      finishedOnes.set(id, after);
      return { added: after };
    }
    if (!before || after) return {};
    finishedOnes.delete(id);
    return { removed: before };
  };

  const start = (): void => {
    number(board.items().map(({ id }) => id));
    for (const item of board.items()) {
      place(item.id);
      takeItem(item.id);
    }
  };
  start();

  return {
    apply({ origin, shown, extended, hidden }) {
      if (shown.length > 0) number(shown);
      for (const id of shown) {
        place(id);
        touched.add(id);
      }
      for (const id of hidden) {
        all.delete(id);
        order.delete(id);
        touched.add(id);
        shapes.forget(id);
        reveal.forget(id);
      }
      for (const id of extended) {
        place(id);
        if (board.item(id)?.ended !== false) touched.add(id);
      }
      if (origin !== "remote") return;
      for (const id of [...shown, ...extended]) {
        const item = board.item(id);
        if (item && (!item.ended || growing.has(id))) reveal.arrived(id, item.points.length);
        if (item?.ended === false) touched.add(id);
      }
    },
    setPreviewed(ids) {
      for (const id of ids) if (!previewed.has(id)) touched.add(id);
      for (const id of previewed) if (!ids.has(id)) touched.add(id);
      previewed = ids;
    },
    takeDamage() {
      for (const id of reveal.settle()) if (board.item(id)?.ended !== false) touched.add(id);
      const added: ItemId[] = [];
      const boxes: Box[] = [];
      for (const id of touched) {
        const change = takeItem(id);
        if (change.added) added.push(id);
        if (change.removed) boxes.push(change.removed);
      }
      touched = new Set();
      added.sort(byOrder);
      const placed = added.map((id) => ({ id, box: finishedOnes.get(id)! }));
      const few = placed.length <= MAX_ADDED;
      const onTop = placed.filter(
        ({ id, box }) => few && isOnTop(id, box) && !boxes.some((other) => overlaps(other, box)),
      );
      const below = placed.filter((each) => !onTop.includes(each));
      return {
        added: onTop,
        boxes: [...boxes, ...below.map(({ box }) => box)],
        come: few ? added : [],
      };
    },
    isFinished: (id) => finishedOnes.get(id) !== undefined,
    finishedIn(box) {
      // Numbers by themselves sort many times faster than by a comparison.
      const numbers = Float64Array.from(finishedOnes.within(box), (id) => order.get(id)!).sort();
      return Array.from(numbers, (each) => numbered[each]!);
    },
    finished(id) {
      const item = board.item(id);
      return item && shapes.shapeOf(item);
    },
    unfinished() {
      const found: Shape[] = [];
      for (const id of [...growing].sort(byOrder)) {
        const item = board.item(id);
        if (!item || previewed.has(id) || finishedOnes.get(id)) continue;
        let shape = growingShapes.get(id);
        if (!shape) growingShapes.set(id, (shape = createGrowingShape(item.header)));
        found.push(shape.update(reveal.shown(id, item.points)));
      }
      return found;
    },
    flowing: () => !reveal.resting(),
    adopt: (id, shape) => shapes.adopt(id, shape),
    bounds: () => all.bounds(),
  };
}
