/*
 * A piece of ink that paints itself. Its points are needed until it is outlined, and again where it is so
 * small that it is painted as a hairline of another scale: in between it holds none.
 */
import type { Box, Point } from "../../base/geometry.ts";
import { multiply } from "../../base/matrix.ts";
import { curveBounds } from "../../ink/curve.ts";
import { hairlineOf, outlineOf } from "../../ink/outline.ts";
import type { Piece } from "../../ink/pieces.ts";
import type { StrokeHeader } from "../../ink/stroke.ts";
import { displayColor, type InkTheme } from "../canvas/theme.ts";
import { flatten, onGrid, pathOf, type Flat, type ShapePath } from "./path.ts";
import type { Placed, ShapePiece } from "./shape-piece.ts";

/** Where pieces have their points from; the same at each time. */
export interface PieceSource {
  pieceAt(index: number): Piece;
}

/** Thinner than this, in device pixels, ink is painted this wide: it would fade away. */
const HAIRLINE = 1;

/** A class, as there are as many of them as strokes: functions of its own would take most of its memory. */
export class InkPiece implements ShapePiece {
  readonly #header: StrokeHeader;
  readonly #index: number;
  readonly #origin: Point;
  #source: PieceSource;
  #box: Box | undefined = undefined;
  #full: Flat | undefined = undefined;
  #path: ShapePath | undefined = undefined;

  constructor(header: StrokeHeader, source: PieceSource, index: number) {
    this.#header = header;
    this.#source = source;
    this.#index = index;
    const { points, from } = source.pieceAt(index);
    const { x, y } = points[from]!;
    this.#origin = { x, y };
  }

  /** From now on its points, which are the same, come from here. */
  takeFrom(source: PieceSource): void {
    this.#source = source;
  }

  box(): Box {
    return (this.#box ??= curveBounds(this.#piece().points, this.#header.width)!);
  }

  prepare(scale: number): void {
    this.#pathAt(scale);
  }

  paint(context: CanvasRenderingContext2D, { transform, matrix }: Placed, theme: InkTheme): void {
    const { scale } = transform;
    const { path, lineWidth } = this.#pathAt(scale);
    const place = { a: 1, b: 0, c: 0, d: 1, e: this.#origin.x, f: this.#origin.y };
    const { a, b, c, d, e, f } = matrix ? multiply(matrix, place) : place;
    context.setTransform(a, b, c, d, onGrid(e * scale) + transform.x, onGrid(f * scale) + transform.y);
    const color = displayColor(this.#header.color, theme.dark);
    if (lineWidth === undefined) {
      context.fillStyle = color;
      context.fill(path);
    } else {
      context.strokeStyle = color;
      context.lineWidth = lineWidth;
      context.lineCap = "round";
      context.lineJoin = "round";
      context.stroke(path);
    }
  }

  #piece(): Piece {
    return this.#source.pieceAt(this.#index);
  }

  #pathAt(scale: number): ShapePath {
    if (this.#path?.scale !== scale) this.#path = pathOf(this.#flatAt(scale), scale);
    return this.#path;
  }

  #flatAt(scale: number): Flat {
    if (this.#header.width * scale < HAIRLINE) {
      return flatten(hairlineOf(this.#piece(), HAIRLINE / scale, 1 / scale), this.#origin);
    }
    return (this.#full ??= flatten(outlineOf(this.#header, this.#piece()), this.#origin));
  }
}
