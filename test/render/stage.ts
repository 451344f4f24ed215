import { NO_PICTURES, type PictureSource } from "../../src/render/shapes/bitmaps.ts";
import { createPreviewedBoard, type PreviewedBoard } from "../../src/board/previews/previewed-board.ts";
import type { Cancel } from "../../src/env/clock.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import type { StrokePreview } from "../../src/render/scene/previews.ts";
import { createRenderer, type Renderer } from "../../src/render/renderer.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";
import { createWords } from "../../src/render/shapes/words.ts";
import { wordsBox } from "../../src/render/shapes/words-piece.ts";
import { PEN } from "../support/strokes.ts";
import type { FakeBoard } from "./fake-board.ts";
import { createFakeCanvas, type FakeCanvas } from "./fake-canvas.ts";
import { fakeLineBreaker } from "./fake-line-breaker.ts";

export const WIDTH = 80;
export const HEIGHT = 60;

export const MARKER = { ...PEN, tool: "marker", width: 3, color: 0xd02020 } as const;
export const HIGHLIGHTER = { ...PEN, tool: "highlighter", width: 8, color: 0xffe14d } as const;

/** A stroke of two points whose colour tells it from others. */
export const line = (x: number, y: number, length = 6): InkPoint[] => [
  { x, y, pressure: 0.5 },
  { x: x + length, y: y + 2, pressure: 0.5 },
];

/** A stroke so long that another item continues it where it ends. */
export const longLine = (x: number, y: number, length = 12): InkPoint[] =>
  Array.from({ length: 201 }, (_, i) => ({ x: x + (i * length) / 200, y: y + (i % 2), pressure: 0.5 }));

export interface Stage {
  readonly renderer: Renderer;
  readonly previewed: PreviewedBoard;
  readonly cached: FakeCanvas;
  readonly live: FakeCanvas;
  /** The canvases that are on no page. */
  readonly others: readonly FakeCanvas[];
  /** Runs the frame that was asked for, if any; says whether one was. */
  frame(): boolean;
  /** Runs frames until none is asked for; returns how many. */
  settle(): number;
  /** What was painted on all canvases so far. */
  work(): { readonly paths: number; readonly cleared: number };
}

interface StageOptions {
  /** Without it a frame takes no time, so that everything gets done, and the next one is 16 ms later. */
  readonly now?: () => number;
  readonly settled?: boolean;
  readonly pictures?: PictureSource;
  readonly onKnown?: () => void;
}

export function createStage(
  board: FakeBoard,
  { now, settled = true, pictures = NO_PICTURES, onKnown }: StageOptions = {},
): Stage {
  let time = 0;
  const cached = createFakeCanvas();
  const live = createFakeCanvas();
  const others: FakeCanvas[] = [];
  let waiting: (() => void) | undefined;
  const requestFrame = (task: () => void): Cancel => {
    if (waiting) throw new Error("two frames asked for");
    waiting = task;
    return () => {
      if (waiting === task) waiting = undefined;
    };
  };
  const createCanvas = (): HTMLCanvasElement => {
    const canvas = createFakeCanvas();
    others.push(canvas);
    return canvas.element;
  };
  const words = createWords(createCanvas, fakeLineBreaker);
  const index = createItemIndex(board, (item) => wordsBox(item, words));
  const previewed = createPreviewedBoard(board);
  const renderer = createRenderer({
    cached: cached.element,
    live: live.element,
    board: previewed,
    index,
    words,
    pictures,
    requestFrame,
    now: now ?? (() => time),
    onKnown: () => onKnown?.(),
    createCanvas,
  });
  const frame = (): boolean => {
    const task = waiting;
    waiting = undefined;
    time += 16;
    task?.();
    return task !== undefined;
  };
  const settle = (): number => {
    let frames = 0;
    while (frame()) if (++frames > 10_000) throw new Error("it never comes to rest");
    return frames;
  };
  renderer.setViewport(WIDTH, HEIGHT, 1);
  if (settled) settle();
  const work = (): { paths: number; cleared: number } => {
    const each = [cached, live, ...others].map((canvas) => canvas.work());
    const sum = (of: (one: { paths: number; cleared: number }) => number): number =>
      each.reduce((total, one) => total + of(one), 0);
    return { paths: sum(({ paths }) => paths), cleared: sum(({ cleared }) => cleared) };
  };
  return { renderer, previewed, cached, live, others, frame, settle, work };
}

/** What somebody who opens the same board now, with the same view, sees. */
export function freshPixels(
  board: FakeBoard,
  like: Renderer,
  previews: readonly StrokePreview[] = [],
  gestures: readonly Preview[] = [],
) {
  const { renderer, previewed, cached, live, settle } = createStage(board, { settled: false });
  for (const [who, gesture] of gestures.entries()) previewed.setPreview(`${who}`, gesture);
  renderer.setCamera(like.camera());
  renderer.setPreviews(previews);
  settle();
  return { cached: cached.pixels(), live: live.pixels() };
}

/** The first places where two canvases differ. */
export const differences = (a: readonly string[], b: readonly string[]): string[] =>
  a
    .flatMap((pixel, at) => {
      const where = `${at % WIDTH}, ${Math.floor(at / WIDTH)}`;
      return pixel === b[at] ? [] : [`${where}: "${pixel}" instead of "${b[at]}"`];
    })
    .slice(0, 3);

/**
 * What is seen of two canvases, one above the other. Under a highlighter the upper one holds a copy of the lower one,
 * which may reach a little further or less without being seen.
 */
export const seenOn = (cached: readonly string[], live: readonly string[]): string[] =>
  live.map((pixel, at) => (pixel.startsWith("#") ? pixel : cached[at]! + pixel));

export const inkOn = (canvas: FakeCanvas): number =>
  canvas.pixels().filter((pixel) => pixel.includes(" ")).length;
