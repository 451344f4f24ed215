/*
 * Whether a picture's bytes may be given to a decoder, beyond what their header says (image-header.ts): no bomb,
 * and there to the end, as far as its parts say. Of an animated one a decoder would give the first frame.
 */
import { type ImageHeader, readImageHeader } from "./image-header.ts";
import { END, isFrame, jpegSegments, SCAN } from "./jpeg-segments.ts";
import { lazily } from "./lazily.ts";

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
const IDAT = 0x49444154;
/** The one that says how many frames there are, which stands before the first data. */
const ACTL = 0x6163544c;

/** In the extended header of a WebP, which begins there, this bit says that there are several frames. */
const VP8X = 0x56503858;
const WEBP_CHUNKS = 12;
const WEBP_FRAMES = 0x02;

/** In one of the first parts of a GIF, behind up to 256 colours: it goes through its frames again and again. */
const GIF_FRAMES = "NETSCAPE2.0";
const GIF_START = 1024;

/** In a JPEG's frame, behind precision and size: how many components there are. So many are inks, CMYK or YCCK. */
const COMPONENTS = 5;
const INKS = 4;

/** A picture of this size may be given to a decoder. */
export function isDecodable({ width, height }: Pick<ImageHeader, "width" | "height">): boolean {
  return Math.max(width, height) <= LONGEST_SIDE && width * height <= MOST_PIXELS;
}

/**
 * Decoders show one that was cut off with a grey rest, and WebKit's a damaged PNG as nothing. `bytes` have this header.
 * What stands behind the end is nobody's concern. Never throws.
 */
export function isWholePicture(bytes: Uint8Array, { type }: ImageHeader): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "webp") return view.getUint32(4, true) + 8 <= bytes.length;
  return type === "png" ? isWholePng(view, bytes) : hasJpegEnd(bytes);
}

function isWholePng(view: DataView, bytes: Uint8Array): boolean {
  for (const { name, at, end } of pngChunks(view)) {
    if (end > bytes.length) return false;
    // One that need not be understood may be damaged.
    const isNeeded = (name & 0x20_00_00_00) === 0;
    if (isNeeded && crcOf(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return false;
    if (name === IEND) return true;
  }
  return false;
}

/** For each byte what the bits do that leave the sum with it (the usual CRC-32). */
const crcSteps = lazily(() =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ ((rest & 1) * 0xed_b8_83_20);
    return rest;
  }),
);

function crcOf(bytes: Uint8Array): number {
  const steps = crcSteps();
  let sum = -1;
  for (const byte of bytes) sum = (sum >>> 8) ^ steps[(sum ^ byte) & 255]!;
  return ~sum >>> 0;
}

interface PngChunk {
  /** As a number. */
  readonly name: number;
  /** Where it begins, with its length, and ends, with its checksum; that may be beyond the bytes. */
  readonly at: number;
  readonly end: number;
}

function* pngChunks(view: DataView): Generator<PngChunk, void> {
  let end = PNG_CHUNKS;
  for (let at = end; at + 12 <= view.byteLength; at = end) {
    end = at + view.getUint32(at) + 12;
    yield { name: view.getUint32(at + 4), at, end };
  }
}

/** Whether it says that it moves: a PNG or WebP of several frames, or a GIF. Never throws. */
export function isAnimated(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = readImageHeader(bytes)?.type;
  if (type === "webp")
    return view.getUint32(WEBP_CHUNKS) === VP8X && (view.getUint8(WEBP_CHUNKS + 8) & WEBP_FRAMES) > 0;
  if (type === "png") {
    for (const { name } of pngChunks(view)) {
      if (name === ACTL) return true;
      if (name === IDAT) return false;
    }
  }
  const start = String.fromCharCode(...bytes.subarray(0, GIF_START));
  return start.startsWith("GIF8") && start.includes(GIF_FRAMES);
}

/** Whether it is made for a printer: engines differ in what they show of it. Never throws. */
export function isCmyk(bytes: Uint8Array, { type }: ImageHeader): boolean {
  if (type !== "jpeg") return false;
  for (const { marker, start } of jpegSegments(bytes)) {
    if (isFrame(marker)) return bytes[start + COMPONENTS] === INKS;
  }
  return false;
}

/** The last thing is an end, after a scan: what a camera puts before the scans may have ends of its own. */
function hasJpegEnd(bytes: Uint8Array): boolean {
  let scans = 0;
  for (const { marker } of jpegSegments(bytes)) {
    if (marker === END) return scans > 0;
    if (marker === SCAN && ++scans > MOST_SCANS) return false;
  }
  return false;
}
