/*
 * A piece of ink, as what is painted of it. Its points are needed until it is outlined, and again where it is so
 * small that it is painted as a hairline of another scale: in between it holds none.
 */
import type { Box, Point } from "../../base/geometry.ts";
import { translation } from "../../base/matrix.ts";
import { curveBounds } from "../../ink/curve.ts";
import { hairlineOf, outlineOf } from "../../ink/outline.ts";
import type { Piece } from "../../ink/pieces.ts";
import type { StrokeHeader } from "../../ink/stroke.ts";
import { displayColor, type InkTheme } from "../canvas/theme.ts";
import type { Drawable, DrawnOutline } from "./drawable.ts";
import { flatten, pathOf, type Flat, type ShapePath } from "./path.ts";
import type { ShapePiece } from "./shape-piece.ts";

/** Where pieces have their points from; the same at each time. */
export interface PieceSource {
  pieceAt(index: number): Piece;
}

/** Thinner than this, in device pixels, ink is painted this wide: it would fade away. */
const HAIRLINE = 1;

/** A class, as there are as many of them as strokes: functions of its own would take most of its memory. */
export class InkPiece implements ShapePiece, DrawnOutline {
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
    this.pathAt(scale);
  }

  drawables({ dark }: InkTheme): readonly Drawable[] {
    const place = translation(this.#origin.x, this.#origin.y);
    return [{ kind: "path", place, outline: this, color: displayColor(this.#header.color, dark), alpha: 1 }];
  }

  pathAt(scale: number): ShapePath {
    if (this.#path?.scale !== scale) this.#path = pathOf(this.flatAt(scale), scale);
    return this.#path;
  }

  flatAt(scale: number): Flat {
    if (this.#header.width * scale < HAIRLINE) {
      return flatten(hairlineOf(this.#piece(), HAIRLINE / scale, 1 / scale), this.#origin);
    }
    return (this.#full ??= flatten(outlineOf(this.#header, this.#piece()), this.#origin));
  }

  #piece(): Piece {
    return this.#source.pieceAt(this.#index);
  }
}
