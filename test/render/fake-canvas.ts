import { vi } from "vitest";
import { boundsOf, type Box, type Point } from "../../src/base/geometry.ts";

/*
 * A canvas whose pixels are coarse but honest about order: each remembers what was painted over it,
 * oldest first. A path covers the pixels of its bounding box. Two canvases with the same pixels were
 * painted with the same things in the same order, wherever it matters.
 */

class FakePath {
  readonly points: Point[] = [];
  moveTo(x: number, y: number): void {
    this.points.push({ x, y });
  }
  lineTo(x: number, y: number): void {
    this.points.push({ x, y });
  }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.points.push({ x: cx, y: cy }, { x, y });
  }
  arc(x: number, y: number, radius: number): void {
    this.points.push({ x: x - radius, y: y - radius }, { x: x + radius, y: y + radius });
  }
  closePath(): void {
    this.points.push(this.points[0]!);
  }
}

/** Gives the code under test a Path2D. */
export function stubPath2D(): void {
  vi.stubGlobal("Path2D", FakePath);
}

export interface FakeCanvas {
  readonly element: HTMLCanvasElement;
  /** Row by row: what lies on each pixel. */
  pixels(): readonly string[];
  /** How many paths were painted and how many pixels were filled with paper or emptied, so far. */
  work(): { readonly paths: number; readonly cleared: number };
  /** The engine threw the canvas away and gives it back empty. */
  loseContext(): void;
}

export function createFakeCanvas(): FakeCanvas {
  const target = new EventTarget();
  let width = 300;
  let height = 150;
  let pixels: string[] = [];
  let paths = 0;
  let cleared = 0;
  const reset = (): void => {
    pixels = Array.from({ length: width * height }, () => "");
  };
  reset();

  const initial = {
    transform: [1, 0, 0, 1, 0, 0],
    globalAlpha: 1,
    globalCompositeOperation: "source-over",
    fillStyle: "#000000",
    strokeStyle: "#000000",
    lineWidth: 1,
  };
  let state = { ...initial };

  const each = (box: Box, change: (at: number) => void): void => {
    const left = Math.max(Math.floor(box.minX), 0);
    const top = Math.max(Math.floor(box.minY), 0);
    const right = Math.min(Math.ceil(box.maxX), width);
    const bottom = Math.min(Math.ceil(box.maxY), height);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) change(y * width + x);
    }
  };
  const device = (x: number, y: number, w: number, h: number): Box => {
    if (state.transform.join() !== initial.transform.join()) throw new Error("not device pixels");
    return { minX: x, minY: y, maxX: x + w, maxY: y + h };
  };
  const put = (path: FakePath, color: string, margin: number): void => {
    const [scale, , , , dx, dy] = state.transform as [number, 0, 0, number, number, number];
    const placed = path.points.map(({ x, y }) => ({ x: x * scale + dx, y: y * scale + dy }));
    const mark = ` ${color}/${state.globalAlpha}/${state.globalCompositeOperation}`;
    paths++;
    each(boundsOf(placed, margin * scale)!, (at) => {
      pixels[at] += mark;
    });
  };

  const context = {
    get fillStyle() {
      return state.fillStyle;
    },
    set fillStyle(value: string) {
      state.fillStyle = value;
    },
    set strokeStyle(value: string) {
      state.strokeStyle = value;
    },
    set lineWidth(value: number) {
      state.lineWidth = value;
    },
    set globalAlpha(value: number) {
      state.globalAlpha = value;
    },
    set globalCompositeOperation(value: string) {
      state.globalCompositeOperation = value;
    },
    setTransform(...transform: number[]) {
      state.transform = transform;
    },
    fillRect(x: number, y: number, w: number, h: number) {
      each(device(x, y, w, h), (at) => {
        pixels[at] = state.fillStyle;
        cleared++;
      });
    },
    clearRect(x: number, y: number, w: number, h: number) {
      each(device(x, y, w, h), (at) => {
        pixels[at] = "";
        cleared++;
      });
    },
    drawImage(source: { pixelAt(at: number): string }, ...numbers: number[]) {
      const [x, y, w, h, toX, toY, toW, toH] = numbers;
      if (x !== toX || y !== toY || w !== toW || h !== toH) throw new Error("only exact copies");
      each(device(x!, y!, w!, h!), (at) => {
        pixels[at] = source.pixelAt(at);
      });
    },
    fill: (path: FakePath) => put(path, state.fillStyle, 0),
    stroke: (path: FakePath) => put(path, state.strokeStyle, state.lineWidth / 2),
  };

  const element = {
    style: { width: "", height: "" },
    get width() {
      return width;
    },
    set width(value: number) {
      width = value;
      state = { ...initial };
      reset();
    },
    get height() {
      return height;
    },
    set height(value: number) {
      height = value;
      state = { ...initial };
      reset();
    },
    getContext: () => context,
    pixelAt: (at: number) => pixels[at]!,
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  };
  return {
    element: element as unknown as HTMLCanvasElement,
    pixels: () => [...pixels],
    work: () => ({ paths, cleared }),
    loseContext() {
      state = { ...initial };
      reset();
      target.dispatchEvent(new Event("contextrestored"));
    },
  };
}
