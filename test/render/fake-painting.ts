import { boundsOf, type Box } from "../../src/base/geometry.ts";
import { apply, scaleOf } from "../../src/base/matrix.ts";
import type { FakePath } from "./fake-path.ts";
import { pixelOf, type Ink, type Operation } from "./fake-pixels.ts";

/*
 * What a fake canvas is painted with: how its context is set, what was painted so far, and the three ways
 * in which paint gets there.
 */

/** How what was painted plainly is marked. */
const PLAIN = "/1/source-over";
const NOTHING: Ink = { covers: false, text: "" };

const INITIAL = {
  transform: [1, 0, 0, 1, 0, 0],
  globalAlpha: 1,
  globalCompositeOperation: "source-over",
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  textAlign: "left",
  clip: { minX: -Infinity, minY: -Infinity, maxX: Infinity, maxY: Infinity },
};

interface FakeElement {
  readonly width: number;
  readonly height: number;
  readonly operations: readonly Operation[];
}

export interface FakePainting {
  width: number;
  height: number;
  /** How the context is set. */
  state: typeof INITIAL;
  operations: Operation[];
  /** How many paths were painted, and how many pixels were filled with paper or emptied. */
  paths: number;
  cleared: number;
  /** Whether the engine has thrown the canvas away. */
  lost: boolean;
  /** Empties it, and sets the context as it is at first. */
  reset(): void;
  /** A part of the canvas; throws where the context does not count in its pixels. */
  device(x: number, y: number, w: number, h: number): Box;
  /** Leaves `ink`, and nothing of what was there; throws where an edge is between two pixels. */
  cover(box: Box, ink: Ink): void;
  /** Marks the box of a path, `margin` wider on each side. */
  put(path: FakePath, color: string, margin: number): void;
  /** Copies a part of another canvas, given as for a context; throws where that would blur it. */
  drawImage(source: FakeElement, ...numbers: number[]): void;
}

export function createFakePainting(): FakePainting {
  const device = (x: number, y: number, w: number, h: number): Box => {
    if (painting.state.transform.join() !== INITIAL.transform.join()) throw new Error("not device pixels");
    return { minX: x, minY: y, maxX: x + w, maxY: y + h };
  };
  const paint = (operation: Operation): void => {
    if (!painting.lost) painting.operations.push(operation);
  };
  const cover = (box: Box, ink: Ink): void => {
    if (!Object.values(box).every(Number.isInteger)) throw new Error("a soft edge");
    const { width, height } = painting;
    const side = (from: number, to: number, end: number): number =>
      Math.max(Math.min(to, end) - Math.max(from, 0), 0);
    painting.cleared += side(box.minX, box.maxX, width) * side(box.minY, box.maxY, height);
    // What lies below will never be seen again.
    if (box.minX <= 0 && box.minY <= 0 && box.maxX >= width && box.maxY >= height) painting.operations = [];
    paint({ box, at: () => ink });
  };
  const put = (path: FakePath, color: string, margin: number): void => {
    const [a, b, c, d, e, f] = painting.state.transform as [number, number, number, number, number, number];
    const matrix = { a, b, c, d, e, f };
    const mark = ` ${color}/${painting.state.globalAlpha}/${painting.state.globalCompositeOperation}`;
    const { minX, minY, maxX, maxY } = boundsOf(
      path.points.map((point) => apply(matrix, point)),
      margin * scaleOf(matrix),
    )!;
    const { clip } = painting.state;
    const box = {
      minX: Math.max(Math.floor(minX), clip.minX),
      minY: Math.max(Math.floor(minY), clip.minY),
      maxX: Math.min(Math.ceil(maxX), clip.maxX),
      maxY: Math.min(Math.ceil(maxY), clip.maxY),
    };
    painting.paths++;
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
    const { globalAlpha, globalCompositeOperation } = painting.state;
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

  const painting: FakePainting = {
    width: 300,
    height: 150,
    state: { ...INITIAL },
    operations: [],
    paths: 0,
    cleared: 0,
    lost: false,
    reset() {
      painting.operations = [];
      painting.state = { ...INITIAL };
    },
    device,
    cover,
    put,
    drawImage,
  };
  return painting;
}
