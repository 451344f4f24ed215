/*
 * The items that are on the canvas of finished ink. Where they are, the board's index knows; here is
 * which of its items belong on this canvas, and where a gesture's preview shows an item otherwise than
 * the board has it. Items that are blended together are one shape here, in the place of the first of them.
 */
import { overlaps, unionOf, type Box } from "../../base/geometry.ts";
import { boxThrough } from "../../base/matrix.ts";
import type { ItemId, StrokeItem } from "../../board/document/board.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import type { ItemIndex } from "../../board/spatial/item-index.ts";
import type { ShapeCache } from "../shapes/shape-cache.ts";
import { joinedShape, type Shape } from "../shapes/shapes.ts";
import type { JoinedStrokes } from "./joined-strokes.ts";
import type { LayerLook, LayerLooks } from "./layer-looks.ts";

/** What those see who paint it. */
export interface FinishedInk {
  /** The items that may touch `box`, bottom first; of those that are blended together, one. */
  within(box: Box): readonly ItemId[];
  has(id: ItemId): boolean;
  isEmpty(): boolean;
  /** The one that stands for all that are blended with this one: itself where it is alone. */
  standIn(id: ItemId): ItemId;
  /** Of all that the item stands for. */
  shapeOf(id: ItemId): Shape | undefined;
  layerOf(id: ItemId): LayerLook;
}

/** What the scene makes of it. */
export interface FinishedItems extends FinishedInk {
  /** The box in which an item is painted; undefined where it is not. */
  boxOf(id: ItemId): Box | undefined;
  set(id: ItemId, box: Box | undefined): void;
  /** The same with the box of a stroke as it is: found when somebody asks for it, since a board has very many. */
  setWhole(stroke: StrokeItem): void;
  /** Something has become of an item, or of what gestures do to it. */
  follow(id: ItemId): void;
  /** Around every visible item, finished or not, where it is shown; undefined where there is none. */
  bounds(): Box | undefined;
}

export interface FinishedInkDeps {
  readonly board: PreviewedBoard;
  readonly index: ItemIndex;
  readonly shapes: ShapeCache;
  readonly looks: LayerLooks;
  readonly joined: JoinedStrokes;
}

export function createFinishedInk({ board, index, shapes, looks, joined }: FinishedInkDeps): FinishedItems {
  /** Where each is, or the stroke that is where its own box is. */
  const places = new Map<ItemId, Box | StrokeItem>();
  /** Those that the index does not have as they are shown: few, as they are under somebody's hands. */
  const displaced = new Set<ItemId>();

  const isDisplaced = (id: ItemId): boolean =>
    board.movedBy(id) !== undefined || board.item(id) !== index.item(id);

  const shownBox = (id: ItemId): Box | undefined => {
    const item = board.item(id);
    const box = item && index.boxes.painted(item);
    const matrix = board.movedBy(id);
    return box && matrix ? boxThrough(matrix, box) : box;
  };

  const boxOf = (id: ItemId): Box | undefined => {
    const place = places.get(id);
    return place && "kind" in place ? index.boxes.painted(place) : place;
  };

  const standIn = (id: ItemId): ItemId => joined.wholeOf(id).find((piece) => places.has(piece)) ?? id;

  const ownShape = (id: ItemId): Shape | undefined => {
    const item = board.item(id);
    return item && shapes.shapeOf(item);
  };

  /** The latest: it is asked for again with each piece that is painted. */
  let latest: { readonly parts: readonly Shape[]; readonly shape: Shape } | undefined;
  const jointShape = (whole: readonly ItemId[]): Shape | undefined => {
    const parts = whole.flatMap((id) => (places.has(id) ? (ownShape(id) ?? []) : []));
    if (!parts[0]) return undefined;
    const isSame =
      latest?.parts.length === parts.length && parts.every((part, i) => part === latest?.parts[i]);
    if (!latest || !isSame) latest = { parts, shape: joinedShape(parts[0].header, parts) };
    return latest.shape;
  };

  return {
    within(box) {
      const ids = new Set<ItemId>();
      for (const { id } of index.within(box)) if (places.has(id) && !displaced.has(id)) ids.add(standIn(id));
      for (const id of displaced) {
        const own = boxOf(id);
        if (own && overlaps(own, box)) ids.add(standIn(id));
      }
      return board.inOrder([...ids]);
    },
    has: (id) => places.has(id),
    isEmpty: () => places.size === 0,
    standIn,
    shapeOf(id) {
      const whole = joined.wholeOf(id);
      return whole.length === 0 ? ownShape(id) : jointShape(whole);
    },
    layerOf: (id) => looks.of(board.item(id)),
    boxOf,
    set(id, box) {
      if (box) places.set(id, box);
      else places.delete(id);
    },
    setWhole: (stroke) => void places.set(stroke.id, stroke),
    follow(id) {
      if (isDisplaced(id)) displaced.add(id);
      else displaced.delete(id);
    },
    bounds() {
      // What was under an eraser and then erased goes without news.
      for (const id of displaced) if (!isDisplaced(id)) displaced.delete(id);
      let around = index.boundsWithout(displaced);
      for (const id of displaced) around = unionOf(around, shownBox(id));
      return around;
    },
  };
}
