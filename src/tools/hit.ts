/*
 * What a tap, an eraser or a lasso means. The board's index says which items are near; here their ink itself
 * is looked at.
 */
import { boundsOf, type Box, type Point } from "../base/geometry.ts";
import { apply } from "../base/matrix.ts";
import type { Board, Item, StrokeItem, TextItem } from "../board/document/board.ts";
import type { ItemIndex } from "../board/spatial/item-index.ts";
import type { InkPoint } from "../ink/stroke.ts";
import { isInside, touchesPolygon } from "./polygon.ts";
import { sweepBox, touchesCurve, type Sweep } from "./sweep.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large the words of a text are, before its matrix; undefined where nobody has measured them yet. */
export type TextSize = (text: TextItem) => Size | undefined;

/** Finds visible items by where their ink is. What is on a locked layer is not there for it. */
export interface HitTest {
  /** Whose ink comes into the sweep, bottom first. `precision`: world units. */
  swept(sweep: Sweep, precision: number): readonly Item[];
  /** The topmost item whose ink is at most `tolerance` world units away. */
  at(place: Point, tolerance: number): Item | undefined;
  /** Of what at least half of the points, or of a text the middle, lies in the polygon; bottom first. */
  enclosed(polygon: readonly Point[]): readonly Item[];
  /** No tool may touch it. */
  locked(item: Item): boolean;
  /** A box around its ink; undefined where there is none, or no size of a text. */
  boxOf(item: Item): Box | undefined;
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
      if (item.kind === "text") return touchesPolygon(cornersOf(item, sizeOf), sweep);
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
    boxOf: (item) => (item.kind === "stroke" ? index.boxes.nominal(item) : boundsOf(cornersOf(item, sizeOf))),
  };
}

/** What is left of a stroke. */
export function partsOf({ parts, points }: StrokeItem): readonly (readonly InkPoint[])[] {
  return parts ?? [points];
}

function cornersOf(text: TextItem, sizeOf: TextSize): readonly Point[] {
  const size = text.size ?? sizeOf(text);
  if (!size) return [];
  const { width, height } = size;
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ].map((corner) => apply(text.matrix, corner));
}

function isEnclosed(item: Item, polygon: readonly Point[], sizeOf: TextSize): boolean {
  if (item.kind === "text") {
    const [a, , c] = cornersOf(item, sizeOf);
    return (
      a !== undefined && c !== undefined && isInside(polygon, { x: (a.x + c.x) / 2, y: (a.y + c.y) / 2 })
    );
  }
  let count = 0;
  let inside = 0;
  for (const points of partsOf(item)) {
    count += points.length;
    for (const point of points) if (isInside(polygon, point)) inside++;
  }
  return count > 0 && 2 * inside >= count;
}
