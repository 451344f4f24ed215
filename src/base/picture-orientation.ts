/*
 * How a camera held a picture, as its EXIF part says it. Engines differ in whether they turn such a picture
 * when it is decoded, and none says what it did: so the part is taken away before, and the turn is this app's.
 */

import { jpegSegments, SCAN } from "./jpeg-segments.ts";

/** From 1, as it is stored, to 8: bit 4 of the number below 1 exchanges the sides. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const EXIF_SEGMENT = 0xe1;
const EXIF = 0x45786966;
const ORIENTATION = 0x0112;

/** Of a JPEG, whose parts with EXIF are made unreadable in place. Never throws. */
export function takeOrientation(jpeg: Uint8Array): Orientation {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let orientation: Orientation | undefined;
  for (const { marker, start, end } of jpegSegments(jpeg)) {
    if (marker === SCAN) break;
    const length = Math.min(end, jpeg.length) - start;
    if (marker !== EXIF_SEGMENT || length < 6 || view.getUint32(start) !== EXIF) continue;
    orientation ??= orientationIn(new DataView(jpeg.buffer, jpeg.byteOffset + start + 6, length - 6));
    jpeg[start] = 0;
  }
  return orientation ?? 1;
}

/** `tiff`: a list of numbered values, in the order of bytes that it says, at the place that it says. */
function orientationIn(tiff: DataView): Orientation | undefined {
  if (tiff.byteLength < 8) return undefined;
  const little = tiff.getUint16(0) === 0x4949;
  const list = tiff.getUint32(4, little);
  if (list + 2 > tiff.byteLength) return undefined;
  const count = tiff.getUint16(list, little);
  for (let entry = list + 2, i = 0; i < count && entry + 12 <= tiff.byteLength; entry += 12, i++) {
    if (tiff.getUint16(entry, little) !== ORIENTATION) continue;
    const value = tiff.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? (value as Orientation) : undefined;
  }
  return undefined;
}
