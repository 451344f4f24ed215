/*
 * What of a board belongs on which canvas: visible items that are finished on the one, items under
 * somebody's pen and those that a gesture is moving on the other. An item that a preview stands for is
 * on neither.
 */
import type { Box } from "../../base/geometry.ts";
import type { Item, ItemId, LayerId } from "../../board/document/board.ts";
import type { BlobHash } from "../../board/document/picture.ts";
import type { PreviewedBoard, PreviewedChange } from "../../board/previews/previewed-board.ts";
import type { ItemIndex } from "../../board/spatial/item-index.ts";
import { itemBox } from "../shapes/item-box.ts";
import type { PictureSource } from "../shapes/bitmaps.ts";
import { createShapeCache } from "../shapes/shape-cache.ts";
import type { GrowingShape, Shape } from "../shapes/shapes.ts";
import type { Words } from "../shapes/words.ts";
import type { Damage } from "./damage.ts";
import { createFinishedInk, type FinishedInk } from "./finished-ink.ts";
import { createJoinedStrokes } from "./joined-strokes.ts";
import { createItemPlaces } from "./item-places.ts";
import { createLayerLooks } from "./layer-looks.ts";
import { createLiveInk, type LiveShape } from "./live-ink.ts";
import { createInkPlayback, type InkPlayback } from "./playback.ts";
import { createReveal } from "./reveal.ts";
import { createTouchedItems } from "./touched-items.ts";

export interface Scene {
  apply(change: PreviewedChange): void;
  /** Its items look otherwise. */
  pictureCame(hash: BlobHash): void;
  /** The items that previews stand for. Says whether they are others. */
  setPreviewed(ids: readonly ItemId[]): boolean;
  /** What became of finished ink since the last call. The caller carries it out. */
  takeDamage(): Damage;
  readonly playback: InkPlayback;
  readonly finished: FinishedInk;
  /** How strong a layer is, 0 .. 1. */
  opacityOf(layer: LayerId): number;
  /** Unfinished items, bottom first, as much of them as is to be shown now. */
  unfinished(): LiveShape[];
  /** What gestures are moving, bottom first. */
  lifted(): LiveShape[];
  /** What is shown will become different by itself. */
  flowing(): boolean;
  /** The shape of an item's preview, with the items of the same stroke that it is blended with. */
  withRest(id: ItemId, shape: Shape): Shape;
  /** A shape that was made for a preview of the item. */
  adopt(id: ItemId, shape: GrowingShape): void;
  /** A box around every visible item; undefined where there is none. */
  bounds(): Box | undefined;
  /** A box around a visible item; undefined where there is none. */
  boxOf(id: ItemId): Box | undefined;
}

export interface SceneDeps {
  readonly board: PreviewedBoard;
  /** Of the board without the previews. */
  readonly index: ItemIndex;
  readonly words: Words;
  readonly pictures: PictureSource;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

export function createScene({ board, index, words, pictures, now }: SceneDeps): Scene {
  const shapes = createShapeCache(words, pictures);
  const reveal = createReveal(now);
  const looks = createLayerLooks(board);
  const joined = createJoinedStrokes(board);
  const finished = createFinishedInk({ board, index, shapes, looks, joined });
  const ink = createLiveInk({ board, shapes, looks, reveal, joined });
  const touched = createTouchedItems(finished, joined);
  let previewed: ReadonlySet<ItemId> = new Set();

  const isAtRest = (id: ItemId): boolean =>
    board.item(id)?.ended === true && !previewed.has(id) && !reveal.holds(id);

  const belongs = ({ id }: Item): boolean =>
    isAtRest(id) && !board.movedBy(id) && joined.wholeOf(id).every(isAtRest);

  const places = createItemPlaces({
    board,
    index,
    finished,
    joined,
    ink,
    touched,
    belongs,
    isKeptBack: reveal.keepsBack,
  });

  const touch = (id: ItemId): void => {
    touched.follow(id);
    touched.touch(id);
  };

  const becomeAnother = (id: ItemId): void => {
    shapes.forget(id);
    ink.forget(id);
    touched.alter(id);
    touch(id);
  };

  const changeLayers = (): void => {
    const changed = looks.update();
    if (changed.size === 0) return;
    for (const { id, layer } of board.items()) {
      if (changed.has(layer)) touched.repaint(id);
    }
  };

  /** A contact's ink: it flows from where it was. */
  const arrive = (id: ItemId): void => {
    const item = board.item(id);
    if (item?.kind !== "stroke") return;
    if (!item.ended || ink.isGrowing(id)) reveal.arrived(id, item.points.length);
    if (!item.ended) touched.touch(id);
  };

  for (const { id } of board.items()) finished.follow(id);
  places.takeNew(board.items());

  return {
    apply({ origin, shown, extended, hidden, altered: others, moved, settings }) {
      for (const id of hidden) {
        reveal.forget(id);
        becomeAnother(id);
      }
      for (const id of others) becomeAnother(id);
      for (const id of [...shown, ...moved]) touch(id);
      for (const id of extended) {
        touched.follow(id);
        if (board.item(id)?.ended !== false) touched.touch(id);
      }
      if (settings) changeLayers();
      if (origin === "remote") for (const id of [...shown, ...extended]) arrive(id);
    },
    pictureCame(hash) {
      for (const item of board.items())
        if (item.kind === "picture" && item.picture.hash === hash) becomeAnother(item.id);
    },
    setPreviewed(ids) {
      if (ids.length === previewed.size && ids.every((id) => previewed.has(id))) return false;
      const next = new Set(ids);
      for (const id of next) if (!previewed.has(id)) touched.touch(id);
      for (const id of previewed) if (!next.has(id)) touched.touch(id);
      previewed = next;
      return true;
    },
    takeDamage() {
      for (const id of reveal.settle()) if (board.item(id)?.ended !== false) touched.touch(id);
      const damage = places.take(touched.ids());
      touched.clear();
      return damage;
    },
    playback: createInkPlayback({ board, reveal, joined, touch }),
    finished,
    opacityOf: looks.opacityOf,
    unfinished: () => ink.unfinished((id) => previewed.has(id) || finished.has(id)),
    lifted: () => ink.lifted((id) => previewed.has(id)),
    flowing: () => !reveal.resting(),
    withRest: ink.withRest,
    adopt: (id, shape) => shapes.adopt(id, shape),
    bounds: () => finished.bounds(),
    boxOf(id) {
      const item = board.item(id);
      return item && itemBox(item, board.movedBy(id), words, index.boxes);
    },
  };
}
