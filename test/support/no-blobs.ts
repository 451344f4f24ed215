import type { Blobs } from "../../src/session.ts";

/** Where nobody puts a picture on the board. */
export const NO_BLOBS: Blobs = {
  put() {
    throw new Error("there are no pictures here");
  },
  bytesOf: () => Promise.resolve(undefined),
  onBytes: () => () => undefined,
};
