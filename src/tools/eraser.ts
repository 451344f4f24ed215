import type { Point } from "../base/geometry.ts";
import type { Board, ItemId } from "../board/document/board.ts";
import type { Preview } from "../board/previews/preview.ts";
import type { HitTest } from "./hit.ts";
import { PRECISION, radiusOf, type Tool } from "./tool.ts";

interface Gesture {
  readonly radius: number;
  readonly precision: number;
  readonly erased: Set<ItemId>;
  last: Point;
  preview: Preview | undefined;
}

/** Takes the strokes, shapes and texts that it touches, each as a whole: also what somebody is still drawing. */
export function createEraser({ board, hits }: { readonly board: Board; readonly hits: HitTest }): Tool {
  let gesture: Gesture | undefined;

  const sweep = (to: Point): void => {
    if (!gesture) return;
    const { erased, last: from, radius, precision } = gesture;
    const hit = hits.swept({ from, to, radius }, precision).map(({ id }) => id);
    const fresh = hit.filter((id) => !erased.has(id));
    gesture.last = to;
    if (fresh.length === 0) return;
    for (const id of board.whole(fresh)) erased.add(id);
    gesture.preview = { kind: "erase", ids: [...erased], cuts: new Map() };
  };

  const up = (): void => {
    const ids = [...(gesture?.erased ?? [])];
    gesture = undefined;
    if (ids.length > 0) board.erase(ids);
  };

  return {
    down(sample, { size, zoom }) {
      up();
      const radius = radiusOf(size, zoom);
      gesture = { radius, precision: PRECISION / zoom, erased: new Set(), last: sample, preview: undefined };
      sweep(sample);
    },
    move: (samples) => samples.forEach(sweep),
    commit: () => undefined,
    up,
    drop() {
      gesture = undefined;
    },
    preview: () => gesture?.preview,
  };
}
