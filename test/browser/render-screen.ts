/*
 * Runs in a page of its own: what the renderer paints on, and the same board painted plainly beside it.
 */
import { createBitmaps } from "../../src/render/shapes/bitmaps.ts";
import type { Item } from "../../src/board/document/board.ts";
import { createPreviewedBoard, type PreviewedBoard } from "../../src/board/previews/previewed-board.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";
import { paintBackground } from "../../src/render/canvas/appearance.ts";
import { areaOf, transformOf, type Transform } from "../../src/render/canvas/transform.ts";
import { createRenderer, type Renderer } from "../../src/render/renderer.ts";
import { blendGroupOf, drawBlendGroup, resetContext } from "../../src/render/shapes/paint.ts";
import { paintPiece } from "../../src/render/shapes/canvas-painter.ts";
import { createShapeCache } from "../../src/render/shapes/shape-cache.ts";
import { createLineBreaker } from "../../src/render/shapes/line-breaks.ts";
import { wordsBox } from "../../src/render/shapes/words-piece.ts";
import { createWords } from "../../src/render/shapes/words.ts";
import { createFakeBoard, type FakeBoard } from "../render/fake-board.ts";

/** In pixels of CSS. */
export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

/** A board and its renderer on two canvases of the page. */
export interface RenderScreen {
  /** The screen in its own pixels. */
  readonly width: number;
  readonly height: number;
  readonly board: FakeBoard;
  readonly previewed: PreviewedBoard;
  readonly renderer: Renderer;
  /** The two canvases, the live one last, and those that the renderer made. */
  readonly canvases: readonly HTMLCanvasElement[];
  readonly others: readonly HTMLCanvasElement[];
  /** What a plain painting is to look like. */
  theme: { readonly dark: boolean };
  /** The bytes of a picture are here from now on. */
  bring(hash: string, its: Uint8Array): void;
  /** From the world to the screen's pixels. */
  transform(): Transform;
  /** Waits for the next frame. */
  frame(): Promise<void>;
  /** Waits until nothing changes any more, also by a picture that is being decoded; how many frames that took. */
  settled(): Promise<number>;
  /** All that is on the screen: red, green, blue and alpha of each pixel, row by row. */
  shown(): Uint8ClampedArray;
  /** The same of one pixel, which takes much less time. */
  shownAt(x: number, y: number): Uint8ClampedArray;
  /**
   * Of each item, painted alone on an empty canvas: how many pixels its ink has, and how many of these are
   * outside its box as tiles count it.
   */
  strays(): readonly { readonly id: string; readonly ink: number; readonly outside: number }[];
  /** The same if the board were painted plainly: stroke by stroke, over the whole canvas. */
  plain(): Uint8ClampedArray;
}

/** Makes the canvases, of so many screen pixels for each of CSS. */
export function createRenderScreen(size: ScreenSize, pixelRatio: number): RenderScreen {
  const cached = document.body.appendChild(document.createElement("canvas"));
  const live = document.body.appendChild(document.createElement("canvas"));
  for (const canvas of [cached, live]) canvas.style.position = "absolute";
  const others: HTMLCanvasElement[] = [];
  const board: FakeBoard = createFakeBoard();
  const createCanvas = (): HTMLCanvasElement => {
    const canvas = document.createElement("canvas");
    others.push(canvas);
    return canvas;
  };
  const words = createWords(createCanvas, createLineBreaker(document));
  const index = createItemIndex(board, (item) => wordsBox(item, words));
  const previewed = createPreviewedBoard(board);
  const bytes = new Map<string, Uint8Array>();
  let came: (hash: string) => void = () => undefined;
  const decoder = createDecoder();
  const bitmaps = createBitmaps({
    bytesOf: (hash) => Promise.resolve(bytes.get(hash)),
    onBytes(listener) {
      came = listener;
      return () => undefined;
    },
    decode: decoder.decode,
    createCanvas,
    now: () => performance.now(),
    onError: (error) => console.error(error),
  });
  const renderer: Renderer = createRenderer({
    cached,
    live,
    board: previewed,
    index,
    words,
    pictures: bitmaps,
    requestFrame(task) {
      const handle = requestAnimationFrame(task);
      return () => cancelAnimationFrame(handle);
    },
    now: () => performance.now(),
    onKnown: () => undefined,
    createCanvas,
  });
  renderer.setViewport(size.width, size.height, pixelRatio);

  const frame = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => resolve());
    });
  const settled = async (): Promise<number> => {
    let frames = 0;
    do {
      await frame();
      frames++;
    } while (decoder.isBusy() || !renderer.idle());
    return frames;
  };
  const width = size.width * pixelRatio;
  const height = size.height * pixelRatio;
  const transform = (): Transform => transformOf(renderer.camera(), size, pixelRatio);
  const newContext = (wide = width, high = height): CanvasRenderingContext2D => {
    const canvas = document.createElement("canvas");
    canvas.width = wide;
    canvas.height = high;
    return canvas.getContext("2d", { willReadFrequently: true })!;
  };
  const shown = (): Uint8ClampedArray => {
    const context = newContext();
    for (const canvas of [cached, live]) context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };
  const shownAt = (x: number, y: number): Uint8ClampedArray => {
    const context = newContext(1, 1);
    for (const canvas of [cached, live]) context.drawImage(canvas, x, y, 1, 1, 0, 0, 1, 1);
    return context.getImageData(0, 0, 1, 1).data;
  };

  const plainShapes = createShapeCache(
    createWords(() => document.createElement("canvas"), createLineBreaker(document)),
    bitmaps,
  );
  const plain = (): Uint8ClampedArray => {
    const context = newContext();
    const toScreen = transform();
    const all = { x: 0, y: 0, width, height };
    const appearance = { ...screen.theme, background: board.background(), pixelRatio };
    paintBackground(context, all, toScreen, appearance);
    // One for all that needs its own: a new one of a whole screen for each takes longer than all painting.
    const spare = newContext();
    const put = (target: CanvasRenderingContext2D, item: Item): void => {
      const shape = plainShapes.shapeOf(item);
      const blendGroup = blendGroupOf(shape, appearance);
      const mask = blendGroup ? spare : target;
      if (blendGroup) {
        resetContext(mask);
        mask.clearRect(0, 0, width, height);
      }
      for (const piece of shape.pieces) paintPiece(mask, piece, { transform: toScreen }, appearance);
      if (blendGroup) drawBlendGroup(target, { canvas: mask.canvas, context: mask }, all, blendGroup);
    };
    for (const { id, opacity } of board.layers()) {
      const group = opacity < 1 ? newContext() : context;
      for (const item of board.items()) if (item.layer === id) put(group, item);
      if (opacity === 1) continue;
      drawBlendGroup(context, { canvas: group.canvas, context: group }, all, {
        alpha: opacity,
        blend: "source-over",
      });
    }
    resetContext(context);
    return context.getImageData(0, 0, width, height).data;
  };

  const strays = (): { id: string; ink: number; outside: number }[] => {
    const shapes = createShapeCache(words, bitmaps);
    const toScreen = transform();
    const context = newContext();
    return board.items().map((item) => {
      context.clearRect(0, 0, width, height);
      for (const piece of shapes.shapeOf(item).pieces)
        paintPiece(context, piece, { transform: toScreen }, screen.theme);
      resetContext(context);
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      const area = areaOf(index.boxes.painted(item)!, toScreen, { width, height });
      let ink = 0;
      let outside = 0;
      for (let at = 0; at < pixels.length; at++) {
        if (pixels[at] === 0) continue;
        ink++;
        const [x, y] = [at % width, Math.floor(at / width)];
        const isIn =
          area && x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
        if (!isIn) outside++;
      }
      return { id: item.id, ink, outside };
    });
  };

  const screen: RenderScreen = {
    bring(hash, its) {
      bytes.set(hash, its);
      came(hash);
    },
    width,
    height,
    board,
    previewed,
    renderer,
    canvases: [cached, live],
    others,
    theme: { dark: false },
    transform,
    frame,
    settled,
    shown,
    shownAt,
    plain,
    strays,
  };
  return screen;
}

/** Decodes as the app does, and says whether it is at it: on a busy machine that takes many frames. */
function createDecoder() {
  let busy = 0;
  return {
    isBusy: () => busy > 0,
    async decode(bytes: Uint8Array, type: string): Promise<ImageBitmap> {
      busy++;
      try {
        return await createImageBitmap(new Blob([bytes.slice()], { type: `image/${type}` }));
      } finally {
        busy--;
      }
    },
  };
}
