/*
 * Whether a picture's bytes may be given to a decoder, beyond what their header says (image-header.ts): no bomb,
 * and there to the end, as far as its parts say. Of an animated picture a decoder gives the first frame.
 */
import type { ImageHeader } from "./image-header.ts";

/** What is decoded at all: so many pixels, and so many on a side. */
const MOST_PIXELS = 1 << 24;
const LONGEST_SIDE = 16_384;
/**
 * Each scan of a progressive JPEG goes over all pixels again, and may be a few bytes long. Encoders make about
 * ten.
 */
const MOST_SCANS = 64;

/** Where the chunks of a PNG begin, and the name of the last one as a number. */
const PNG_CHUNKS = 8;
const IEND = 0x49454e44;

/** A picture of this size may be given to a decoder. */
export function isDecodable({ width, height }: Pick<ImageHeader, "width" | "height">): boolean {
  return Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_PIXELS;
}

/**
 * Decoders show one that was cut off with a grey rest. `bytes` have this header. What stands behind the end is
 * nobody's concern. Never throws.
 */
export function isWholePicture(bytes: Uint8Array, { type }: ImageHeader): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "webp") return view.getUint32(4, true) + 8 <= bytes.length;
  return type === "png" ? hasPngEnd(view) : hasJpegEnd(bytes, view);
}

function hasPngEnd(view: DataView): boolean {
  let at = PNG_CHUNKS;
  while (at + 12 <= view.byteLength) {
    if (view.getUint32(at + 4) === IEND) return true;
    at += view.getUint32(at) + 12;
  }
  return false;
}

/** The last thing is an end, after a scan: what a camera puts before the scans may have ends of its own. */
function hasJpegEnd(bytes: Uint8Array, view: DataView): boolean {
  let at = 2;
  let scans = 0;
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0xff) {
      at = bytes.indexOf(0xff, at + 1);
      if (at < 0) return false;
      continue;
    }
    if (marker === 0xd9) return scans > 0;
    if (marker === 0xda && ++scans > MOST_SCANS) return false;
    // Bytes of a scan that only look like a marker, and those that divide it.
    const hasLength = marker !== 0 && marker !== 0x01 && (marker < 0xd0 || marker > 0xd7);
    if (hasLength && at + 4 > bytes.length) return false;
    at += hasLength ? 2 + view.getUint16(at + 2) : 2;
  }
  return false;
}
