import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";
import type { Place } from "./picture.ts";

/** Runs in the app's page: which of the places have ink within 2 px on the board of another moment. */
function areInkedThen(places: readonly Place[]): boolean[] {
  const canvases = [...document.querySelectorAll<HTMLCanvasElement>("#past canvas")];
  const { width, height, clientWidth } = canvases[0]!;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  for (const canvas of canvases) copy.drawImage(canvas, 0, 0, width, height);
  const scale = width / clientWidth;
  const reach = Math.ceil(2 * scale);
  const paper = new Uint32Array(copy.getImageData(0, 0, 1, 1).data.buffer)[0];
  return places.map(([x, y]) => {
    const [left, top] = [Math.round(x * scale) - reach, Math.round(y * scale) - reach];
    const around = copy.getImageData(left, top, 2 * reach + 1, 2 * reach + 1);
    return new Uint32Array(around.data.buffer).some((pixel) => pixel !== paper);
  });
}

/** Waits until the board of another moment has ink at just these of the places. */
export async function seesThen(
  app: Page | Frame,
  inked: readonly Place[],
  blank: readonly Place[] = [],
): Promise<void> {
  const wanted = [...inked.map(() => true), ...blank.map(() => false)];
  await expect.poll(() => app.evaluate(areInkedThen, [...inked, ...blank])).toEqual(wanted);
}
