import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { readBoardFile } from "../../../src/session/board-file.ts";
import { readFile } from "../../../src/ui/transfer/importing.ts";
import { smallBoardFile } from "../../fuzz/import-files.ts";
import { createHandTime } from "../../support/hand-time.ts";

test("bytes that belong to no picture of a board's file are kept from the device", async () => {
  const { clock, calendar } = createHandTime();
  const env = { clock: { ...clock, after: () => () => undefined }, calendar, random: createPrng(7) };
  const unpack = (bytes: Uint8Array): ReturnType<typeof readBoardFile> => readBoardFile(bytes, env);
  // It has a page without pictures, and bytes.
  const imported = await readFile(new Blob([smallBoardFile() as BlobPart]), { unpack }, async () => true);
  expect(imported).toMatchObject({ pages: [{ name: "First" }], blobs: [] });
});
