/*
 * The growing strokes of the live canvas. What has settled of a stroke is painted once, on a canvas of
 * its own, so that the cost of a frame does not grow with the stroke; the rest of it, its tail, is
 * painted anew each time.
 */
import { unionOf, type Box } from "../../base/geometry.ts";
import { createSurface, release, resize, type Surface } from "../canvas/surface.ts";
import type { LiveShape } from "../scene/live-ink.ts";
import { resetContext } from "../shapes/paint.ts";
import type { ShapePiece } from "../shapes/shape-piece.ts";
import { boxOfPieces } from "../shapes/shapes.ts";
import { paintPieces } from "./live-content.ts";
import type { View } from "./view.ts";

export interface GrownStroke {
  live: LiveShape;
  /** Holds the first pieces, those of `baked`. */
  base: Surface | undefined;
  baked: readonly ShapePiece[];
  /** Where the others lie that were painted over it. */
  tail: Box | undefined;
}

export interface GrownStrokes {
  all(): readonly GrownStroke[];
  /** They are what they were, but for what has grown. */
  goesOn(strokes: readonly LiveShape[]): boolean;
  /** Takes in what has grown of the same strokes; returns where they look otherwise. */
  grow(strokes: readonly LiveShape[], view: View): Box[];
  /** Takes in other strokes, or another view; returns where they are. */
  replace(strokes: readonly LiveShape[], view: View): Box[];
  close(): void;
}

/** Canvases of the screen's size are large, so no more than these are kept for the next stroke. */
const MAX_SPARE = 1;

export function createGrownStrokes(createCanvas: () => HTMLCanvasElement): GrownStrokes {
  const spare: Surface[] = [];
  let grown: readonly GrownStroke[] = [];

  const take = ({ size }: View): Surface => {
    const surface = spare.pop() ?? createSurface(createCanvas(), {});
    resize(surface, size.width, size.height);
    resetContext(surface.context);
    surface.context.clearRect(0, 0, size.width, size.height);
    return surface;
  };

  const giveBack = ({ base }: GrownStroke): void => {
    if (!base) return;
    if (spare.length < MAX_SPARE) spare.push(base);
    else release(base);
  };

  /** Puts what has settled where it stays, and finds the tail; returns the box of what is new there. */
  const bake = (stroke: GrownStroke, view: View): Box | undefined => {
    const { live, baked } = stroke;
    const settled = live.shape.pieces.slice(0, live.shape.settled);
    const fresh = settled.slice(baked.length);
    if (fresh.length > 0) {
      stroke.base ??= take(view);
      paintPieces(stroke.base, live, fresh, view);
      stroke.baked = settled;
    }
    stroke.tail = boxOfPieces(live.shape.pieces.slice(stroke.baked.length));
    return boxOfPieces(fresh);
  };

  return {
    all: () => grown,
    goesOn: (strokes) =>
      strokes.length === grown.length &&
      strokes.every(({ shape: { header, pieces }, opacity }, i) => {
        const { live, baked } = grown[i]!;
        const same = live.shape.header === header && live.opacity === opacity;
        return same && baked.every((piece, n) => piece === pieces[n]);
      }),
    grow(strokes, view) {
      const boxes: Box[] = [];
      for (const [i, live] of strokes.entries()) {
        const stroke = grown[i]!;
        const before = stroke.tail;
        stroke.live = live;
        const baked = bake(stroke, view);
        const box = unionOf(unionOf(before, baked), stroke.tail);
        if (box) boxes.push(box);
      }
      return boxes;
    },
    replace(strokes, view) {
      for (const stroke of grown) giveBack(stroke);
      grown = strokes.map((live) => ({ live, base: undefined, baked: [], tail: undefined }));
      for (const stroke of grown) bake(stroke, view);
      return strokes.flatMap(({ shape: { pieces } }) => boxOfPieces(pieces) ?? []);
    },
    close() {
      for (const stroke of grown) giveBack(stroke);
      for (const surface of spare) release(surface);
    },
  };
}
