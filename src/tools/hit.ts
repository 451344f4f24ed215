/*
 * What a tap, an eraser or a lasso means. The board's index says which items are near; here their ink itself
 * is looked at.
 */
import { boundsOf, centreOf, unionOf, type Box, type Point } from "../base/geometry.ts";
import { apply, cornersOf, IDENTITY, isIdentity, multiply, type Matrix } from "../base/matrix.ts";
import type { Board, Item, PictureItem, StrokeItem, TextItem } from "../board/document/board.ts";
import type { ItemIndex } from "../board/spatial/item-index.ts";
import { curveBounds } from "../ink/curve.ts";
import type { InkPoint } from "../ink/stroke.ts";
import { isInside, touchesPolygon } from "./polygon.ts";
import { sweepBox, touchesCurve, type Sweep } from "./sweep.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large a text is, before its matrix. */
export type TextSize = (text: TextItem) => Size;

/** Finds visible items by where their ink is. What is on a locked layer is not there for it. */
export interface HitTest {
  /** Whose ink comes into the sweep, bottom first. `precision`: world units. */
  swept(sweep: Sweep, precision: number): readonly Item[];
  /** The topmost item whose ink is at most `tolerance` world units away. */
  at(place: Point, tolerance: number): Item | undefined;
  /** Of what at least half of the points, or of a text or a picture the middle, lies in the polygon; bottom first. */
  enclosed(polygon: readonly Point[]): readonly Item[];
  /** No tool may touch it. */
  locked(item: Item): boolean;
  /** A box around its ink, or what becomes of it by the matrix; undefined where there is none. */
  boxOf(item: Item, through?: Matrix): Box | undefined;
}

export interface HitTestDeps {
  readonly board: Pick<Board, "layers" | "inOrder">;
  readonly index: ItemIndex;
  readonly sizeOf: TextSize;
}

/** The index says what is near; of that little, each is looked at closely. */
export function createHitTest({ board, index, sizeOf }: HitTestDeps): HitTest {
  const locked = ({ layer }: Item): boolean =>
    board.layers().some((each) => each.id === layer && each.locked);

  const near = (box: Box, isHit: (item: Item) => boolean): Item[] => {
    const hit = index.within(box).filter((item) => !locked(item) && isHit(item));
    if (hit.length < 2) return hit;
    const byId = new Map(hit.map((item) => [item.id, item]));
    return board.inOrder([...byId.keys()]).map((id) => byId.get(id)!);
  };

  const swept = (sweep: Sweep, precision: number): Item[] =>
    near(sweepBox(sweep), (item) => {
      if (item.kind !== "stroke") return touchesPolygon(pageCorners(item, sizeOf), sweep);
      const wider = { ...sweep, radius: sweep.radius + item.header.width / 2 };
      return partsOf(item).some((points) => touchesCurve(points, wider, precision));
    });

  return {
    swept,
    at: (place, tolerance) => swept({ from: place, to: place, radius: tolerance }, tolerance / 8).at(-1),
    enclosed(polygon) {
      const box = boundsOf(polygon);
      return box ? near(box, (item) => isEnclosed(item, polygon, sizeOf)) : [];
    },
    locked,
    boxOf(item, through = IDENTITY) {
      if (item.kind !== "stroke") return boundsOf(pageCorners(item, sizeOf, through));
      return isIdentity(through) ? index.boxes.nominal(item) : inkBox(item, through);
    },
  };
}

/** What is left of a stroke. */
export function partsOf({ parts, points }: StrokeItem): readonly (readonly InkPoint[])[] {
  return parts ?? [points];
}

/** Of a stroke's ink, as wide as it is on average. */
function inkBox(stroke: StrokeItem, through: Matrix): Box | undefined {
  let box: Box | undefined;
  for (const part of partsOf(stroke)) {
    const points = part.map((point) => ({ ...apply(through, point), pressure: point.pressure }));
    box = unionOf(box, curveBounds(points, 0));
  }
  const { a, b, c, d } = through;
  const radius = stroke.header.width / 2;
  const across = radius * Math.hypot(a, c);
  const along = radius * Math.hypot(b, d);
  return (
    box && {
      minX: box.minX - across,
      minY: box.minY - along,
      maxX: box.maxX + across,
      maxY: box.maxY + along,
    }
  );
}

function pageCorners(
  item: TextItem | PictureItem,
  sizeOf: TextSize,
  through: Matrix = IDENTITY,
): readonly Point[] {
  return cornersOf(pageOf(item, sizeOf), multiply(through, item.matrix));
}

/** What words are on, or what is shown of a picture, before the matrix. */
function pageOf(item: TextItem | PictureItem, sizeOf: TextSize): Box {
  if (item.kind === "picture") return item.shown;
  const { width, height } = item.size ?? sizeOf(item);
  return { minX: 0, minY: 0, maxX: width, maxY: height };
}

function isEnclosed(item: Item, polygon: readonly Point[], sizeOf: TextSize): boolean {
  if (item.kind !== "stroke") {
    return isInside(polygon, apply(item.matrix, centreOf(pageOf(item, sizeOf))));
  }
  let count = 0;
  let inside = 0;
  for (const points of partsOf(item)) {
    count += points.length;
    for (const point of points) if (isInside(polygon, point)) inside++;
  }
  return count > 0 && 2 * inside >= count;
}
