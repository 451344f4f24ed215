/** A place on a phone's screen: CSS pixels from its top left corner. */
export type Place = readonly [x: number, y: number];

/** What a canvas shows. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Of all pixels. */
  readonly hash: string;
  /** How many pixels differ from the empty paper. */
  readonly inked: number;
}

/** Runs in the app's page. */
export function readPicture(): Picture {
  const canvases = ["cached-ink", "live-ink"].map((id) => document.getElementById(id) as HTMLCanvasElement);
  const { width, height } = canvases[0]!;
  const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  for (const canvas of canvases) copy.drawImage(canvas, 0, 0, width, height);
  const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
  const paper = pixels[0];
  let inked = 0;
  let low = 0x811c9dc5;
  let high = 0x1234567;
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i]!;
    if (pixel !== paper) inked++;
    low = Math.imul(low ^ pixel, 0x01000193);
    high = Math.imul(high ^ (pixel + low), 0x5bd1e995);
  }
  return { width, height, inked, hash: `${low >>> 0}-${high >>> 0}` };
}

/** Runs in the app's page: which of the places have ink within 2 px. Copies what is around them, one below the other, for a whole screen takes much longer. */
export function areInked(places: readonly Place[]): boolean[] {
  const canvases = ["cached-ink", "live-ink"].map((id) => document.getElementById(id) as HTMLCanvasElement);
  const scale = canvases[0]!.width / canvases[0]!.clientWidth;
  const reach = Math.ceil(2 * scale);
  const side = 2 * reach + 1;
  const height = side * places.length + 1;
  const copy = new OffscreenCanvas(side, height).getContext("2d", { willReadFrequently: true })!;
  for (const canvas of canvases) {
    for (const [i, [x, y]] of places.entries()) {
      const [left, top] = [Math.round(x * scale) - reach, Math.round(y * scale) - reach];
      copy.drawImage(canvas, left, top, side, side, 0, i * side, side, side);
    }
    // The corner of the paper.
    copy.drawImage(canvas, 0, 0, 1, 1, 0, height - 1, 1, 1);
  }
  const pixels = new Uint32Array(copy.getImageData(0, 0, side, height).data.buffer);
  const paper = pixels[side * (height - 1)];
  return places.map((_, i) =>
    pixels.subarray(i * side * side, (i + 1) * side * side).some((pixel) => pixel !== paper),
  );
}

/** Red, green and blue, 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** Runs in the app's page: the colours at the places, of paper and ink together. */
export function readColors(places: readonly Place[]): Color[] {
  const canvases = ["cached-ink", "live-ink"].map((id) => document.getElementById(id) as HTMLCanvasElement);
  const { width, height } = canvases[0]!;
  const copy = new OffscreenCanvas(width, height).getContext("2d")!;
  for (const canvas of canvases) copy.drawImage(canvas, 0, 0, width, height);
  const { data } = copy.getImageData(0, 0, width, height);
  const scale = width / canvases[0]!.clientWidth;
  return places.map(([x, y]) => {
    const at = 4 * (Math.round(y * scale) * width + Math.round(x * scale));
    return [data[at]!, data[at + 1]!, data[at + 2]!];
  });
}

/** Runs in the app's page: paper and ink, as the data URL of a PNG. */
export function readPng(): string {
  const canvases = ["cached-ink", "live-ink"].map((id) => document.getElementById(id) as HTMLCanvasElement);
  const copy = document.createElement("canvas");
  copy.width = canvases[0]!.width;
  copy.height = canvases[0]!.height;
  const context = copy.getContext("2d")!;
  for (const canvas of canvases) context.drawImage(canvas, 0, 0, copy.width, copy.height);
  return copy.toDataURL("image/png");
}
