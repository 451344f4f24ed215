import type { ImageType } from "../base/image-header.ts";
import type { Log } from "../env/log.ts";
import { createBitmaps, type Bitmaps } from "../render/shapes/bitmaps.ts";
import type { Session } from "../session.ts";
import { element } from "./widgets/dom.ts";
import { pageClock } from "./widgets/page-clock.ts";

/** The bitmaps of a session's pictures. */
export function createSessionBitmaps({ blobs }: Pick<Session, "blobs">, log: Log): Bitmaps {
  return createBitmaps({
    ...blobs,
    decode,
    createCanvas: () => element("canvas"),
    now: pageClock.now,
    onError: (error) => log.warn("A picture is not shown", error),
  });
}

/** By the platform's decoder, from memory: no address is loaded, so no policy and no messenger is asked. */
function decode(bytes: Uint8Array, type: ImageType): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([new Uint8Array(bytes)], { type: `image/${type}` }));
}
