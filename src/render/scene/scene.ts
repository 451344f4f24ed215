import { overlaps, unionOf, type Box, type Point } from "../../base/geometry.ts";
import { boxThrough, type Matrix } from "../../base/matrix.ts";
import { FIRST_LAYER, type Item, type ItemId, type Layer, type LayerId } from "../../board/document/board.ts";
import type { PreviewedBoard, PreviewedChange } from "../../board/previews/previewed-board.ts";
import { boxOfItem, cornersOf } from "../shapes/item-box.ts";
import { createLiveShapes } from "./live-shapes.ts";
import { keepsAngles } from "../shapes/moved-stroke.ts";
import { createOrder } from "./order.ts";
import { createReveal } from "./reveal.ts";
import { createShapeCache, type GrowingShape, type Shape } from "../shapes/shapes.ts";
import { createSpatialIndex } from "./spatial-index.ts";
import type { Words } from "../shapes/words.ts";

/**
 * What of a board belongs on which canvas: visible items that are finished on the one, items under
 * somebody's pen and those that a gesture is moving on the other. An item that a preview stands for is
 * on neither.
 */
export interface Scene {
  apply(change: PreviewedChange): void;
  /** The items that previews stand for. */
  setPreviewed(ids: ReadonlySet<ItemId>): void;
  /** What became of finished ink since the last call. The caller carries it out. */
  takeDamage(): Damage;
  /** The items that may touch `box`, of those that are finished, bottom first. */
  finishedIn(box: Box): readonly ItemId[];
  isFinished(id: ItemId): boolean;
  finished(id: ItemId): Shape | undefined;
  layerOf(id: ItemId): LayerLook;
  /** How strong a layer is, 0 .. 1. */
  opacityOf(layer: LayerId): number;
  /** Unfinished items, bottom first, as much of them as is to be shown now. */
  unfinished(): LiveShape[];
  /** What gestures are moving, bottom first. */
  lifted(): LiveShape[];
  /** What is shown will become different by itself. */
  flowing(): boolean;
  /** A shape that was made for a preview of the item. */
  adopt(id: ItemId, shape: GrowingShape): void;
  /** A box around every visible item; undefined where there is none. */
  bounds(): Box | undefined;
  /** The four corners of an item's box, in turn; of words as they lie, if they were turned. */
  cornersOf(id: ItemId): readonly Point[] | undefined;
}

export type LayerLook = Pick<Layer, "id" | "opacity">;

/** A shape on the live canvas. */
export interface LiveShape {
  readonly shape: Shape;
  readonly opacity: number;
  /** Where a gesture takes it. */
  readonly matrix?: Matrix | undefined;
}

export interface Damage {
  /** Paint these, in this order, over what is there. */
  readonly added: readonly { readonly id: ItemId; readonly box: Box }[];
  /** In each of these parts of the world, paint everything anew. */
  readonly boxes: readonly Box[];
  /** Items that have come from the other canvas, or, where they are few, may have. */
  readonly come: readonly ItemId[];
}

/** With more than this, painting anew what they touch, a little at a time, beats painting each at once. */
const MAX_ADDED = 16;
/** With more than this, what a gesture stretches is shaped anew only when the gesture has ended. */
const MAX_RESHAPED = 50;
/** So many boxes are one: each is looked for in each tile. */
const MAX_BOXES = 256;

const OPAQUE: LayerLook = { id: FIRST_LAYER, opacity: 1 };

interface Taken {
  readonly added?: Box;
  readonly removed?: Box;
  readonly wasLive?: boolean;
}

export function createScene(board: PreviewedBoard, words: Words, now: () => number): Scene {
  const shapes = createShapeCache(words);
  const reveal = createReveal(now);
  const liveShapes = createLiveShapes(reveal);
  /** Every visible item, where it is shown. */
  const all = createSpatialIndex<ItemId>();
  const finishedOnes = createSpatialIndex<ItemId>();
  const order = createOrder();
  /** Boxes of finished items before gestures move them. */
  const boxes = new WeakMap<Item, Box>();
  let layers = looksOf(board.layers());
  let touched = new Set<ItemId>();
  /** Of these, the ones that look otherwise. */
  let altered = new Set<ItemId>();
  let faded: Box | undefined;
  const growing = new Set<ItemId>();
  const moving = new Set<ItemId>();
  /** What was shown on the live canvas when damage was last taken. */
  const live = new Set<ItemId>();
  let previewed: ReadonlySet<ItemId> = new Set();

  const belongs = (item: Item): boolean =>
    item.ended && !previewed.has(item.id) && !reveal.holds(item.id) && !board.movedBy(item.id);

  const ownBoxOf = (item: Item): Box | undefined => {
    const known = boxes.get(item);
    if (known) return known;
    const box = boxOfItem(item, words);
    if (box && item.ended) boxes.set(item, box);
    return box;
  };

  const place = (id: ItemId): void => {
    const item = board.item(id);
    const box = item && ownBoxOf(item);
    const matrix = board.movedBy(id);
    if (box) all.set(id, matrix ? boxThrough(matrix, box) : box);
    else all.delete(id);
  };

  const layerOf = (id: ItemId): LayerLook => {
    const item = board.item(id);
    return (item && layers.get(item.layer)) ?? OPAQUE;
  };
  const opacityOf = (layer: LayerId): number => layers.get(layer)?.opacity ?? 1;

  /** Nothing has to be painted anew for it: it lies above all and shows nothing through. */
  const isOnTop = (id: ItemId, box: Box): boolean => {
    if (layerOf(id).opacity < 1) return false;
    const own = order.numberOf(id);
    return finishedOnes.within(box).every((other) => order.numberOf(other) <= own);
  };

  const takeItem = (id: ItemId): Taken => {
    const item = board.item(id);
    if (item && board.movedBy(id)) moving.add(id);
    else moving.delete(id);
    if (item && !item.ended) growing.add(id);
    else if (!item || !reveal.holds(id)) {
      const shape = liveShapes.take(id);
      if (item && shape) shapes.adopt(id, shape);
      growing.delete(id);
      reveal.forget(id);
    }
    const wasLive = live.delete(id);
    const before = finishedOnes.get(id);
    const after = item && belongs(item) ? all.get(id) : undefined;
    if (item && !after) live.add(id);
    if (after) finishedOnes.set(id, after);
    else finishedOnes.delete(id);
    if (after && before && !altered.has(id)) return {};
    return { ...(after && { added: after }), ...(before && { removed: before }), wasLive };
  };

  const becomeAnother = (id: ItemId): void => {
    shapes.forget(id);
    liveShapes.take(id);
    altered.add(id);
    touched.add(id);
  };

  const changeLayers = (): void => {
    const before = layers;
    layers = looksOf(board.layers());
    const others = new Set(
      [...layers.values()]
        .filter(({ id, opacity }) => opacity !== (before.get(id)?.opacity ?? 1))
        .map(({ id }) => id),
    );
    if (others.size === 0) return;
    for (const item of board.items()) {
      if (others.has(item.layer)) faded = unionOf(faded, finishedOnes.get(item.id));
    }
  };

  const start = (): void => {
    const items = board.items();
    order.check(items);
    for (const { id } of items) {
      place(id);
      takeItem(id);
    }
  };
  start();

  return {
    apply({ origin, shown, extended, hidden, altered: others, moved, settings }) {
      for (const id of hidden) {
        all.delete(id);
        order.delete(id);
        reveal.forget(id);
        becomeAnother(id);
      }
      if (shown.length > 0) order.insert(board.items(), shown);
      if (others.length > 0) order.check(board.items());
      for (const id of others) becomeAnother(id);
      for (const id of [...shown, ...others, ...moved]) {
        place(id);
        touched.add(id);
      }
      for (const id of extended) {
        place(id);
        if (board.item(id)?.ended !== false) touched.add(id);
      }
      if (settings) changeLayers();
      if (origin !== "remote") return;
      for (const id of [...shown, ...extended]) {
        const item = board.item(id);
        if (item?.kind !== "stroke") continue;
        if (!item.ended || growing.has(id)) reveal.arrived(id, item.points.length);
        if (!item.ended) touched.add(id);
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
      const fromLive: ItemId[] = [];
      const dirty: Box[] = faded ? [faded] : [];
      for (const id of touched) {
        const change = takeItem(id);
        if (change.added) added.push(id);
        if (change.added && change.wasLive) fromLive.push(id);
        if (change.removed) dirty.push(change.removed);
      }
      touched = new Set();
      altered = new Set();
      faded = undefined;
      const few = added.length <= MAX_ADDED;
      const placed = order.sorted(added).map((id) => ({ id, box: finishedOnes.get(id)! }));
      const onTop = placed.filter(
        ({ id, box }) => few && isOnTop(id, box) && !dirty.some((other) => overlaps(other, box)),
      );
      const below = placed.filter((each) => !onTop.includes(each));
      return {
        added: onTop,
        boxes: inFew([...dirty, ...below.map(({ box }) => box)]),
        come: order.sorted(few ? added : fromLive),
      };
    },
    isFinished: (id) => finishedOnes.get(id) !== undefined,
    finishedIn: (box) => order.sorted(finishedOnes.within(box)),
    finished(id) {
      const item = board.item(id);
      return item && shapes.shapeOf(item);
    },
    layerOf,
    opacityOf,
    unfinished() {
      const found: LiveShape[] = [];
      for (const id of order.sorted([...growing])) {
        const item = board.item(id);
        if (item?.kind !== "stroke" || previewed.has(id) || moving.has(id) || finishedOnes.get(id)) continue;
        found.push({ shape: liveShapes.growing(item), opacity: opacityOf(item.layer) });
      }
      return found;
    },
    lifted() {
      const found: LiveShape[] = [];
      for (const id of order.sorted([...moving])) {
        const item = board.item(id);
        const matrix = board.movedBy(id);
        if (!item || !matrix || previewed.has(id)) continue;
        const opacity = opacityOf(item.layer);
        const few = moving.size <= MAX_RESHAPED;
        if (few && item.kind === "stroke" && item.ended && !keepsAngles(matrix)) {
          found.push({ shape: liveShapes.stretched(item, matrix), opacity });
        } else {
          const shape = item.ended ? shapes.shapeOf(item) : liveShapes.growing(item);
          found.push({ shape, opacity, matrix });
        }
      }
      return found;
    },
    flowing: () => !reveal.resting(),
    adopt: (id, shape) => shapes.adopt(id, shape),
    bounds: () => all.bounds(),
    cornersOf(id) {
      const item = board.item(id);
      return item && cornersOf(item, board.movedBy(id), words);
    },
  };
}

function looksOf(layers: readonly Layer[]): Map<LayerId, LayerLook> {
  return new Map(layers.map(({ id, opacity }) => [id, { id, opacity }]));
}

function inFew(boxes: readonly Box[]): readonly Box[] {
  if (boxes.length <= MAX_BOXES) return boxes;
  let whole: Box | undefined;
  for (const box of boxes) whole = unionOf(whole, box);
  return whole ? [whole] : [];
}
