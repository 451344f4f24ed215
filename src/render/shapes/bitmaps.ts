/*
 * The bitmaps of pictures: decoded when they are to be painted, which is near the view only, and let go again.
 */
import { createEmitter } from "../../base/emitter.ts";
import { readImageHeader, type ImageType } from "../../base/image-header.ts";
import { isDecodable, isWholePicture } from "../../base/picture-check.ts";
import type { BlobHash, Picture } from "../../board/document/picture.ts";
import { decodeThumbnail } from "../../board/document/thumbnail.ts";

/** Something to paint, and its size in its own pixels. */
export interface Bitmap {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** Where painters find how a picture looks. */
export interface PictureSource {
  /** Undefined where it is not there: it is asked for with that, and told when it has come. */
  bitmapOf(picture: Picture): Bitmap | undefined;
  /** In small, at once; undefined where the record has none. */
  thumbnailOf(picture: Picture): Bitmap | undefined;
  /** The bitmap of a picture that was asked for has come. */
  onChange(listener: (hash: BlobHash) => void): () => void;
}

/** Where there are no pictures, or none that can be shown. */
export const NO_PICTURES: PictureSource = {
  bitmapOf: () => undefined,
  thumbnailOf: () => undefined,
  onChange: () => () => undefined,
};

export interface BitmapsDeps {
  /** A picture's bytes; undefined where they are not on this device, or not all of them. */
  readonly bytesOf: (hash: BlobHash) => Promise<Uint8Array | undefined>;
  /** Tells of bytes that are there now. */
  readonly onBytes: (listener: (hash: BlobHash) => void) => () => void;
  /** By the platform. Rejects what is damaged. Whoever calls closes it. */
  readonly decode: (bytes: Uint8Array, type: ImageType) => Promise<CanvasImageSource & { close(): void }>;
  readonly createCanvas: () => HTMLCanvasElement;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export interface Bitmaps extends PictureSource {
  close(): void;
}

/** All bitmaps together: 4 bytes for each. */
const MAX_PIXELS = 32 * 1024 * 1024;
/** What was painted within so many milliseconds is not given up for others: they would take turns for ever. */
const IN_USE_MS = 3000;
const MAX_THUMBNAILS = 256;

interface Kept {
  readonly bitmap: Bitmap;
  readonly pixels: number;
  close(): void;
  used: number;
}

export function createBitmaps(deps: BitmapsDeps): Bitmaps {
  const changes = createEmitter<BlobHash>(deps.onError);
  /** The latest used at the end. */
  const kept = new Map<BlobHash, Kept>();
  const coming = new Set<BlobHash>();
  /** Asked for, and not on this device; or nothing that can be shown. */
  const absent = new Set<BlobHash>();
  const broken = new Set<BlobHash>();
  const thumbnails = new Map<BlobHash, Bitmap | undefined>();
  let pixels = 0;
  let isClosed = false;

  /** Whether there is, or was made, room for so many. */
  function makeRoom(more: number): boolean {
    for (const [hash, { used, pixels: its, close }] of kept) {
      if (pixels + more <= MAX_PIXELS) break;
      if (deps.now() - used < IN_USE_MS) return false;
      kept.delete(hash);
      pixels -= its;
      close();
    }
    return true;
  }

  async function load({ hash, type, width, height }: Picture): Promise<void> {
    const bytes = await deps.bytesOf(hash);
    if (!bytes) {
      absent.add(hash);
      return;
    }
    // What a record says of bytes is somebody's word, and decoders are not asked what is in bytes of another kind.
    const header = readImageHeader(bytes);
    const isIt = header?.type === type && header.width === width && header.height === height;
    if (!isIt || !isDecodable(header) || !isWholePicture(bytes, header))
      throw new Error("a picture that is not what its record says");
    const image = await deps.decode(bytes, type);
    if (isClosed || !makeRoom(width * height)) {
      image.close();
      return;
    }
    pixels += width * height;
    kept.set(hash, {
      bitmap: { image, width, height },
      pixels: width * height,
      close: () => image.close(),
      used: deps.now(),
    });
    changes.emit(hash);
  }

  const stop = deps.onBytes((hash) => {
    if (absent.delete(hash) || broken.delete(hash)) changes.emit(hash);
  });

  return {
    bitmapOf(picture) {
      const { hash } = picture;
      const known = kept.get(hash);
      if (known) {
        known.used = deps.now();
        kept.delete(hash);
        kept.set(hash, known);
        return known.bitmap;
      }
      if (isClosed || coming.has(hash) || absent.has(hash) || broken.has(hash)) return undefined;
      if (!makeRoom(picture.width * picture.height)) return undefined;
      coming.add(hash);
      void load(picture)
        .catch((error: unknown) => {
          broken.add(hash);
          deps.onError(error);
        })
        .finally(() => coming.delete(hash));
      return undefined;
    },
    thumbnailOf({ hash, thumbnail }) {
      if (!thumbnails.has(hash)) {
        if (thumbnails.size >= MAX_THUMBNAILS) thumbnails.clear();
        thumbnails.set(hash, paintedThumbnail(thumbnail, deps.createCanvas));
      }
      return thumbnails.get(hash);
    },
    onChange: (listener) => changes.on(listener),
    close() {
      isClosed = true;
      stop();
      for (const { close } of kept.values()) close();
      kept.clear();
      thumbnails.clear();
    },
  };
}

function paintedThumbnail(bytes: Uint8Array, createCanvas: () => HTMLCanvasElement): Bitmap | undefined {
  const found = decodeThumbnail(bytes);
  if (!found) return undefined;
  const { width, height, data } = found;
  const canvas = createCanvas();
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  const pixels = context.createImageData(width, height);
  pixels.data.set(data);
  context.putImageData(pixels, 0, 0);
  return { image: canvas, width, height };
}
