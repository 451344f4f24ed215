import { boundsOf, overlaps, unionOf, type Box, type Point } from "../base/geometry.ts";
import { apply } from "../base/matrix.ts";
import type { Board, Item, StrokeItem, TextItem } from "../board/board.ts";
import { curveBounds } from "../ink/curve.ts";
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
  close(): void;
}

export function createHitTest({
  board,
  sizeOf,
}: {
  readonly board: Pick<Board, "items" | "layers" | "onChange">;
  readonly sizeOf: TextSize;
}): HitTest {
  const boxes = createBoxes();
  let found: Found | undefined;
  const unsubscribe = board.onChange(() => {
    found = undefined;
  });

  const lockedLayers = (): ReadonlySet<string> =>
    new Set(
      board
        .layers()
        .filter(({ locked }) => locked)
        .map(({ id }) => id),
    );

  const boxOf = (item: Item): Box | undefined =>
    item.kind === "stroke" ? boxes(item) : boundsOf(cornersOf(item, sizeOf));

  const near = (box: Box): Item[] => {
    found ??= find(board.items(), lockedLayers(), boxes);
    const { items, edges } = found;
    return items.filter((item, i) => {
      if (item.kind === "text") {
        const own = boxOf(item);
        return own !== undefined && overlaps(own, box);
      }
      // Written out: this runs for each item of a large board, at each movement of an eraser.
      return (
        edges[4 * i]! <= box.maxX &&
        edges[4 * i + 1]! <= box.maxY &&
        edges[4 * i + 2]! >= box.minX &&
        edges[4 * i + 3]! >= box.minY
      );
    });
  };

  const swept = (sweep: Sweep, precision: number): Item[] =>
    near(sweepBox(sweep)).filter((item) => {
      if (item.kind === "text") return touchesPolygon(cornersOf(item, sizeOf), sweep);
      const wider = { ...sweep, radius: sweep.radius + item.header.width / 2 };
      return partsOf(item).some((points) => touchesCurve(points, wider, precision));
    });

  return {
    swept,
    at: (place, tolerance) => swept({ from: place, to: place, radius: tolerance }, tolerance / 8).at(-1),
    enclosed(polygon) {
      const box = boundsOf(polygon);
      return box ? near(box).filter((item) => isEnclosed(item, polygon, sizeOf)) : [];
    },
    locked: ({ layer }) => lockedLayers().has(layer),
    boxOf,
    close: unsubscribe,
  };
}

/** What is left of a stroke. */
export function partsOf({ parts, points }: StrokeItem): readonly (readonly InkPoint[])[] {
  return parts ?? [points];
}

/** Everything that can be hit. */
interface Found {
  readonly items: readonly Item[];
  /** Of each item: left, top, right, bottom. Of a text they are not known before somebody asks. */
  readonly edges: Float64Array;
}

function find(
  all: readonly Item[],
  locked: ReadonlySet<string>,
  boxes: (item: StrokeItem) => Box | undefined,
): Found {
  const items = all.filter(({ layer }) => !locked.has(layer));
  const edges = new Float64Array(4 * items.length).fill(NaN);
  for (const [i, item] of items.entries()) {
    const box = item.kind === "stroke" ? boxes(item) : undefined;
    if (box) edges.set([box.minX, box.minY, box.maxX, box.maxY], 4 * i);
  }
  return { items, edges };
}

/** The boxes of strokes, kept: only a growing stroke becomes another one while it is the same object. */
function createBoxes(): (item: StrokeItem) => Box | undefined {
  const known = new WeakMap<StrokeItem, { readonly count: number; readonly box: Box | undefined }>();
  return (item) => {
    const cached = known.get(item);
    const count = item.points.length;
    if (cached?.count === count) return cached.box;
    let box: Box | undefined;
    for (const points of partsOf(item)) box = unionOf(box, curveBounds(points, item.header.width / 2));
    known.set(item, { count, box });
    return box;
  };
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
