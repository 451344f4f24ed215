import type { Point } from "../base/geometry.ts";
import type { Board, ItemId, StrokeWriter } from "../board/document/board.ts";
import type { Simplifier } from "../ink/simplify.ts";
import { createSimplifier } from "../ink/simplify.ts";
import type { InkPoint, InkSample, ShapeTool, StrokeHeader } from "../ink/stroke.ts";

/** The stroke under the pen, as it is to be shown now. */
export interface PenPreview {
  readonly header: StrokeHeader;
  /** The kept points, then the way to the pen's tip. */
  readonly points: readonly InkPoint[];
  /** The item that shows a part of it already, once there is one. */
  readonly itemId?: ItemId;
}

/**
 * One person's pen: samples in, a stroke in the document out.
 *
 * A stroke starts `provisional` where it may still turn out to be something else (the first finger of a
 * pinch): then nothing reaches the document before `commit` or `up`, and `drop` leaves no trace.
 */
export interface Pen {
  /** Pen down. A stroke that is still under way is ended. `zoom`: of the canvas it is drawn on. */
  down(
    header: StrokeHeader,
    sample: InkSample,
    options: { readonly zoom: number; readonly provisional: boolean },
  ): void;
  /** Samples in world units, in the order of time. Without a stroke they are ignored. */
  move(samples: readonly InkSample[]): void;
  /** The stroke is one: it enters the document and grows there. */
  commit(): void;
  /** Pen up: the stroke is complete. */
  up(): void;
  /** Pen up, and the stroke was meant as this shape, which takes its place; undo brings the stroke back. */
  replace(header: StrokeHeader & { readonly tool: ShapeTool }, from: Point, to: Point): void;
  /** Forgets a provisional stroke; one that was committed is ended instead. */
  drop(): void;
  /** Undefined while the pen is up. */
  preview(): PenPreview | undefined;
}

interface Stroke {
  readonly header: StrokeHeader;
  readonly simplifier: Simplifier;
  /** Kept points that no writer has taken yet. */
  unwritten: InkPoint[];
  writer: StrokeWriter | undefined;
}

export function createPen({ board }: { readonly board: Board }): Pen {
  let stroke: Stroke | undefined;

  const add = (to: Stroke, points: readonly InkPoint[]): void => {
    if (points.length === 0) return;
    if (to.writer) to.writer.add(points);
    else to.unwritten.push(...points);
  };

  const writerOf = (of: Stroke): StrokeWriter => {
    if (of.writer) return of.writer;
    of.writer = board.startStroke(of.header);
    of.writer.add(of.unwritten);
    of.unwritten = [];
    return of.writer;
  };

  const up = (): void => {
    if (!stroke) return;
    const ended = stroke;
    stroke = undefined;
    add(ended, ended.simplifier.end());
    writerOf(ended).end();
  };

  return {
    down(header, sample, { zoom, provisional }) {
      up();
      stroke = { header, simplifier: createSimplifier(header, zoom), unwritten: [], writer: undefined };
      add(stroke, stroke.simplifier.push(sample));
      if (!provisional) writerOf(stroke);
    },
    move(samples) {
      if (!stroke) return;
      for (const sample of samples) add(stroke, stroke.simplifier.push(sample));
    },
    commit() {
      if (stroke) writerOf(stroke);
    },
    up,
    replace(header, from, to) {
      if (!stroke) return;
      const ended = stroke;
      stroke = undefined;
      add(ended, ended.simplifier.end());
      writerOf(ended).replace(header, from, to);
    },
    drop() {
      if (stroke?.writer) up();
      stroke = undefined;
    },
    preview() {
      if (!stroke) return undefined;
      const { header, writer, unwritten, simplifier } = stroke;
      const points = [...(writer?.points ?? unwritten), ...simplifier.tail()];
      const itemId = writer?.itemId();
      return itemId === undefined ? { header, points } : { header, points, itemId };
    },
  };
}
