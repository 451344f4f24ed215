import { grownBy, overlaps, unionOf, type Box } from "../../base/geometry.ts";
import type { View } from "./view.ts";
import { disjoint } from "./disjoint.ts";
import {
  blends,
  boxOfLive,
  blendGroupsOf,
  isEmpty,
  NO_CONTENT,
  placedBox,
  referencesOf,
  sameElements,
  sameLifted,
  type Light,
  type LiveContent,
} from "./live-content.ts";
import { copyArea, drawBlendGroup, resetContext } from "../shapes/paint.ts";
import type { LiveShape } from "../scene/live-ink.ts";
import { boxOfPieces } from "../shapes/shapes.ts";
import type { ShapePiece } from "../shapes/shape-piece.ts";
import { createSurface, release, resize, type Surface } from "../canvas/surface.ts";
import { areaOf, commonArea, worldOf, type Area } from "../canvas/transform.ts";

/** The transparent canvas of what still changes, above the finished ink. */
export interface LiveLayer {
  /**
   * Shows exactly this. `below`: what has become different on the canvas of finished ink, with which a
   * highlighter is blended. What has settled of a growing stroke is painted once, so that the cost does
   * not grow with it.
   */
  paint(content: LiveContent, view: View, below: Area | undefined): void;
  /** The canvas is empty: its size was set, or the engine threw it away. */
  invalidate(): void;
  close(): void;
}

/** A stroke on the canvas, and a canvas of its own for what has settled of it. */
interface Grown {
  live: LiveShape;
  base: Surface | undefined;
  /** The first pieces, which `base` holds. */
  baked: readonly ShapePiece[];
  /** Where the others lie that were painted over it. */
  tail: Box | undefined;
}

/** Canvases of the screen's size are large, so no more than these are kept for the next stroke. */
const MAX_SPARE = 1;

/** Device pixels around a region, so that none takes away the soft edge of what lies in the next. */
const REGION_GAP = 4;

export interface LiveLayerDeps {
  readonly canvas: HTMLCanvasElement;
  /** The canvas of finished ink. */
  readonly below: HTMLCanvasElement;
  readonly createCanvas: () => HTMLCanvasElement;
}

export function createLiveLayer({ canvas, below, createCanvas }: LiveLayerDeps): LiveLayer {
  // The shortest way from the pen to the screen, where the engine has one; others ignore it.
  const screen = createSurface(canvas, { desynchronized: true });
  const spare: Surface[] = [];
  let grown: Grown[] = [];
  let content = NO_CONTENT;
  /** Around all that is lifted. */
  let lifted: Box | undefined;
  let mask: Surface | undefined;
  let shown: View | undefined;
  let stale = true;

  const take = ({ size }: View): Surface => {
    const surface = spare.pop() ?? createSurface(createCanvas(), {});
    resize(surface, size.width, size.height);
    resetContext(surface.context);
    surface.context.clearRect(0, 0, size.width, size.height);
    return surface;
  };

  const giveBack = ({ base }: Grown): void => {
    if (!base) return;
    if (spare.length < MAX_SPARE) spare.push(base);
    else release(base);
  };

  const paintPieces = (
    { context }: Surface,
    { matrix }: LiveShape,
    pieces: readonly ShapePiece[],
    { transform, size, appearance }: View,
  ): void => {
    for (const piece of pieces) {
      if (areaOf(placedBox(piece.box(), matrix), transform, size)) {
        piece.paint(context, { transform, matrix }, appearance);
      }
    }
  };

  /** Puts what has settled where it stays; returns the box of what is new there. */
  const bake = (stroke: Grown, view: View): Box | undefined => {
    const { live, baked } = stroke;
    const settled = live.shape.pieces.slice(0, live.shape.settled);
    const fresh = settled.slice(baked.length);
    if (fresh.length === 0) return undefined;
    stroke.base ??= take(view);
    paintPieces(stroke.base, live, fresh, view);
    stroke.baked = settled;
    return boxOfPieces(fresh);
  };

  /** Strokes and view are what they were, but for what has grown. */
  const goesOn = (strokes: readonly LiveShape[], view: View): boolean =>
    !stale &&
    shown !== undefined &&
    shown.appearance.dark === view.appearance.dark &&
    shown.transform.scale === view.transform.scale &&
    shown.transform.x === view.transform.x &&
    shown.transform.y === view.transform.y &&
    strokes.length === grown.length &&
    strokes.every(({ shape: { header, pieces }, opacity }, i) => {
      const { live, baked } = grown[i]!;
      const same = live.shape.header === header && live.opacity === opacity;
      return same && baked.every((piece, n) => piece === pieces[n]);
    });

  const paintIn = (area: Area, view: View): void => {
    resetContext(screen.context);
    screen.context.clearRect(area.x, area.y, area.width, area.height);
    const box = worldOf(area, view.transform);
    const here = grown.filter(({ live }) => overlapsBox(boxOfLive(live), box));
    const liftedHere = content.lifted.filter((live) => overlapsBox(boxOfLive(live), box));
    // A highlighter blends with what lies below it, and only within one canvas. Not a pixel further
    // than it may reach: what changes there would stay hidden.
    for (const live of [...here.map((each) => each.live), ...liftedHere]) {
      const reach = blends(live, view) ? referencesOf(live, view) : undefined;
      const common = reach && commonArea(reach, area);
      if (common) copyArea(below, screen.context, common);
    }
    for (const { live, base, baked } of here) {
      const tail = live.shape.pieces.slice(baked.length).filter((piece) => overlaps(piece.box(), box));
      paintLive(live, area, view, (target) => {
        if (base) copyArea(base.canvas, target.context, area);
        paintPieces(target, live, tail, view);
      });
    }
    for (const live of liftedHere) {
      paintLive(live, area, view, (target) => paintPieces(target, live, live.shape.pieces, view));
    }
    for (const light of content.lights) if (overlaps(light.box, box)) paintLight(light, area, view);
  };

  /** Over what is there, at once or as one group. */
  const paintLive = (live: LiveShape, area: Area, view: View, put: (target: Surface) => void): void => {
    const groups = blendGroupsOf(live, view);
    const reach = referencesOf(live, view);
    const part = reach && commonArea(reach, area);
    if (!part) return;
    if (groups.length === 0) {
      resetContext(screen.context);
      put(screen);
      return;
    }
    mask ??= createSurface(createCanvas(), {});
    resize(mask, view.size.width, view.size.height);
    resetContext(mask.context);
    mask.context.clearRect(area.x, area.y, area.width, area.height);
    put(mask);
    const alpha = groups.reduce((product, group) => product * group.alpha, 1);
    drawBlendGroup(screen.context, mask, part, { alpha, blend: groups[0]!.blend });
  };

  const paintLight = (light: Light, area: Area, view: View): void => {
    const { context } = screen;
    context.save();
    resetContext(context);
    context.beginPath();
    context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    light.paint(context, view);
    context.restore();
  };

  /** What is repainted somewhere is repainted as a whole: twice over itself its edges would harden. */
  const whole = (boxes: readonly Box[]): Box[] => {
    let regions = disjoint(boxes);
    let units = [...grown.map(({ tail }) => tail), lifted].filter((unit) => unit !== undefined);
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
      if (area) paintIn(area, view);
    }
  };

  const grow = (strokes: readonly LiveShape[], view: View, belowChanged: Area | undefined): Box[] => {
    const boxes: Box[] = [];
    for (const [i, live] of strokes.entries()) {
      const stroke = grown[i]!;
      const before = stroke.tail;
      stroke.live = live;
      const baked = bake(stroke, view);
      stroke.tail = boxOfPieces(live.shape.pieces.slice(stroke.baked.length));
      const box = unionOf(unionOf(before, baked), stroke.tail);
      if (box) boxes.push(box);
      const reach = blends(live, view) ? boxOfPieces(live.shape.pieces) : undefined;
      if (reach && belowChanged && overlaps(reach, worldOf(belowChanged, view.transform))) boxes.push(reach);
    }
    return boxes;
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

  const startOver = (strokes: readonly LiveShape[], view: View): Box[] => {
    for (const stroke of grown) giveBack(stroke);
    grown = strokes.map((live) => ({ live, base: undefined, baked: [], tail: undefined }));
    resetContext(screen.context);
    screen.context.clearRect(0, 0, view.size.width, view.size.height);
    for (const stroke of grown) {
      bake(stroke, view);
      stroke.tail = boxOfPieces(stroke.live.shape.pieces.slice(stroke.baked.length));
    }
    const boxes = strokes.flatMap(({ shape: { pieces } }) => boxOfPieces(pieces) ?? []);
    return [...boxes, ...(lifted ? [lifted] : []), ...content.lights.map(({ box }) => box)];
  };

  return {
    paint(next, view, belowChanged) {
      const before = content;
      const liftedBefore = lifted;
      content = next;
      lifted = undefined;
      for (const live of next.lifted) lifted = unionOf(lifted, boxOfLive(live));
      if (goesOn(next.strokes, view)) {
        const boxes = grow(next.strokes, view, belowChanged);
        paintRegions([...boxes, ...changedAbove(before, liftedBefore, view)], view);
      } else if (!isEmpty(next) || !isEmpty(before) || stale) {
        paintRegions(startOver(next.strokes, view), view);
      }
      stale = false;
      shown = view;
    },
    invalidate() {
      stale = true;
    },
    close() {
      for (const stroke of grown) giveBack(stroke);
      for (const surface of [...spare, ...(mask ? [mask] : [])]) release(surface);
    },
  };
}

function overlapsBox(a: Box | undefined, b: Box): boolean {
  return a !== undefined && overlaps(a, b);
}
