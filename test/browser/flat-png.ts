import { PNG } from "pngjs";
import type { Color } from "./picture.ts";

/** A PNG of four quarters, each of one colour: the two upper ones first. */
export function quartersPng(width: number, height: number, colors: readonly Color[]): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    const quarter = Number(i % width >= width / 2) + 2 * Number(Math.floor(i / width) >= height / 2);
    png.data.set([...(colors[quarter] ?? colors[0]!), 255], 4 * i);
  }
  return PNG.sync.write(png);
}
