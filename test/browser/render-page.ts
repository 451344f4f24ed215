/*
 * Runs in a page of its own: a board, its renderer on two canvases, and the same board painted plainly,
 * stroke by stroke over the whole canvas, to compare with.
 */
import type { InkPoint, StrokeHeader } from "../../src/ink/stroke.ts";
import type { Camera } from "../../src/render/camera.ts";
import { isGlaze, layGlaze, paintPiece, resetContext } from "../../src/render/paint.ts";
import { createRenderer, type Renderer } from "../../src/render/renderer.ts";
import { createGrowingShape } from "../../src/render/shapes.ts";
import { PAPER } from "../../src/render/theme.ts";
import { transformOf } from "../../src/render/transform.ts";
import { createFakeBoard, type FakeBoard } from "../render/fake-board.ts";

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

export interface FinishedStroke {
  readonly header: StrokeHeader;
  readonly points: readonly InkPoint[];
}

/** A scrawl of 120 screen pixels around a place of the screen. */
export interface DrawnStroke {
  readonly header: StrokeHeader;
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
  const renderer: Renderer = createRenderer({
    cached,
    live,
    board,
    requestFrame(task) {
      const handle = requestAnimationFrame(task);
      return () => cancelAnimationFrame(handle);
    },
    now: () => performance.now(),
    createCanvas() {
      const canvas = document.createElement("canvas");
      others.push(canvas);
      return canvas;
    },
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
    const mask = newContext();
    context.fillStyle = PAPER.light;
    context.fillRect(0, 0, width, height);
    const transform = transformOf(renderer.camera(), SIZE, pixelRatio);
    const theme = { dark: false };
    for (const { header, points } of board.items()) {
      const shape = createGrowingShape(header).update(points);
      const target = isGlaze(shape) ? mask : context;
      resetContext(mask);
      mask.clearRect(0, 0, width, height);
      for (const piece of shape.pieces) paintPiece(target, shape, piece, transform, theme);
      if (target === mask) {
        layGlaze(context, { canvas: mask.canvas, context: mask }, { x: 0, y: 0, width, height }, theme);
      }
    }
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
      // The paper's blue.
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
      for (const { header, points } of strokes) board.insert(board.items().length, header, points);
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

Object.assign(window, { createRenderPage });
