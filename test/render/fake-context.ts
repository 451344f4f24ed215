import { boundsOf } from "../../src/base/geometry.ts";
import type { FakePainting } from "./fake-painting.ts";
import { FakePath } from "./fake-path.ts";

/** Each character of a text, as a part of the size of its type. */
const CHARACTER = 0.5;

function sizeOf(font: string): number {
  return Number.parseFloat(font);
}

/** What the renderer asks of a canvas's context, and nothing else of it. */
export function createFakeContext(painting: FakePainting): object {
  const saved: FakePainting["state"][] = [];
  let current = new FakePath();
  const context = {
    get fillStyle() {
      return painting.state.fillStyle;
    },
    set fillStyle(value: string) {
      painting.state.fillStyle = value;
    },
    set strokeStyle(value: string) {
      painting.state.strokeStyle = value;
    },
    set lineWidth(value: number) {
      painting.state.lineWidth = value;
    },
    set globalAlpha(value: number) {
      painting.state.globalAlpha = value;
    },
    set globalCompositeOperation(value: string) {
      painting.state.globalCompositeOperation = value;
    },
    set textAlign(value: string) {
      painting.state.textAlign = value;
    },
    font: "",
    textBaseline: "alphabetic",
    textRendering: "auto",
    direction: "ltr",
    lineCap: "butt",
    lineJoin: "miter",
    setLineDash() {},
    save() {
      saved.push({ ...painting.state });
    },
    restore() {
      painting.state = saved.pop()!;
    },
    beginPath() {
      current = new FakePath();
    },
    rect: (x: number, y: number, w: number, h: number) => current.rect(x, y, w, h),
    clip() {
      painting.state.clip = boundsOf(current.points)!;
    },
    measureText: (text: string) => ({
      width: text.length * CHARACTER * sizeOf(context.font),
      actualBoundingBoxLeft: 0,
      actualBoundingBoxRight: text.length * CHARACTER * sizeOf(context.font),
      actualBoundingBoxAscent: 0.9 * sizeOf(context.font),
      actualBoundingBoxDescent: 0.25 * sizeOf(context.font),
      fontBoundingBoxAscent: 0.9 * sizeOf(context.font),
      fontBoundingBoxDescent: 0.25 * sizeOf(context.font),
    }),
    fillText(text: string, x: number, y: number) {
      const size = sizeOf(context.font);
      const reach = text.length * CHARACTER * size;
      const path = new FakePath();
      path.rect(painting.state.textAlign === "right" ? x - reach : x, y - 0.9 * size, reach, 1.15 * size);
      painting.put(path, `${painting.state.fillStyle}:${text.replaceAll(" ", "_")}`, 0);
    },
    setTransform(...transform: number[]) {
      painting.state.transform = transform;
    },
    fillRect(x: number, y: number, w: number, h: number) {
      const { minX, minY, maxX, maxY } = painting.device(x, y, w, h);
      // Stand-ins are cut at any place; everything else is whole pixels.
      const box = {
        minX: Math.floor(minX),
        minY: Math.floor(minY),
        maxX: Math.ceil(maxX),
        maxY: Math.ceil(maxY),
      };
      painting.cover(box, { covers: true, text: painting.state.fillStyle });
    },
    clearRect(x: number, y: number, w: number, h: number) {
      painting.cover(painting.device(x, y, w, h), { covers: true, text: "" });
    },
    drawImage: painting.drawImage,
    fill: (path: FakePath) => painting.put(path, painting.state.fillStyle, 0),
    stroke: (path: FakePath) => painting.put(path, painting.state.strokeStyle, painting.state.lineWidth / 2),
    isContextLost: () => painting.lost,
  };
  return context;
}
