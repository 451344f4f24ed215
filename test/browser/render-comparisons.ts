/*
 * Runs in a page of its own: pictures of the screen, before and after something that must not be seen, or
 * beside the board painted plainly.
 */
import { apply, multiply, type Matrix } from "../../src/base/matrix.ts";
import type { Item, ItemId, StrokeItem } from "../../src/board/document/board.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import type { Camera } from "../../src/render/canvas/camera.ts";
import type { ItemChange } from "../render/fake-board.ts";
import type { RenderScreen } from "./render-screen.ts";

const CELL = 200;

/** How two pictures differ. */
export interface Difference {
  /** Pixels that are not the same. */
  readonly pixels: number;
  /** By how much at most, of 255. */
  readonly most: number;
  /** Pixels of either picture that are not paper. */
  readonly inked: number;
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

/** What is done on a page with a renderer to compare what it shows with what it is to show. */
export interface RenderComparisons {
  /**
   * Moves items in a gesture of so many steps, then in earnest. How what is shown at its last step differs
   * from what is shown at each frame after its end.
   */
  drag(ids: readonly ItemId[], steps: readonly Matrix[]): Promise<readonly Difference[]>;
  /** Moves the camera, waits until all is painted, and compares with a plain painting. */
  againstPlain(camera: Camera): Promise<Difference>;
  /** Draws a stroke point by point and compares what is shown before its end with what is shown after. */
  liveAgainstFinished(stroke: DrawnStroke): Promise<Difference>;
  /** The same while it is a contact's, whose points arrive a few at a time. */
  remoteAgainstFinished(stroke: DrawnStroke): Promise<Difference>;
  /** How much of the screen has ink in each frame of a zoom in and out and a pan, in cells, 0 .. 1. */
  inkWhileMoving(): Promise<number[]>;
}

export function createRenderComparisons(screen: RenderScreen): RenderComparisons {
  const { board, previewed, renderer, frame, settled, shown, plain } = screen;
  return {
    async drag(ids, steps) {
      for (const matrix of steps) {
        previewed.setPreview("me", { kind: "transform", ids, matrix });
        renderer.paintNow();
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
      return afterEnd;
    },
    async againstPlain(camera) {
      renderer.setCamera(camera);
      await settled();
      return compare(shown(), plain());
    },
    async liveAgainstFinished(stroke) {
      renderer.setCamera(cameraAt(stroke));
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
      renderer.setCamera(cameraAt(stroke));
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
    async inkWhileMoving() {
      renderer.setCamera({ x: 0, y: 0, zoom: 1 });
      await settled();
      const shares: number[] = [];
      const look = async (camera: Camera): Promise<void> => {
        renderer.setCamera(camera);
        await frame();
        await frame();
        shares.push(inkedShare(screen));
      };
      for (let i = 1; i <= 20; i++) await look({ x: 0, y: 0, zoom: 1.3 ** -(i / 4) });
      for (let i = 1; i <= 20; i++) await look({ x: i * 8, y: 0, zoom: 1.3 ** ((i - 20) / 4) });
      for (let i = 1; i <= 30; i++) await look({ x: 160 + i * 35, y: i * 40, zoom: 1 });
      return shares;
    },
  };
}

/** The stroke is in the middle of the screen. */
const cameraAt = ({ away, zoom }: DrawnStroke): Camera => ({ x: away / zoom, y: away / zoom, zoom });

function compare(a: Uint8ClampedArray, b: Uint8ClampedArray): Difference {
  let pixels = 0;
  let most = 0;
  let inked = 0;
  // Pixel by pixel, for nearly all are the same, of millions.
  const [before, after] = [new Uint32Array(a.buffer), new Uint32Array(b.buffer)];
  for (let pixel = 0; pixel < before.length; pixel++) {
    const at = 4 * pixel;
    // The light paper's blue.
    if (a[at + 2] !== 0xfb || b[at + 2] !== 0xfb) inked++;
    if (before[pixel] === after[pixel]) continue;
    let difference = 0;
    for (let i = at; i < at + 3; i++) difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
    if (difference > 0) pixels++;
    most = Math.max(most, difference);
  }
  return { pixels, most, inked };
}

function pointsOf({ points, zoom, away }: DrawnStroke): InkPoint[] {
  return Array.from({ length: points }, (_, i) => {
    const angle = i * 0.21;
    const radius = 20 + ((i * 7) % 61) + 20 * Math.sin(i * 0.9);
    const place = (offset: number): number => Math.round(((offset + away) / zoom) * 4) / 4;
    return { x: place(radius * Math.cos(angle)), y: place(radius * Math.sin(angle)), pressure: 0.5 };
  });
}

/** The share of the screen's parts, 200 pixels wide, that have ink. */
function inkedShare({ shown, width, height }: RenderScreen): number {
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
}

function moved(item: Item, matrix: Matrix): ItemChange {
  if (item.kind !== "stroke") return { matrix: multiply(matrix, item.matrix) };
  return { points: item.points.map((point) => ({ ...point, ...apply(matrix, point) })) };
}
