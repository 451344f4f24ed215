import { vi } from "vitest";
import { boundsOf, type Box, type Point } from "../../src/base/geometry.ts";
import { apply, scaleOf } from "../../src/base/matrix.ts";

/*
 * A canvas whose pixels are coarse but honest about order: each remembers what was painted over it,
 * oldest first. A path covers the pixels of its bounding box. Two canvases with the same pixels were
 * painted with the same things in the same order, wherever it matters. Only what is looked at is
 * worked out, so that a test can have many large ones.
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
  rect(x: number, y: number, width: number, height: number): void {
    this.points.push({ x, y }, { x: x + width, y: y + height });
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
  /** The engine throws the canvas away: it shows nothing, and painting does nothing. */
  loseContext(): void;
  /** The engine gives it back, empty. */
  restoreContext(): void;
}

/** What a pixel holds: what covers everything below it, or marks on top of that. */
interface Ink {
  readonly covers: boolean;
  readonly text: string;
}

/** One thing that was painted, and what it leaves on a pixel inside `box`. */
interface Operation {
  readonly box: Box;
  at(x: number, y: number): Ink;
}

/** How what was painted plainly is marked. */
const PLAIN = "/1/source-over";
/** Each character of a text, as a part of the size of its type. */
const CHARACTER = 0.5;

const NOTHING: Ink = { covers: false, text: "" };

/** What lies on a pixel after these operations: a chain of marks down to what covers all. */
function pixelOf(operations: readonly Operation[], count: number, x: number, y: number): Ink {
  let marks = "";
  for (let i = count - 1; i >= 0; i--) {
    const { box, at } = operations[i]!;
    if (x < box.minX || y < box.minY || x >= box.maxX || y >= box.maxY) continue;
    const { covers, text } = at(x, y);
    marks = text + marks;
    if (covers) return { covers: true, text: marks };
  }
  return { covers: false, text: marks };
}

interface FakeElement {
  readonly width: number;
  readonly height: number;
  readonly operations: readonly Operation[];
}

function sizeOf(font: string): number {
  return Number.parseFloat(font);
}

export function createFakeCanvas(): FakeCanvas {
  const target = new EventTarget();
  let width = 300;
  let height = 150;
  let operations: Operation[] = [];
  let paths = 0;
  let cleared = 0;
  let lost = false;

  const initial = {
    transform: [1, 0, 0, 1, 0, 0],
    globalAlpha: 1,
    globalCompositeOperation: "source-over",
    fillStyle: "#000000",
    strokeStyle: "#000000",
    lineWidth: 1,
    textAlign: "left",
    clip: { minX: -Infinity, minY: -Infinity, maxX: Infinity, maxY: Infinity },
  };
  let state = { ...initial };
  const saved: (typeof state)[] = [];
  let current = new FakePath();
  const reset = (): void => {
    operations = [];
    state = { ...initial };
  };

  const device = (x: number, y: number, w: number, h: number): Box => {
    if (state.transform.join() !== initial.transform.join()) throw new Error("not device pixels");
    return { minX: x, minY: y, maxX: x + w, maxY: y + h };
  };
  const paint = (operation: Operation): void => {
    if (!lost) operations.push(operation);
  };
  const cover = (box: Box, ink: Ink): void => {
    if (!Object.values(box).every(Number.isInteger)) throw new Error("a soft edge");
    const side = (from: number, to: number, end: number): number =>
      Math.max(Math.min(to, end) - Math.max(from, 0), 0);
    cleared += side(box.minX, box.maxX, width) * side(box.minY, box.maxY, height);
    // What lies below will never be seen again.
    if (box.minX <= 0 && box.minY <= 0 && box.maxX >= width && box.maxY >= height) operations = [];
    paint({ box, at: () => ink });
  };
  const put = (path: FakePath, color: string, margin: number): void => {
    const [a, b, c, d, e, f] = state.transform as [number, number, number, number, number, number];
    const matrix = { a, b, c, d, e, f };
    const mark = ` ${color}/${state.globalAlpha}/${state.globalCompositeOperation}`;
    const { minX, minY, maxX, maxY } = boundsOf(
      path.points.map((point) => apply(matrix, point)),
      margin * scaleOf(matrix),
    )!;
    const { clip } = state;
    const box = {
      minX: Math.max(Math.floor(minX), clip.minX),
      minY: Math.max(Math.floor(minY), clip.minY),
      maxX: Math.min(Math.ceil(maxX), clip.maxX),
      maxY: Math.min(Math.ceil(maxY), clip.maxY),
    };
    paths++;
    paint({ box, at: () => ({ covers: false, text: mark }) });
  };

  const drawImage = (source: FakeElement, ...numbers: number[]): void => {
    const [fromX, fromY, w, h, toX, toY, toW, toH] = numbers as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const { globalAlpha, globalCompositeOperation } = state;
    const { operations: theirs } = source;
    const count = theirs.length;
    const exact = w === toW && h === toH;
    if (exact && !numbers.every(Number.isInteger)) throw new Error("a blurred copy");
    const blending = ` %/${globalAlpha}/${globalCompositeOperation}`;
    paint({
      box: device(toX, toY, toW, toH),
      at(x, y) {
        const sourceX = Math.floor(fromX + ((x - toX) * w) / toW);
        const sourceY = Math.floor(fromY + ((y - toY) * h) / toH);
        const ink = pixelOf(theirs, count, sourceX, sourceY);
        // Paper has a colour; what was only emptied lets through what lies below.
        if (globalAlpha === 1) return { covers: ink.text.startsWith("#"), text: ink.text };
        if (ink.text === "") return NOTHING;
        // One colour, however often it was painted.
        const marks = ink.text.trim().split(" ");
        const once = marks.filter((mark, i) => mark !== marks[i - 1]).map((mark) => mark.replace(PLAIN, ""));
        return { covers: false, text: blending.replace("%", once.join("+")) };
      },
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
    set textAlign(value: string) {
      state.textAlign = value;
    },
    font: "",
    textBaseline: "alphabetic",
    direction: "ltr",
    lineCap: "butt",
    lineJoin: "miter",
    setLineDash() {},
    save() {
      saved.push({ ...state });
    },
    restore() {
      state = saved.pop()!;
    },
    beginPath() {
      current = new FakePath();
    },
    rect: (x: number, y: number, w: number, h: number) => current.rect(x, y, w, h),
    clip() {
      state.clip = boundsOf(current.points)!;
    },
    measureText: (text: string) => ({
      width: text.length * CHARACTER * sizeOf(context.font),
      fontBoundingBoxAscent: 0.9 * sizeOf(context.font),
      fontBoundingBoxDescent: 0.25 * sizeOf(context.font),
    }),
    fillText(text: string, x: number, y: number) {
      const size = sizeOf(context.font);
      const reach = text.length * CHARACTER * size;
      const path = new FakePath();
      path.rect(state.textAlign === "right" ? x - reach : x, y - 0.9 * size, reach, 1.15 * size);
      put(path, `${state.fillStyle}:${text.replaceAll(" ", "_")}`, 0);
    },
    setTransform(...transform: number[]) {
      state.transform = transform;
    },
    fillRect(x: number, y: number, w: number, h: number) {
      const { minX, minY, maxX, maxY } = device(x, y, w, h);
      // Stand-ins are cut at any place; everything else is whole pixels.
      const box = {
        minX: Math.floor(minX),
        minY: Math.floor(minY),
        maxX: Math.ceil(maxX),
        maxY: Math.ceil(maxY),
      };
      cover(box, { covers: true, text: state.fillStyle });
    },
    clearRect(x: number, y: number, w: number, h: number) {
      cover(device(x, y, w, h), { covers: true, text: "" });
    },
    drawImage,
    fill: (path: FakePath) => put(path, state.fillStyle, 0),
    stroke: (path: FakePath) => put(path, state.strokeStyle, state.lineWidth / 2),
    isContextLost: () => lost,
  };

  const element = {
    style: { width: "", height: "" },
    get width() {
      return width;
    },
    set width(value: number) {
      width = value;
      reset();
    },
    get height() {
      return height;
    },
    set height(value: number) {
      height = value;
      reset();
    },
    getContext: () => context,
    get operations() {
      return operations;
    },
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  };
  return {
    element: element as unknown as HTMLCanvasElement,
    pixels: () =>
      Array.from(
        { length: width * height },
        (_, i) => pixelOf(operations, operations.length, i % width, Math.floor(i / width)).text,
      ),
    work: () => ({ paths, cleared }),
    loseContext() {
      lost = true;
      reset();
      target.dispatchEvent(new Event("contextlost"));
    },
    restoreContext() {
      lost = false;
      reset();
      target.dispatchEvent(new Event("contextrestored"));
    },
  };
}
