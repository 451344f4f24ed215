/*
 * Runs in a page of its own: random boards, painted as a PNG and as an SVG that the engine then shows, to compare
 * the pixels.
 */
import { createPrng, type Prng } from "../../src/base/prng.ts";
import { multiply, translation, type Matrix } from "../../src/base/matrix.ts";
import { BACKGROUNDS } from "../../src/board/document/backgrounds.ts";
import type { PictureItem } from "../../src/board/document/board.ts";
import { partlyErased } from "../../src/board/previews/partly-erased.ts";
import { shapePoints } from "../../src/ink/shape.ts";
import { INK_TOOLS, SHAPE_TOOLS, type InkPoint } from "../../src/ink/stroke.ts";
import { createFrozenInk, type FrozenInk } from "../../src/render/output/frozen-ink.ts";
import { paintPng } from "../../src/render/output/png-painter.ts";
import { svgOf } from "../../src/render/output/svg-painter.ts";
import { drawList } from "../../src/render/scene/draw-list.ts";
import { NO_PICTURES, type PictureSource } from "../../src/render/shapes/bitmaps.ts";
import { createLineBreaker } from "../../src/render/shapes/line-breaks.ts";
import { createWords } from "../../src/render/shapes/words.ts";
import { createFakeBoard, type FakeBoard } from "../render/fake-board.ts";

export interface Compared {
  /** Pixels of the PNG that are not as the paper. */
  readonly inked: number;
  /** Pixels that differ by more than a soft edge does, of 255. */
  readonly apart: number;
  /** How much all differ on average, of 255. */
  readonly mean: number;
  /** Characters of the SVG. */
  readonly chars: number;
}

export interface OutputPage {
  compare(options: {
    readonly seed: number;
    readonly scale: number;
    readonly dark: boolean;
    readonly paper: boolean;
  }): Promise<Compared>;
}

const REGION = { minX: -350, minY: -300, maxX: 350, maxY: 300 };
/** A pixel at a soft edge differs by less. */
const EDGE = 60;
const PEN = { tool: "pen", color: 0, width: 4, input: "touch", pressure: false, scale: 0 } as const;
const WORDS = ["Ink & mesh <3", "שלום עולם", "Zeile eins\nund\tzwei", "日本語。", "“quoted” 'text'"];

function randomBoard(prng: Prng): FakeBoard {
  const board = createFakeBoard();
  const place = (): { x: number; y: number } => ({ x: prng.below(600) - 300, y: prng.below(500) - 250 });
  const turn = (): Matrix => {
    const angle = prng.next() * 6;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
  };
  const walk = (): InkPoint[] => {
    let { x, y } = place();
    let heading = prng.next() * 6;
    return Array.from({ length: 1 + prng.below(90) }, () => {
      heading += prng.next() - 0.5;
      x += Math.round(4 * 9 * Math.cos(heading)) / 4;
      y += Math.round(4 * 9 * Math.sin(heading)) / 4;
      return { x, y, pressure: prng.next() };
    });
  };
  for (let i = 0; i < 40; i++) {
    const header = { ...PEN, color: prng.below(0x1000000), width: 1 + prng.below(40) / 4 };
    const kind = prng.below(10);
    let id: string;
    if (kind < 6) {
      const tool = INK_TOOLS[prng.below(3)]!;
      const width = tool === "highlighter" ? 18 : header.width;
      id = board.insert(i, { ...header, tool, width, pressure: prng.chance(0.3) }, walk());
      const item = board.item(id)!;
      if (item.kind === "stroke" && item.points.length > 8 && prng.chance(0.3)) {
        const { header: cut, points, parts, cuts } = partlyErased(item, [{ from: 2.3, to: 5.8 }]);
        board.alter(id, { header: cut, points, cuts, ...(parts ? { parts } : {}) });
      }
    } else if (kind < 8) {
      const tool = SHAPE_TOOLS[prng.below(4)]!;
      id = board.insert(i, { ...header, tool }, shapePoints(tool, place(), place(), header.width));
    } else {
      const isNote = kind === 9;
      const at = place();
      id = board.insertText(i, {
        header: { ...header, tool: isNote ? "note" : "text", width: 12 + prng.below(20) },
        matrix: multiply(translation(at.x, at.y), prng.chance(0.5) ? turn() : translation(0, 0)),
        size: isNote ? { width: 120, height: 90 } : undefined,
        text: WORDS[prng.below(WORDS.length)]!,
      });
    }
    board.alter(id, { layer: ["", "a", "b"][prng.below(3)]! });
  }
  board.setLayers([{}, { id: "a", opacity: 0.4 }, { id: "b", opacity: prng.chance(0.5) ? 1 : 0.7 }]);
  board.setBackground(BACKGROUNDS[prng.below(BACKGROUNDS.length)]!);
  return board;
}

/** A picture that is turned and cropped, and lies over some of the ink; its bitmap, and its address. */
async function somePicture(): Promise<{ item: PictureItem; source: PictureSource; address: string }> {
  const canvas = newCanvas();
  Object.assign(canvas, { width: 120, height: 80 });
  const context = canvas.getContext("2d")!;
  for (let x = 0; x < 120; x += 20) {
    context.fillStyle = `hsl(${x * 3}, 80%, ${30 + x / 3}%)`;
    context.fillRect(x, x / 4, 20, 60);
  }
  const image = await createImageBitmap(canvas);
  const item: PictureItem = {
    kind: "picture",
    id: "9.9",
    client: 9,
    layer: "",
    attributes: {},
    header: { ...PEN, tool: "picture" },
    matrix: { a: 1.8, b: 0.4, c: -0.4, d: 1.8, e: -80, f: -60 },
    size: { width: 120, height: 80 },
    crop: { left: 0.1, top: 0.05, right: 0.2, bottom: 0 },
    shown: { minX: 12, minY: 4, maxX: 96, maxY: 80 },
    picture: { hash: "a", type: "png", width: 120, height: 80, bytes: 1, thumbnail: new Uint8Array(0) },
    ended: true,
  };
  const source = { ...NO_PICTURES, bitmapOf: () => ({ image, width: 120, height: 80 }) };
  return { item, source, address: canvas.toDataURL() };
}

function frozen(board: FakeBoard, picture: PictureItem, pictures: PictureSource): FrozenInk {
  const words = createWords(newCanvas, createLineBreaker(document));
  const items = board.items();
  const all = [...items.slice(0, 3), picture, ...items.slice(3)];
  const ink = createFrozenInk({ items: all, layers: board.layers(), words, pictures });
  Array.from(ink.measure());
  return ink;
}

function newCanvas(): HTMLCanvasElement {
  return document.createElement("canvas");
}

async function pixelsOf(
  source: CanvasImageSource,
  width: number,
  height: number,
): Promise<Uint8ClampedArray> {
  const canvas = newCanvas();
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(source, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

export function createOutputPage(): OutputPage {
  return {
    async compare({ seed, scale, dark, paper }) {
      const board = randomBoard(createPrng(seed));
      const { item, source, address } = await somePicture();
      const ink = frozen(board, item, source);
      const background = paper ? board.background() : ("none" as const);
      const appearance = { dark, background, pixelRatio: scale };
      const painting = paintPng({ ink, region: REGION, scale, appearance, createCanvas: newCanvas });
      let step = painting.next();
      while (!step.done) step = painting.next();
      const list = drawList(ink, ink.within(REGION));
      const svg = [...svgOf({ list, region: REGION, zoom: 1, appearance, addressOf: () => address })].join(
        "",
      );
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      await image.decode();
      const { width, height } = step.value;
      const [a, b] = [await pixelsOf(step.value, width, height), await pixelsOf(image, width, height)];
      let [inked, apart, sum] = [0, 0, 0];
      for (let at = 0; at < a.length; at += 4) {
        let most = 0;
        // Where nothing shows, the colour says nothing.
        const shown = (data: Uint8ClampedArray, i: number): number =>
          i === 3 ? data[at + 3]! : (data[at + i]! * data[at + 3]!) / 255;
        for (let i = 0; i < 4; i++) most = Math.max(most, Math.abs(shown(a, i) - shown(b, i)));
        if (a[at] !== a[0] || a[at + 1] !== a[1] || a[at + 2] !== a[2] || a[at + 3] !== a[3]) inked++;
        if (most > EDGE) apart++;
        sum += most;
      }
      return { inked, apart, mean: sum / (a.length / 4), chars: svg.length };
    },
  };
}

Object.assign(window, { createOutputPage });
