import { overlaps, unionOf, type Box } from "../base/geometry.ts";
import type { Board, BoardChange, Item, ItemId } from "../board/board.ts";
import { planFinished, type Plan } from "./plan.ts";
import { createShapeCache, type Shape } from "./shapes.ts";

/**
 * What of a board belongs on which canvas: visible items that are finished on the one, items under
 * a contact's pen on the other. An item that a preview stands for is on neither.
 */
export interface Scene {
  apply(change: BoardChange): void;
  /** The items that previews stand for. */
  setPreviewed(ids: ReadonlySet<ItemId>): void;
  /** The canvas of finished items shows nothing of use any more. */
  invalidate(): void;
  /** `takePlan` would have something to say. */
  pending(): boolean;
  /** How to bring the canvas of finished items up to date. The caller carries it out. */
  takePlan(): Plan;
  /** Finished items that may touch `box`, bottom first. */
  finishedIn(box: Box): Shape[];
  finished(id: ItemId): Shape | undefined;
  /** Unfinished items, bottom first. */
  unfinished(): Shape[];
  /** A box around every visible item; undefined where there is none. */
  bounds(): Box | undefined;
}

export function createScene(board: Board): Scene {
  const shapes = createShapeCache();
  const painted = new Map<ItemId, Box>();
  const touched = new Set<ItemId>();
  let growing: ItemId[] = [];
  let previewed: ReadonlySet<ItemId> = new Set();
  let all = true;

  const isFinished = (item: Item): boolean => item.ended && !previewed.has(item.id);

  const finished = (id: ItemId): Shape | undefined => {
    const item = board.item(id);
    return item && isFinished(item) ? shapes.shapeOf(item) : undefined;
  };

  const paintAll = (): void => {
    painted.clear();
    growing = [];
    for (const item of board.items()) {
      if (!item.ended) growing.push(item.id);
      const box = isFinished(item) ? shapes.shapeOf(item).box() : undefined;
      if (box) painted.set(item.id, box);
    }
  };

  const findGrowing = (): void => {
    const ids = new Set(growing);
    for (const id of touched) {
      const item = board.item(id);
      if (item && !item.ended) ids.add(id);
      else ids.delete(id);
    }
    const items = board.items();
    const ordered: ItemId[] = [];
    for (let i = items.length - 1; i >= 0 && ordered.length < ids.size; i--) {
      if (ids.has(items[i]!.id)) ordered.push(items[i]!.id);
    }
    growing = ordered.reverse();
  };

  return {
    apply({ shown, extended, hidden }) {
      for (const id of shown) touched.add(id);
      for (const id of hidden) {
        touched.add(id);
        shapes.forget(id);
      }
      // A stroke that merely grows concerns no finished item.
      for (const id of extended) if (board.item(id)?.ended !== false) touched.add(id);
    },
    setPreviewed(ids) {
      for (const id of ids) if (!previewed.has(id)) touched.add(id);
      for (const id of previewed) if (!ids.has(id)) touched.add(id);
      previewed = ids;
    },
    invalidate() {
      all = true;
    },
    pending: () => all || touched.size > 0,
    takePlan() {
      const plan: Plan = all
        ? { kind: "full" }
        : planFinished({
            items: board.items(),
            painted,
            touched,
            boxOf: (id) => finished(id)?.box(),
          });
      if (plan.kind === "full") {
        paintAll();
      } else if (touched.size > 0) {
        findGrowing();
        for (const id of touched) {
          const box = finished(id)?.box();
          if (box) painted.set(id, box);
          else painted.delete(id);
        }
      }
      all = false;
      touched.clear();
      return plan;
    },
    finishedIn(box) {
      const found: Shape[] = [];
      for (const item of board.items()) {
        const place = painted.get(item.id);
        if (place && overlaps(place, box)) found.push(shapes.shapeOf(item));
      }
      return found;
    },
    finished,
    unfinished() {
      const found: Shape[] = [];
      for (const id of growing) {
        const item = board.item(id);
        if (item && !item.ended && !previewed.has(id)) found.push(shapes.shapeOf(item));
      }
      return found;
    },
    bounds() {
      let bounds: Box | undefined;
      for (const item of board.items()) bounds = unionOf(bounds, shapes.shapeOf(item).box());
      return bounds;
    },
  };
}
