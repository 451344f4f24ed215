import { overlaps, unionOf, type Box } from "../base/geometry.ts";
import type { View } from "./cached-layer.ts";
import { disjoint } from "./disjoint.ts";
import { copyArea, isGlaze, layGlaze, paintPiece, resetContext } from "./paint.ts";
import { boxOfPieces, type Shape, type ShapePiece } from "./shapes.ts";
import { createSurface, release, resize, type Surface } from "./surface.ts";
import { areaOf, commonArea, worldOf, type Area } from "./transform.ts";

/** The transparent canvas of strokes that still grow, above the finished ones. */
export interface LiveLayer {
  /**
   * Shows exactly these strokes, bottom first. `below`: what has become different on the canvas of
   * finished ink, with which a highlighter is blended. What has settled of a growing stroke is painted
   * once, so that the cost does not grow with it.
   */
  paint(shapes: readonly Shape[], view: View, below: Area | undefined): void;
  /** The canvas is empty: its size was set, or the engine threw it away. */
  invalidate(): void;
  close(): void;
}

/** A stroke on the canvas, and a canvas of its own for what has settled of it. */
interface Grown {
  shape: Shape;
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
    shape: Shape,
    pieces: readonly ShapePiece[],
    { transform, size, theme }: View,
  ): void => {
    for (const piece of pieces) {
      if (areaOf(piece.box(), transform, size)) paintPiece(context, shape, piece, transform, theme);
    }
  };

  /** Puts what has settled where it stays; returns the box of what is new there. */
  const bake = (stroke: Grown, view: View): Box | undefined => {
    const { shape, baked } = stroke;
    const settled = shape.pieces.slice(0, shape.settled);
    const fresh = settled.slice(baked.length);
    if (fresh.length === 0) return undefined;
    stroke.base ??= take(view);
    paintPieces(stroke.base, shape, fresh, view);
    stroke.baked = settled;
    return boxOfPieces(fresh);
  };

  /** Strokes and view are what they were, but for what has grown. */
  const goesOn = (shapes: readonly Shape[], view: View): boolean =>
    !stale &&
    shown !== undefined &&
    shown.theme.dark === view.theme.dark &&
    shown.transform.scale === view.transform.scale &&
    shown.transform.x === view.transform.x &&
    shown.transform.y === view.transform.y &&
    shapes.length === grown.length &&
    shapes.every(({ header, pieces }, i) => {
      const { shape, baked } = grown[i]!;
      return shape.header === header && baked.every((piece, n) => piece === pieces[n]);
    });

  const paintIn = (area: Area, view: View): void => {
    resetContext(screen.context);
    screen.context.clearRect(area.x, area.y, area.width, area.height);
    const box = worldOf(area, view.transform);
    const here = grown.filter(({ shape }) => overlapsBox(boxOfPieces(shape.pieces), box));
    // A highlighter blends with what lies below it, and only within one canvas. Not a pixel further
    // than it may reach: what changes there would stay hidden.
    for (const { shape } of here) {
      const reach = isGlaze(shape) ? reachOf(shape, view) : undefined;
      const common = reach && commonArea(reach, area);
      if (common) copyArea(below, screen.context, common);
    }
    for (const stroke of here) {
      const target = isGlaze(stroke.shape) ? (mask ??= createSurface(createCanvas(), {})) : screen;
      if (target === mask) {
        resize(mask, view.size.width, view.size.height);
        resetContext(mask.context);
        mask.context.clearRect(area.x, area.y, area.width, area.height);
      }
      resetContext(target.context);
      if (stroke.base) copyArea(stroke.base.canvas, target.context, area);
      const { pieces } = stroke.shape;
      const tail = pieces.slice(stroke.baked.length).filter((piece) => overlaps(piece.box(), box));
      paintPieces(target, stroke.shape, tail, view);
      if (target === mask) layGlaze(screen.context, mask, area, view.theme);
    }
  };

  const paintRegions = (boxes: readonly Box[], view: View): void => {
    const apart = REGION_GAP / view.transform.scale;
    for (const box of disjoint(boxes.map((each) => grownBy(each, apart)))) {
      const area = areaOf(box, view.transform, view.size);
      if (area) paintIn(area, view);
    }
  };

  const grow = (shapes: readonly Shape[], view: View, belowChanged: Area | undefined): void => {
    const boxes: Box[] = [];
    for (const [i, shape] of shapes.entries()) {
      const stroke = grown[i]!;
      const before = stroke.tail;
      stroke.shape = shape;
      const baked = bake(stroke, view);
      stroke.tail = boxOfPieces(shape.pieces.slice(stroke.baked.length));
      const box = unionOf(unionOf(before, baked), stroke.tail);
      if (box) boxes.push(box);
      const whole = isGlaze(shape) ? boxOfPieces(shape.pieces) : undefined;
      if (whole && belowChanged && overlaps(whole, worldOf(belowChanged, view.transform))) boxes.push(whole);
    }
    paintRegions(boxes, view);
  };

  const startOver = (shapes: readonly Shape[], view: View): void => {
    for (const stroke of grown) giveBack(stroke);
    grown = shapes.map((shape) => ({ shape, base: undefined, baked: [], tail: undefined }));
    resetContext(screen.context);
    screen.context.clearRect(0, 0, view.size.width, view.size.height);
    for (const stroke of grown) {
      bake(stroke, view);
      stroke.tail = boxOfPieces(stroke.shape.pieces.slice(stroke.baked.length));
    }
    paintRegions(
      shapes.flatMap(({ pieces }) => boxOfPieces(pieces) ?? []),
      view,
    );
  };

  return {
    paint(shapes, view, belowChanged) {
      if (goesOn(shapes, view)) grow(shapes, view, belowChanged);
      else if (shapes.length > 0 || grown.length > 0 || stale) startOver(shapes, view);
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

function reachOf({ pieces }: Shape, { transform, size }: View): Area | undefined {
  const box = boxOfPieces(pieces);
  return box && areaOf(box, transform, size);
}

function grownBy({ minX, minY, maxX, maxY }: Box, margin: number): Box {
  return { minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin };
}

function overlapsBox(a: Box | undefined, b: Box): boolean {
  return a !== undefined && overlaps(a, b);
}
