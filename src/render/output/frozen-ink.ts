/*
 * A board as it is at one moment, to be painted elsewhere and little by little: what is drawn meanwhile does not
 * come into it. Items are never altered but for ink that grows, so it takes no more than a list of them.
 */
import { overlaps, unionOf, type Box } from "../../base/geometry.ts";
import type { Item, ItemId, Layer } from "../../board/document/board.ts";
import { createItemBoxes } from "../../board/spatial/item-boxes.ts";
import type { FinishedInk } from "../scene/finished-ink.ts";
import { createJoinedStrokes } from "../scene/joined-strokes.ts";
import { createLayerLooks } from "../scene/layer-looks.ts";
import type { PictureSource } from "../shapes/bitmaps.ts";
import { createShapeCache } from "../shapes/shape-cache.ts";
import { joinedShape } from "../shapes/shapes.ts";
import { wordsBox } from "../shapes/words-piece.ts";
import type { Words } from "../shapes/words.ts";

export interface FrozenInk extends FinishedInk {
  /** Has to be done first: finds where everything is. Each step is a moment's work. */
  measure(): Generator<void, void>;
  /** Around all that was measured; undefined where that is nothing. */
  bounds(): Box | undefined;
}

export interface FrozenBoard {
  /** Bottom first. */
  readonly items: readonly Item[];
  readonly layers: readonly Layer[];
  readonly words: Words;
  /** Has them all: it is not listened to. */
  readonly pictures: PictureSource;
}

/** So many items are measured in a step. */
const STEP = 32;

export function createFrozenInk({ items, layers, words, pictures }: FrozenBoard): FrozenInk {
  const byId = new Map(items.map((item) => [item.id, item]));
  const item = (id: ItemId): Item | undefined => byId.get(id);
  const boxes = createItemBoxes((text) => wordsBox(text, words));
  const shapes = createShapeCache(words, pictures);
  const looks = createLayerLooks({ layers: () => layers });
  const joined = createJoinedStrokes({ items: () => items, item });
  const places = new Map<ItemId, Box>();
  let around: Box | undefined;

  const standIn = (id: ItemId): ItemId => joined.wholeOf(id)[0] ?? id;

  return {
    *measure() {
      for (const [i, each] of items.entries()) {
        const box = boxes.painted(each);
        if (box) places.set(each.id, box);
        around = unionOf(around, box);
        if (i % STEP === STEP - 1) yield;
      }
    },
    bounds: () => around,
    within(box) {
      const found = new Set<ItemId>();
      for (const [id, place] of places) if (overlaps(place, box)) found.add(standIn(id));
      return found.size === 0 ? [] : items.flatMap(({ id }) => (found.has(id) ? id : []));
    },
    has: (id) => places.has(id),
    isEmpty: () => places.size === 0,
    standIn,
    shapeOf(id) {
      const own = item(id);
      if (!own) return undefined;
      const whole = joined.wholeOf(id).flatMap((piece) => item(piece) ?? []);
      return whole.length === 0 ? shapes.shapeOf(own) : joinedShape(own.header, whole.map(shapes.shapeOf));
    },
    layerOf: (id) => looks.of(item(id)),
  };
}
