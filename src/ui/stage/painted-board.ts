/*
 * Joins the board with the renderer, through all that changes how it looks and not what it is.
 */
import type { Box } from "../../base/geometry.ts";
import { unionOf } from "../../base/geometry.ts";
import type { Board, ItemId } from "../../board/document/board.ts";
import type { Cancel } from "../../env/clock.ts";
import type { Preview } from "../../board/previews/preview.ts";
import { createPreviewedBoard } from "../../board/previews/previewed-board.ts";
import type { ItemIndex } from "../../board/spatial/item-index.ts";
import { createItemIndex } from "../../board/spatial/item-index.ts";
import type { Renderer } from "../../render/renderer.ts";
import type { InkPlayback } from "../../render/scene/playback.ts";
import { createRenderer } from "../../render/renderer.ts";
import { createLineBreaker } from "../../render/shapes/line-breaks.ts";
import type { PictureSource } from "../../render/shapes/bitmaps.ts";
import type { Words } from "../../render/shapes/words.ts";
import { createWords } from "../../render/shapes/words.ts";
import { wordsBox } from "../../render/shapes/words-piece.ts";
import { blankText } from "../text/blank-text.ts";
import type { DrawingLayer } from "./drawing-layer.ts";
import type { GestureView } from "./gesture-view.ts";
import { createGestureView } from "./gesture-view.ts";
import type { StageClock } from "./stage-clock.ts";

/** The board as it is painted: as everybody's gestures would leave it, without the words that a field shows. */
export interface PaintedBoard {
  readonly renderer: Renderer;
  readonly playback: PaintedPlayback;
  readonly gestures: GestureView;
  readonly words: Words;
  readonly pictures: PictureSource;
  /** Where the items are. */
  readonly index: ItemIndex;
  /** A box around those of these items that are to be seen. */
  boundsOf(ids: readonly ItemId[]): Box | undefined;
  /** The words of this text are in a field, and not to be painted. */
  setBlank(id: ItemId | undefined): void;
  close(): void;
}

/** Lets ink come as if it were drawn now. */
export interface PaintedPlayback extends InkPlayback, Pick<PaintedBoard, "boundsOf"> {
  /** Calls back before the next paint; the picture counts as moving until then. */
  requestFrame(task: () => void): Cancel;
}

/** One above the other. */
export interface InkCanvases {
  readonly cached: HTMLCanvasElement;
  readonly live: HTMLCanvasElement;
}

export interface PaintedBoardEvents {
  /** What this person's gesture under way will do to the board. */
  readonly onPreview: (preview: Preview | undefined) => void;
  /** It is known where all ink is, after it was not. */
  readonly onKnown: () => void;
  readonly onError: (error: unknown) => void;
}

export function createPaintedBoard({
  canvases: { cached, live },
  board,
  layer,
  clock,
  pictures,
  events: { onPreview, onKnown, onError },
}: {
  readonly canvases: InkCanvases;
  readonly board: Board;
  readonly layer: DrawingLayer;
  readonly clock: StageClock;
  readonly pictures: PictureSource;
  readonly events: PaintedBoardEvents;
}): PaintedBoard {
  const createCanvas = (): HTMLCanvasElement => document.createElement("canvas");
  const words = createWords(createCanvas, createLineBreaker(document));
  // Before all others who listen to the board: they ask it when the board has changed.
  const index = createItemIndex(board, (item) => wordsBox(item, words));
  const blanked = blankText(board, words.blankOf, onError);
  const previewed = createPreviewedBoard(blanked.board);
  const { requestFrame, now } = clock;
  const renderer = createRenderer({
    cached,
    live,
    board: previewed,
    index,
    words,
    pictures,
    requestFrame,
    now,
    onKnown,
    createCanvas,
  });
  const boundsOf = (ids: readonly ItemId[]): Box | undefined =>
    ids.reduce<Box | undefined>((around, id) => unionOf(around, renderer.shown.boundsOf(id)), undefined);
  return {
    renderer,
    playback: { ...renderer.playback, boundsOf, requestFrame },
    gestures: createGestureView({ renderer, previewed, layer: layer.id, tell: onPreview }),
    words,
    pictures,
    index,
    boundsOf,
    setBlank: blanked.setBlank,
    close() {
      renderer.close();
      previewed.close();
      blanked.close();
      index.close();
    },
  };
}
