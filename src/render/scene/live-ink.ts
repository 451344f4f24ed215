/*
 * What is on the live canvas: strokes under somebody's pen, as far as they are to be shown now, and
 * items that gestures are moving.
 */
import type { Matrix } from "../../base/matrix.ts";
import type { ItemId } from "../../board/document/board.ts";
import type { PreviewedBoard } from "../../board/previews/previewed-board.ts";
import { keepsAngles } from "../shapes/moved-stroke.ts";
import type { ShapeCache } from "../shapes/shape-cache.ts";
import { joinedShape, type Shape } from "../shapes/shapes.ts";
import type { JoinedStrokes } from "./joined-strokes.ts";
import type { LayerLooks } from "./layer-looks.ts";
import { createLiveShapes } from "./live-shapes.ts";
import type { Reveal } from "./reveal.ts";

/** A shape on the live canvas. */
export interface LiveShape {
  readonly shape: Shape;
  readonly opacity: number;
  /** Where a gesture takes it. */
  readonly matrix?: Matrix | undefined;
}

export interface LiveInk {
  /** Something has become of an item: whether it grows, and whether a gesture moves it. */
  follow(id: ItemId): void;
  isGrowing(id: ItemId): boolean;
  /** The item is another object: what was made of it as it grew is no longer true. */
  forget(id: ItemId): void;
  /** Unfinished items but those that are `elsewhere`, bottom first, as much of them as is to be shown now. */
  unfinished(elsewhere: (id: ItemId) => boolean): LiveShape[];
  /** What gestures are moving, likewise. */
  lifted(elsewhere: (id: ItemId) => boolean): LiveShape[];
  /** A shape of the item that is shown elsewhere, with the rest that is blended with it. */
  withRest(id: ItemId, shape: Shape): Shape;
}

export interface LiveInkDeps {
  readonly board: PreviewedBoard;
  readonly shapes: ShapeCache;
  readonly looks: LayerLooks;
  readonly reveal: Reveal;
  readonly joined: JoinedStrokes;
}

/** With more than this, what a gesture stretches is shaped anew only when the gesture has ended. */
const MAX_RESHAPED = 50;

export function createLiveInk({ board, shapes, looks, reveal, joined }: LiveInkDeps): LiveInk {
  const liveShapes = createLiveShapes(reveal);
  const growing = new Set<ItemId>();
  const moving = new Set<ItemId>();

  const lift = (id: ItemId): LiveShape | undefined => {
    const item = board.item(id);
    const matrix = board.movedBy(id);
    if (!item || !matrix) return undefined;
    const opacity = looks.opacityOf(item.layer);
    if (moving.size <= MAX_RESHAPED && item.kind === "stroke" && item.ended && !keepsAngles(matrix)) {
      return { shape: liveShapes.stretched(item, matrix), opacity };
    }
    return { shape: item.ended ? shapes.shapeOf(item) : liveShapes.growing(item), opacity, matrix };
  };

  /** As much of the item as is to be shown now. All of what has ended has settled, whatever follows. */
  const shown = (id: ItemId): Shape | undefined => {
    const item = board.item(id);
    if (item?.kind !== "stroke" || reveal.keepsBack(id)) return undefined;
    if (growing.has(id)) return liveShapes.growing(item);
    const shape = shapes.shapeOf(item);
    return { ...shape, settled: shape.pieces.length };
  };

  /** `own`: what is known of an item otherwise. */
  const together = (whole: readonly ItemId[], own?: readonly [ItemId, Shape]): Shape | undefined => {
    const parts = whole.flatMap((id) => {
      if (own?.[0] === id) return own[1];
      return moving.has(id) ? [] : (shown(id) ?? []);
    });
    const header = own?.[1].header ?? parts[0]?.header;
    return header && joinedShape(header, parts);
  };

  return {
    follow(id) {
      const item = board.item(id);
      if (item && board.movedBy(id)) moving.add(id);
      else moving.delete(id);
      if (item && (!item.ended || reveal.flows(id))) growing.add(id);
      else if (!item || !reveal.holds(id)) {
        const shape = liveShapes.take(id);
        if (item && shape) shapes.adopt(id, shape);
        growing.delete(id);
        reveal.forget(id);
      }
    },
    isGrowing: (id) => growing.has(id),
    forget: (id) => void liveShapes.take(id),
    unfinished(elsewhere) {
      const found: LiveShape[] = [];
      const done = new Set<ItemId>();
      for (const id of board.inOrder([...growing])) {
        const item = board.item(id);
        if (item?.kind !== "stroke" || moving.has(id) || elsewhere(id) || done.has(id)) continue;
        const whole = joined.wholeOf(id);
        for (const piece of whole) done.add(piece);
        const shape = whole.length === 0 ? liveShapes.growing(item) : together(whole);
        if (shape) found.push({ shape, opacity: looks.opacityOf(item.layer) });
      }
      return found;
    },
    lifted(elsewhere) {
      const done = new Set<ItemId>();
      return board.inOrder([...moving]).flatMap((id) => {
        if (elsewhere(id) || done.has(id)) return [];
        const matrix = board.movedBy(id);
        const whole = joined.wholeOf(id);
        const along = whole.filter((piece) => board.movedBy(piece) === matrix && !elsewhere(piece));
        for (const piece of along) done.add(piece);
        const [first = lift(id), ...rest] = along.flatMap((piece) => lift(piece) ?? []);
        if (!first || rest.length === 0) return first ?? [];
        const all = [first, ...rest].map(({ shape }) => shape);
        return { ...first, shape: joinedShape(first.shape.header, all) };
      });
    },
    withRest(id, shape) {
      const whole = joined.wholeOf(id);
      return whole.length === 0 ? shape : (together(whole, [id, shape]) ?? shape);
    },
  };
}
