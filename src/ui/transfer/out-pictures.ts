/*
 * The pictures of what is exported: all of them at once, as nobody can wait for one while it is painted.
 */
import { encodeBase64 } from "../../base/bytes.ts";
import type { Item } from "../../board/document/board.ts";
import type { BlobHash, Picture } from "../../board/document/picture.ts";
import { createBitmaps, type Bitmap, type PictureSource } from "../../render/shapes/bitmaps.ts";
import { element } from "../widgets/dom.ts";

export interface OutPictures {
  readonly source: PictureSource;
  /** For an SVG, as it is; else decoded. `turn` is waited for after each; false: nobody waits for them any more. */
  load(asIs: boolean, turn: () => Promise<boolean>): Promise<boolean>;
  addressOf(hash: BlobHash): string | undefined;
  close(): void;
}

/** All bitmaps together have no more pixels: with more they are decoded smaller. */
const MOST_PIXELS = 24 * 1024 * 1024;

export function createOutPictures(
  items: readonly Item[],
  bytesOf: (hash: BlobHash) => Promise<Uint8Array | undefined>,
): OutPictures {
  const all = new Map<BlobHash, Picture>();
  for (const item of items) if (item.kind === "picture") all.set(item.picture.hash, item.picture);
  const bitmaps = new Map<BlobHash, Bitmap & { readonly image: ImageBitmap }>();
  const addresses = new Map<BlobHash, string>();
  // For what is not on this device.
  const small = createBitmaps({
    bytesOf: async () => undefined,
    onBytes: () => () => undefined,
    decode: () => Promise.reject(new Error("there are no bytes")),
    createCanvas: () => element("canvas"),
    now: () => 0,
    onError: () => undefined,
  });

  async function decode(
    { type, hash, width, height }: Picture,
    bytes: Uint8Array,
    part: number,
  ): Promise<void> {
    const blob = new Blob([bytes as BlobPart], { type: `image/${type}` });
    const resizeWidth = Math.max(Math.floor(width * part), 1);
    const resizeHeight = Math.max(Math.floor(height * part), 1);
    const options: ImageBitmapOptions = part < 1 ? { resizeWidth, resizeHeight, resizeQuality: "high" } : {};
    const image = await createImageBitmap(blob, options);
    bitmaps.set(hash, { image, width: image.width, height: image.height });
  }

  return {
    source: { ...small, bitmapOf: ({ hash }) => bitmaps.get(hash) },
    async load(asIs, turn) {
      const pixels = [...all.values()].reduce((sum, { width, height }) => sum + width * height, 0);
      for (const picture of all.values()) {
        const bytes = await bytesOf(picture.hash);
        if (bytes && asIs) {
          addresses.set(picture.hash, `data:image/${picture.type};base64,${encodeBase64(bytes)}`);
        }
        // One that cannot be read is shown in small, as on the screen.
        else if (bytes) await decode(picture, bytes, Math.sqrt(MOST_PIXELS / pixels)).catch(() => undefined);
        if (!(await turn())) return false;
      }
      return true;
    },
    addressOf: (hash) => addresses.get(hash),
    close() {
      small.close();
      for (const { image } of bitmaps.values()) image.close();
    },
  };
}
