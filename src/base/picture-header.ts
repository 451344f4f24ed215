/*
 * What the first bytes of a picture say, read before any decoder of the platform sees it: of files that a
 * person brings, and of what a contact sends. Only what is found by its own magic number is a picture, whatever
 * its name or type says: PNG (also an animated one, whose first frame counts), JPEG with Huffman codes, and WebP.
 */

/** As types of media are written. */
export type PictureType = "image/png" | "image/jpeg" | "image/webp";

export interface PictureHeader {
  readonly type: PictureType;
  /** In pixels as they are stored, at least 1: an orientation that a file names is not applied. */
  readonly width: number;
  readonly height: number;
}

/** What is decoded at all: so many pixels, and so many on a side. */
const MOST_PIXELS = 1 << 24;
const LONGEST_SIDE = 16_384;
/**
 * Each scan of a progressive JPEG goes over all pixels again, and may be a few bytes long. Encoders make about
 * ten.
 */
const MOST_SCANS = 64;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The names of chunks, as numbers. */
const IHDR = 0x49484452;
const IEND = 0x49454e44;
const RIFF = 0x52494646;
const WEBP = 0x57454250;
const VP8 = 0x56503820;
const VP8L = 0x5650384c;
const VP8X = 0x56503858;

/** Type and size of a picture; undefined where these bytes are not the beginning of one. Never throws. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const found = pngSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes);
  return found && found.width > 0 && found.height > 0 ? found : undefined;
}

/** A picture of this size may be given to a decoder. */
export function isDecodable({ width, height }: Pick<PictureHeader, "width" | "height">): boolean {
  return Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_PIXELS;
}

/**
 * The picture is there to its end, as far as its parts say: decoders show one that was cut off with a grey rest.
 * `bytes` are all of it, and have a header. What stands behind the end is nobody's concern.
 */
export function isWholePicture(bytes: Uint8Array, { type }: PictureHeader): boolean {
  const view = viewOf(bytes);
  if (type === "image/webp") return view.getUint32(4, true) + 8 <= bytes.length;
  return type === "image/png" ? hasPngEnd(view) : hasJpegEnd(bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function pngSize(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes.length < 33 || PNG.some((byte, at) => bytes[at] !== byte)) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== IHDR) return undefined;
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function hasPngEnd(view: DataView): boolean {
  let at: number = PNG.length;
  while (at + 12 <= view.byteLength) {
    if (view.getUint32(at + 4) === IEND) return true;
    at += view.getUint32(at) + 12;
  }
  return false;
}

/** Segments, each with its length, up to the one that begins a frame; the first scan comes after it. */
function jpegSize(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    // Any number of these may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xc2)
      return { type: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // Other kinds of frames (with codes DHT and extension JPG among their numbers), scans, and what has no length.
    const isTable = marker === 0xc4 || marker >= 0xdb || marker === 0xcc;
    if (!isTable || view.getUint16(at + 2) < 2) return undefined;
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** The last thing is an end, after a scan: what a camera puts before the scans may have ends of its own. */
function hasJpegEnd(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let at = 2;
  let scans = 0;
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0xff) {
      at++;
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

function webpSize(bytes: Uint8Array): PictureHeader | undefined {
  if (bytes.length < 30) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(0) !== RIFF || view.getUint32(8) !== WEBP) return undefined;
  const type = "image/webp";
  switch (view.getUint32(12)) {
    case VP8:
      // Behind the frame's tag and its start code; the upper two bits are for a scale.
      return bytes[23] === 0x9d && bytes[24] === 0x01 && bytes[25] === 0x2a
        ? { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
        : undefined;
    case VP8L: {
      const sizes = view.getUint32(21, true);
      return bytes[20] === 0x2f
        ? { type, width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 }
        : undefined;
    }
    case VP8X:
      return {
        type,
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return undefined;
  }
}
