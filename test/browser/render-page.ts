/*
 * Runs in a page of its own: a board, its renderer on two canvases, and the same board painted plainly,
 * stroke by stroke over the whole canvas, to compare with.
 */
import { hashBytes, hashText } from "../../src/base/hash.ts";
import { apply, multiply, type Matrix } from "../../src/base/matrix.ts";
import type { Background } from "../../src/board/document/backgrounds.ts";
import type { Item, ItemId, Layer, StrokeItem, TextItem } from "../../src/board/document/board.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import { createPreviewedBoard } from "../../src/board/previews/previewed-board.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import type { Camera } from "../../src/render/canvas/camera.ts";
import type { LaserTrail } from "../../src/render/layers/laser.ts";
import type { Overlay } from "../../src/render/layers/overlay.ts";
import { blendGroupOf, drawBlendGroup, resetContext } from "../../src/render/shapes/paint.ts";
import { paintBackground } from "../../src/render/canvas/appearance.ts";
import { createRenderer, type Renderer } from "../../src/render/renderer.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";
import { wordsBox } from "../../src/render/shapes/words-piece.ts";
import { createShapeCache } from "../../src/render/shapes/shapes.ts";
import { transformOf } from "../../src/render/canvas/transform.ts";
import { createWords } from "../../src/render/shapes/words.ts";
import { createFakeBoard, type FakeBoard, type ItemChange } from "../render/fake-board.ts";

const CELL = 200;
const SIZE = { width: 700, height: 600 };

/** How two pictures differ. */
export interface Difference {
  /** Pixels that are not the same. */
  readonly pixels: number;
  /** By how much at most, of 255. */
  readonly most: number;
  /** Pixels of either picture that are not paper. */
  readonly inked: number;
}

export interface RenderPage {
  fill(strokes: readonly FinishedStroke[]): void;
  write(texts: readonly Pick<TextItem, "header" | "matrix" | "size" | "text">[]): void;
  alter(id: ItemId, change: ItemChange): void;
  setLayers(layers: readonly Partial<Layer>[]): void;
  setBackground(background: Background): void;
  setTheme(theme: { readonly dark: boolean }): void;
  preview(preview: Preview | undefined): void;
  shine(trails: readonly LaserTrail[]): void;
  setOverlay(overlay: Overlay | undefined): void;
  /** Waits until nothing changes any more; how many frames that took. */
  rest(): Promise<number>;
  /** The red, green and blue on the screen at a place of the world. */
  colorAt(x: number, y: number): readonly number[];
  /** A hash of all that is on the screen. */
  picture(): string;
  /** The corners of an item's box. */
  outlineOf(id: ItemId): ReturnType<Renderer["shown"]["outlineOf"]>;
  /**
   * Moves items in a gesture of so many steps, then in earnest. How what is shown at its last step differs
   * from what is shown at each frame after its end, and the milliseconds that the steps took.
   */
  drag(ids: readonly ItemId[], steps: readonly Matrix[]): Promise<DragResult>;
  /** Moves the camera, waits until all is painted, and compares with a plain painting. */
  againstPlain(camera: Camera): Promise<Difference>;
  /** Draws a stroke point by point and compares what is shown before its end with what is shown after. */
  liveAgainstFinished(stroke: DrawnStroke): Promise<Difference>;
  /** The same while it is a contact's, whose points arrive a few at a time. */
  remoteAgainstFinished(stroke: DrawnStroke): Promise<Difference>;
  /** Throws all canvases away, as an engine short of memory does, and gives them back empty. */
  loseAll(): void;
  /** How much of the screen has ink in each frame of a zoom in and out and a pan, in cells, 0 .. 1. */
  inkWhileMoving(): Promise<number[]>;
  /** Whether the engine took the hint for a short way to the screen. */
  lowLatency(): boolean | undefined;
}

export interface DragResult {
  readonly afterEnd: readonly Difference[];
  readonly times: readonly number[];
}

export interface FinishedStroke {
  readonly header: StrokeItem["header"];
  readonly layer?: string;
  readonly points: readonly InkPoint[];
}

/** A scrawl of 120 screen pixels around a place of the screen. */
export interface DrawnStroke {
  readonly header: StrokeItem["header"];
  /** How many points are kept of it. */
  readonly points: number;
  readonly zoom: number;
  /** Screen pixels from the world's middle, where four tiles meet. */
  readonly away: number;
}

function createRenderPage(pixelRatio: number): RenderPage {
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
  const words = createWords(createCanvas);
  const index = createItemIndex(board, (item) => wordsBox(item, words));
  const previewed = createPreviewedBoard(board);
  let theme = { dark: false };
  const renderer: Renderer = createRenderer({
    cached,
    live,
    board: previewed,
    index,
    words,
    requestFrame(task) {
      const handle = requestAnimationFrame(task);
      return () => cancelAnimationFrame(handle);
    },
    now: () => performance.now(),
    createCanvas,
  });
  renderer.setViewport(SIZE.width, SIZE.height, pixelRatio);

  const frame = (): Promise<void> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => resolve());
    });
  const settled = async (): Promise<void> => {
    do await frame();
    while (!renderer.idle());
  };
  const { width, height } = { width: SIZE.width * pixelRatio, height: SIZE.height * pixelRatio };
  const newContext = (): CanvasRenderingContext2D => {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    return canvas.getContext("2d", { willReadFrequently: true })!;
  };
  const shown = (): Uint8ClampedArray => {
    const context = newContext();
    for (const canvas of [cached, live]) context.drawImage(canvas, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };

  const plain = (): Uint8ClampedArray => {
    const context = newContext();
    const transform = transformOf(renderer.camera(), SIZE, pixelRatio);
    const all = { x: 0, y: 0, width, height };
    const appearance = { ...theme, background: board.background(), pixelRatio };
    paintBackground(context, all, transform, appearance);
    const shapes = createShapeCache(createWords(() => document.createElement("canvas")));
    const put = (target: CanvasRenderingContext2D, item: Item): void => {
      const shape = shapes.shapeOf(item);
      const blendGroup = blendGroupOf(shape, appearance);
      const mask = blendGroup ? newContext() : target;
      for (const piece of shape.pieces) piece.paint(mask, { transform }, appearance);
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

  const compare = (a: Uint8ClampedArray, b: Uint8ClampedArray): Difference => {
    let pixels = 0;
    let most = 0;
    let inked = 0;
    for (let at = 0; at < a.length; at += 4) {
      let difference = 0;
      for (let i = at; i < at + 3; i++) difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
      if (difference > 0) pixels++;
      most = Math.max(most, difference);
      // The light paper's blue.
      if (a[at + 2] !== 0xfb || b[at + 2] !== 0xfb) inked++;
    }
    return { pixels, most, inked };
  };

  const pointsOf = ({ points, zoom, away }: DrawnStroke): InkPoint[] =>
    Array.from({ length: points }, (_, i) => {
      const angle = i * 0.21;
      const radius = 20 + ((i * 7) % 61) + 20 * Math.sin(i * 0.9);
      const place = (offset: number): number => Math.round(((offset + away) / zoom) * 4) / 4;
      return { x: place(radius * Math.cos(angle)), y: place(radius * Math.sin(angle)), pressure: 0.5 };
    });
  /** The share of the screen's parts, 200 pixels wide, that have ink. */
  const inkedShare = (): number => {
    const data = shown();
    const columns = Math.ceil(width / CELL);
    const inked = new Set<number>();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at]! > 200) continue;
      const x = (at / 4) % width;
      const y = Math.floor(at / 4 / width);
      inked.add(Math.floor(y / CELL) * columns + Math.floor(x / CELL));
    }
    return inked.size / (columns * Math.ceil(height / CELL));
  };

  return {
    fill(strokes) {
      for (const { header, points, layer } of strokes) {
        const id = board.insert(board.items().length, header, points);
        if (layer !== undefined) board.alter(id, { layer });
      }
    },
    write(texts) {
      for (const text of texts) board.insertText(board.items().length, text);
    },
    alter: (id, change) => board.alter(id, change),
    setLayers: (layers) => board.setLayers(layers),
    setBackground: (background) => void board.setBackground(background),
    setTheme(next) {
      theme = next;
      renderer.setTheme(next);
    },
    preview: (preview) => previewed.setPreview("me", preview),
    shine: (trails) => renderer.setLasers(trails),
    setOverlay: (overlay) => renderer.setOverlay(overlay),
    async rest() {
      let frames = 0;
      do {
        await frame();
        frames++;
      } while (!renderer.idle());
      return frames;
    },
    colorAt(x, y) {
      const { scale, ...origin } = transformOf(renderer.camera(), SIZE, pixelRatio);
      const at = (Math.floor(y * scale + origin.y) * width + Math.floor(x * scale + origin.x)) * 4;
      return [...shown().slice(at, at + 3)];
    },
    picture: () => hashText(hashBytes(new Uint8Array(shown().buffer))),
    outlineOf: (id) => renderer.shown.outlineOf(id),
    async drag(ids, steps) {
      const times: number[] = [];
      for (const matrix of steps) {
        const start = performance.now();
        previewed.setPreview("me", { kind: "transform", ids, matrix });
        renderer.paintNow();

        times.push(performance.now() - start);
        await frame();
      }
      await settled();
      const before = shown();
      for (const id of ids) board.alter(id, moved(board.item(id)!, steps.at(-1)!));
      previewed.setPreview("me", undefined);
      const afterEnd: Difference[] = [];
      do {
        await frame();
        afterEnd.push(compare(before, shown()));
      } while (!renderer.idle());
      return { afterEnd, times };
    },
    async againstPlain(camera) {
      renderer.setCamera(camera);
      await settled();
      return compare(shown(), plain());
    },
    async liveAgainstFinished(stroke) {
      renderer.setCamera({ x: 0, y: 0, zoom: stroke.zoom });
      const { header } = stroke;
      const points = pointsOf(stroke);
      for (let count = 1; count <= points.length; count += 3) {
        renderer.setPreviews([{ header, points: points.slice(0, count) }]);
        renderer.paintNow();
      }
      renderer.setPreviews([{ header, points, predicted: [{ x: 0, y: 0, pressure: 0.5 }] }]);
      renderer.paintNow();
      renderer.setPreviews([{ header, points }]);
      await settled();
      const before = shown();
      board.insert(board.items().length, header, points);
      renderer.setPreviews([]);
      await settled();
      return compare(before, shown());
    },
    async remoteAgainstFinished(stroke) {
      renderer.setCamera({ x: 0, y: 0, zoom: stroke.zoom });
      const points = pointsOf(stroke);
      const id = board.insert(board.items().length, stroke.header, points.slice(0, 5), false);
      for (let at = 5; at < points.length; at += 40) {
        board.extend(id, points.slice(at, at + 40), false);
        await frame();
        await frame();
      }
      await settled();
      const before = shown();
      board.extend(id, [], true);
      await settled();
      return compare(before, shown());
    },
    loseAll() {
      for (const canvas of [cached, live, ...others]) {
        // Setting a size empties it, which is what is left after a loss.
        canvas.setAttribute("width", String(canvas.width));
        canvas.dispatchEvent(new Event("contextlost"));
        canvas.dispatchEvent(new Event("contextrestored"));
      }
    },
    async inkWhileMoving() {
      renderer.setCamera({ x: 0, y: 0, zoom: 1 });
      await settled();
      const shares: number[] = [];
      const look = async (camera: Camera): Promise<void> => {
        renderer.setCamera(camera);
        await frame();
        await frame();
        shares.push(inkedShare());
      };
      for (let i = 1; i <= 20; i++) await look({ x: 0, y: 0, zoom: 1.3 ** -(i / 4) });
      for (let i = 1; i <= 20; i++) await look({ x: i * 8, y: 0, zoom: 1.3 ** ((i - 20) / 4) });
      for (let i = 1; i <= 30; i++) await look({ x: 160 + i * 35, y: i * 40, zoom: 1 });
      return shares;
    },
    lowLatency: () => live.getContext("2d")?.getContextAttributes().desynchronized,
  };
}

function moved(item: Item, matrix: Matrix): ItemChange {
  if (item.kind === "text") return { matrix: multiply(matrix, item.matrix) };
  return { points: item.points.map((point) => ({ ...point, ...apply(matrix, point) })) };
}

Object.assign(window, { createRenderPage });
