/*
 * The transparent canvas of what still changes, above the finished ink: finds out where it looks
 * otherwise than before, and has only that painted anew.
 */
import { grownBy, overlaps, unionOf, type Box } from "../../base/geometry.ts";
import { areaOf, worldOf, type Area } from "../canvas/transform.ts";
import { boxOfPieces } from "../shapes/shapes.ts";
import { disjoint } from "./disjoint.ts";
import { createGrownStrokes } from "./grown-strokes.ts";
import {
  blends,
  boxOfLive,
  isEmpty,
  NO_CONTENT,
  sameElements,
  sameLifted,
  type LiveContent,
} from "./live-content.ts";
import { createLivePainter, type LivePainterDeps } from "./live-painter.ts";
import type { View } from "./view.ts";

export interface LiveLayer {
  /**
   * Shows exactly this. `below`: what has become different on the canvas of finished ink, with which a
   * highlighter is blended.
   */
  paint(content: LiveContent, view: View, below: Area | undefined): void;
  /** The canvas is empty: its size was set, or the engine threw it away. */
  invalidate(): void;
  close(): void;
}

/** Device pixels around a region, so that none takes away the soft edge of what lies in the next. */
const REGION_GAP = 4;

export function createLiveLayer(deps: LivePainterDeps): LiveLayer {
  const painter = createLivePainter(deps);
  const strokes = createGrownStrokes(deps.createCanvas);
  let content = NO_CONTENT;
  /** Around all that is lifted. */
  let lifted: Box | undefined;
  let shown: View | undefined;
  let stale = true;

  /** What is repainted somewhere is repainted as a whole: twice over itself its edges would harden. */
  const whole = (boxes: readonly Box[]): Box[] => {
    let regions = disjoint(boxes);
    let units = [...strokes.all().map(({ tail }) => tail), lifted].filter((unit) => unit !== undefined);
    for (;;) {
      const touched = units.filter((unit) => regions.some((region) => overlaps(region, unit)));
      if (touched.length === 0) return regions;
      units = units.filter((unit) => !touched.includes(unit));
      regions = disjoint([...regions, ...touched]);
    }
  };

  const paintRegions = (boxes: readonly Box[], view: View): void => {
    const apart = REGION_GAP / view.transform.scale;
    for (const box of disjoint(whole(boxes).map((each) => grownBy(each, apart)))) {
      const area = areaOf(box, view.transform, view.size);
      if (area) painter.paintIn(area, strokes.all(), content, view);
    }
  };

  /** The strokes that are blended with what has become different below them. */
  const blendedWith = (below: Area | undefined, view: View): Box[] => {
    const changed = below && worldOf(below, view.transform);
    return content.strokes.flatMap((live) => {
      const reach = blends(live, view) ? boxOfPieces(live.shape.pieces) : undefined;
      return reach && changed && overlaps(reach, changed) ? [reach] : [];
    });
  };

  /** What is lifted, and light: where either is other than before. */
  const changedAbove = (before: LiveContent, liftedBefore: Box | undefined, view: View): Box[] => {
    const boxes: Box[] = [];
    const sameLights = sameElements(before.lights, content.lights);
    if (!sameLights) boxes.push(...[...before.lights, ...content.lights].map(({ box }) => box));
    const blending = content.lifted.some((live) => blends(live, view));
    const around = unionOf(liftedBefore, lifted);
    if (around && (blending || !sameLifted(before.lifted, content.lifted))) boxes.push(around);
    return boxes;
  };

  const startOver = (view: View): Box[] => {
    painter.clearAll(view);
    const boxes = strokes.replace(content.strokes, view);
    return [...boxes, ...(lifted ? [lifted] : []), ...content.lights.map(({ box }) => box)];
  };

  return {
    paint(next, view, below) {
      const before = content;
      const liftedBefore = lifted;
      content = next;
      lifted = undefined;
      for (const live of next.lifted) lifted = unionOf(lifted, boxOfLive(live));
      if (!stale && shown && samePlace(shown, view) && strokes.goesOn(next.strokes)) {
        const boxes = [...strokes.grow(next.strokes, view), ...blendedWith(below, view)];
        paintRegions([...boxes, ...changedAbove(before, liftedBefore, view)], view);
      } else if (!isEmpty(next) || !isEmpty(before) || stale) {
        paintRegions(startOver(view), view);
      }
      stale = false;
      shown = view;
    },
    invalidate() {
      stale = true;
    },
    close() {
      strokes.close();
      painter.close();
    },
  };
}

/** What was painted for the one is right for the other. */
function samePlace(a: View, b: View): boolean {
  return (
    a.appearance.dark === b.appearance.dark &&
    a.transform.scale === b.transform.scale &&
    a.transform.x === b.transform.x &&
    a.transform.y === b.transform.y
  );
}
