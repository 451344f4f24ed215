/*
 * What the first bytes of a picture's file say it is, read before any decoder of the platform sees them: its type
 * by its magic, and its size in pixels. PNG, JPEG and WebP only. What is behind the header may still be damaged.
 */
import { END, isFrame, jpegSegments, SCAN } from "./jpeg-segments.ts";

export const IMAGE_TYPES = ["png", "jpeg", "webp"] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

export interface ImageHeader {
  readonly type: ImageType;
  /** In pixels, as stored: an orientation that the file tells may turn it. */
  readonly width: number;
  readonly height: number;
}

/** Undefined for bytes that are none of these, or end within their header. Never throws. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const found = pngSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes);
  return found && found.width > 0 && found.height > 0 ? found : undefined;
}

function pngSize(bytes: Uint8Array): ImageHeader | undefined {
  if (!isText(bytes, 0, "\x89PNG\r\n\x1a\n") || !isText(bytes, 12, "IHDR") || bytes.length < 24)
    return undefined;
  return { type: "png", width: big(bytes, 16, 4), height: big(bytes, 20, 4) };
}

function jpegSize(bytes: Uint8Array): ImageHeader | undefined {
  if (!isText(bytes, 0, "\xff\xd8\xff")) return undefined;
  for (const { marker, start } of jpegSegments(bytes)) {
    if (isFrame(marker) && start + 6 <= bytes.length)
      return { type: "jpeg", width: big(bytes, start + 3, 2), height: big(bytes, start + 1, 2) };
    // The picture itself, or its end, before anybody said how large it is.
    if (marker === SCAN || marker === END) return undefined;
  }
  return undefined;
}

function webpSize(bytes: Uint8Array): ImageHeader | undefined {
  if (!isText(bytes, 0, "RIFF") || !isText(bytes, 8, "WEBP") || bytes.length < 30) return undefined;
  if (isText(bytes, 12, "VP8X"))
    return { type: "webp", width: little(bytes, 24, 3) + 1, height: little(bytes, 27, 3) + 1 };
  if (isText(bytes, 12, "VP8L") && bytes[20] === 0x2f) {
    const bits = little(bytes, 21, 4);
    return { type: "webp", width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (isText(bytes, 12, "VP8 ") && isText(bytes, 23, "\x9d\x01\x2a"))
    return { type: "webp", width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff };
  return undefined;
}

/** Characters below 256 stand for bytes. */
function isText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function big(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

function little(bytes: Uint8Array, at: number, count: number): number {
  return big(bytes.slice(at, at + count).reverse(), 0, count);
}
