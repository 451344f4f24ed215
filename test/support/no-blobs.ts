import type { Blobs } from "../../src/session.ts";

/** Where nobody puts a picture on the board. */
export const NO_BLOBS: Blobs = {
  put: () => undefined,
  bytesOf: () => Promise.resolve(undefined),
  onBytes: () => () => undefined,
  moving: () => [],
  nowhere: () => [],
};
