/*
 * The eraser that takes the ink under it, stretch by stretch.
 */
import type { Point } from "../base/geometry.ts";
import type { Board, ItemId, PathRange, StrokeItem } from "../board/document/board.ts";
import type { Preview } from "../board/previews/preview.ts";
import type { HitTest } from "./hit.ts";
import { mergeRanges, stretchesWithin, type Sweep } from "./sweep.ts";
import { PRECISION, radiusOf, type Tool } from "./tool.ts";

interface Gesture {
  readonly radius: number;
  readonly precision: number;
  readonly cuts: Map<ItemId, readonly PathRange[]>;
  /** Dots have nothing to cut: they go as a whole. */
  readonly erased: Set<ItemId>;
  last: Point;
  preview: Preview | undefined;
}

/**
 * Takes the ink under it out of strokes and shapes, also out of those that somebody is still drawing.
 *
 * A stroke is cut where its middle comes nearer to the eraser than half of its nominal width. So no ink
 * is left under the eraser, and the round ends of what is left just touch it.
 */
export function createCutter({ board, hits }: { readonly board: Board; readonly hits: HitTest }): Tool {
  let gesture: Gesture | undefined;

  /** Says whether the sweep takes anything from the stroke. */
  const cut = (
    { cuts, erased, precision }: Gesture,
    { id, header, points }: StrokeItem,
    sweep: Sweep,
  ): boolean => {
    if (isDot(points)) {
      if (erased.has(id)) return false;
      erased.add(id);
      return true;
    }
    const wider = { ...sweep, radius: sweep.radius + header.width / 2 };
    const before = cuts.get(id) ?? [];
    const after = mergeRanges([...before, ...stretchesWithin(points, wider, precision)]);
    if (sameRanges(before, after)) return false;
    cuts.set(id, after);
    return true;
  };

  const move = (to: Point): void => {
    if (!gesture) return;
    const { cuts, erased, last: from, radius, precision } = gesture;
    const sweep = { from, to, radius };
    let more = false;
    for (const item of hits.swept(sweep, precision)) {
      if (item.kind === "stroke" && cut(gesture, item, sweep)) more = true;
    }
    gesture.last = to;
    if (more) gesture.preview = { kind: "erase", ids: [...erased], cuts: new Map(cuts) };
  };

  const up = (): void => {
    const ended = gesture;
    gesture = undefined;
    if (ended?.preview) board.cut(ended.cuts, [...ended.erased]);
  };

  return {
    down(sample, { size, zoom }) {
      up();
      gesture = {
        radius: radiusOf(size, zoom),
        precision: PRECISION / zoom,
        cuts: new Map(),
        erased: new Set(),
        last: sample,
        preview: undefined,
      };
      move(sample);
    },
    move: (samples) => samples.forEach(move),
    commit: () => undefined,
    up,
    drop() {
      gesture = undefined;
    },
    preview: () => gesture?.preview,
  };
}

function isDot(points: readonly Point[]): boolean {
  return points.every(({ x, y }) => x === points[0]!.x && y === points[0]!.y);
}

function sameRanges(a: readonly PathRange[], b: readonly PathRange[]): boolean {
  return a.length === b.length && a.every(({ from, to }, i) => from === b[i]!.from && to === b[i]!.to);
}
