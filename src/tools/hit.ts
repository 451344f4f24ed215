import { boundsOf, overlaps, unionOf, type Box, type Point } from "../base/geometry.ts";
import { apply } from "../base/matrix.ts";
import type { Board, Item, LayerId, StrokeItem, TextItem } from "../board/document/board.ts";
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
  const boxOfInk = createKept(boxOfStroke);
  const looseBox = createKept(looseBoxOf);
  let found: Found | undefined;
  let locked: ReadonlySet<LayerId> | undefined;
  const unsubscribe = board.onChange(() => {
    found = undefined;
    locked = undefined;
  });

  const lockedLayers = (): ReadonlySet<LayerId> =>
    (locked ??= new Set(board.layers().flatMap((layer) => (layer.locked ? [layer.id] : []))));

  const boxOf = (item: Item): Box | undefined =>
    item.kind === "stroke" ? boxOfInk(item) : boundsOf(cornersOf(item, sizeOf));

  const near = (box: Box): Item[] => {
    found ??= find(board.items(), lockedLayers(), looseBox);
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
  /** Of each item, or around it: left, top, right, bottom. Of a text they are not known before somebody asks. */
  readonly edges: Float64Array;
}

function find(
  all: readonly Item[],
  locked: ReadonlySet<LayerId>,
  looseBox: (item: StrokeItem) => Box | undefined,
): Found {
  const items = all.filter(({ layer }) => !locked.has(layer));
  const edges = new Float64Array(4 * items.length).fill(NaN);
  for (const [i, item] of items.entries()) {
    const box = item.kind === "stroke" ? looseBox(item) : undefined;
    if (box) edges.set([box.minX, box.minY, box.maxX, box.maxY], 4 * i);
  }
  return { items, edges };
}

/** What is known of strokes: only a growing one becomes another while it is the same object. */
function createKept<T>(make: (item: StrokeItem) => T): (item: StrokeItem) => T {
  const known = new WeakMap<StrokeItem, { readonly count: number; readonly value: T }>();
  return (item) => {
    const cached = known.get(item);
    const count = item.points.length;
    if (cached?.count === count) return cached.value;
    const value = make(item);
    known.set(item, { count, value });
    return value;
  };
}

function boxOfStroke({ header, parts, points }: StrokeItem): Box | undefined {
  let box: Box | undefined;
  for (const part of parts ?? [points]) box = unionOf(box, curveBounds(part, header.width / 2));
  return box;
}

/**
 * A box that holds the stroke, found quickly: this runs for each stroke of a large board. Between two
 * points the curve swings out by less than two times the longest way from a point to the next.
 */
function looseBoxOf({ header, points }: StrokeItem): Box | undefined {
  let longest = 0;
  for (let i = 1; i < points.length && points.length > 2; i++) {
    const { x, y } = points[i - 1]!;
    longest = Math.max(longest, Math.abs(points[i]!.x - x) + Math.abs(points[i]!.y - y));
  }
  return boundsOf(points, header.width / 2 + 2 * longest);
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
