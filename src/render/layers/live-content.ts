/*
 * What is to be seen on the live canvas, and what of it is alike from one painting to the next.
 */
import type { Box } from "../../base/geometry.ts";
import { boxThrough } from "../../base/matrix.ts";
import type { View } from "./view.ts";
import { blendGroupOf, type BlendGroup } from "../shapes/paint.ts";
import type { LiveShape } from "../scene/live-ink.ts";
import type { Surface } from "../canvas/surface.ts";
import type { ShapePiece } from "../shapes/shape-piece.ts";
import { paintPiece } from "../shapes/canvas-painter.ts";
import { boxOfPieces } from "../shapes/shapes.ts";
import { areaOf, type Area } from "../canvas/transform.ts";

/** What is on the live canvas, bottom first. */
export interface LiveContent {
  /** Strokes that grow. */
  readonly strokes: readonly LiveShape[];
  /** What gestures take elsewhere. */
  readonly lifted: readonly LiveShape[];
  /** What is no ink. The same object as long as it looks the same. */
  readonly lights: readonly Light[];
}

/** Light over everything, which leaves no ink. */
export interface Light {
  /** World units; nothing is painted outside. */
  readonly box: Box;
  paint(context: CanvasRenderingContext2D, view: View): void;
}

export const NO_CONTENT: LiveContent = { strokes: [], lifted: [], lights: [] };

export function isEmpty({ strokes, lifted, lights }: LiveContent): boolean {
  return strokes.length + lifted.length + lights.length === 0;
}

export function sameElements<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

export function sameLifted(a: readonly LiveShape[], b: readonly LiveShape[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ shape, matrix, opacity }, i) => {
      const other = b[i]!;
      return shape === other.shape && matrix === other.matrix && opacity === other.opacity;
    })
  );
}

export function blendGroupsOf({ shape, opacity }: LiveShape, { appearance }: View): BlendGroup[] {
  const own = blendGroupOf(shape, appearance);
  const layer: BlendGroup[] = opacity < 1 ? [{ alpha: opacity, blend: "source-over" }] : [];
  return [...(own ? [own] : []), ...layer];
}

/** It needs what lies below it on the same canvas. */
export function blends({ shape }: LiveShape, { appearance }: View): boolean {
  return blendGroupOf(shape, appearance) !== undefined;
}

export function boxOfLive({ shape, matrix }: LiveShape): Box | undefined {
  const box = boxOfPieces(shape.pieces);
  return box && placedBox(box, matrix);
}

function placedBox(box: Box, matrix: LiveShape["matrix"]): Box {
  return matrix ? boxThrough(matrix, box) : box;
}

export function areaOfLive(live: LiveShape, { transform, size }: View): Area | undefined {
  const box = boxOfLive(live);
  return box && areaOf(box, transform, size);
}

/** Those that are in view, each where a gesture takes the whole. */
export function paintPieces(
  { context }: Surface,
  { matrix }: LiveShape,
  pieces: readonly ShapePiece[],
  { transform, size, appearance }: View,
): void {
  for (const piece of pieces) {
    if (areaOf(placedBox(piece.box(), matrix), transform, size)) {
      paintPiece(context, piece, { transform, matrix }, appearance);
    }
  }
}
