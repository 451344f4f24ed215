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
  const copy = new OffscreenCanvas(width, height).getContext("2d")!;
  for (const canvas of canvases) copy.drawImage(canvas, 0, 0, width, height);
  const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
  let inked = 0;
  let low = 0x811c9dc5;
  let high = 0x1234567;
  for (const pixel of pixels) {
    if (pixel !== pixels[0]) inked++;
    low = Math.imul(low ^ pixel, 0x01000193);
    high = Math.imul(high ^ (pixel + low), 0x5bd1e995);
  }
  return { width, height, inked, hash: `${low >>> 0}-${high >>> 0}` };
}

/** Runs in the app's page: which of the places have ink within 2 px. */
export function areInked(places: readonly Place[]): boolean[] {
  const canvases = ["cached-ink", "live-ink"].map((id) => document.getElementById(id) as HTMLCanvasElement);
  const { width, height } = canvases[0]!;
  const copy = new OffscreenCanvas(width, height).getContext("2d")!;
  for (const canvas of canvases) copy.drawImage(canvas, 0, 0, width, height);
  const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
  const scale = width / canvases[0]!.clientWidth;
  const reach = Math.ceil(2 * scale);
  return places.map(([x, y]) => {
    for (let row = -reach; row <= reach; row++) {
      for (let column = -reach; column <= reach; column++) {
        const at = (Math.round(y * scale) + row) * width + Math.round(x * scale) + column;
        if (pixels[at] !== pixels[0]) return true;
      }
    }
    return false;
  });
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
