import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { packFiles, unpackFiles, type AppFiles } from "../../src/package/archive.ts";

const TEXT = Array.from({ length: 3000 }, (_, i) => `${(i * i) % 977} strokes of ${i % 31}`).join("\n");
const FILES: AppFiles = new Map([
  ["icon.png", Uint8Array.from({ length: 70_000 }, (_, i) => (i * i * 31) >> 3)],
  ["app/text.js", new TextEncoder().encode(TEXT)],
  ["app/größe.txt", new TextEncoder().encode("größer".repeat(100))],
  ["app/empty.txt", new Uint8Array()],
]);
// APPNOTE.TXT, the specification of zip files, 4.3.7: where a local header has these.
const FLAGS_AT = 6;
const METHOD_AT = 8;
const SIZE_COMES_LATER = 8;
const DEFLATED = 8;

describe("a package's archive", () => {
  it("holds the same files under the same names, sorted, without entries for folders", async () => {
    const zip = await packFiles(FILES);
    expect([...(await unpackFiles(zip))]).toEqual([...FILES].sort(([a], [b]) => (a < b ? -1 : 1)));
    expect(Object.values((await JSZip.loadAsync(zip)).files).filter(({ dir }) => dir)).toEqual([]);
  });

  it("is deflated, with each size before the data, as the official packer has it", async () => {
    const zip = await packFiles(new Map([["app/text.js", FILES.get("app/text.js")!]]));
    const header = Buffer.from(zip);
    expect(header.readUInt16LE(METHOD_AT)).toBe(DEFLATED);
    expect(header.readUInt16LE(FLAGS_AT) & SIZE_COMES_LATER).toBe(0);
    expect(zip.length).toBeLessThan(TEXT.length / 3);
  });

  it("is the same, byte for byte, in whatever order and in whatever year it is made", async () => {
    const zip = await packFiles(FILES);
    expect(await packFiles(new Map([...FILES].reverse()))).toEqual(zip);
    for (const { date } of Object.values((await JSZip.loadAsync(zip)).files))
      expect(date.getUTCFullYear()).toBe(1980);
  });

  it("is not unpacked where one bit of it has changed", async () => {
    const zip = await packFiles(FILES);
    zip[zip.length >> 1]! ^= 1;
    await expect(unpackFiles(zip)).rejects.toThrow("mismatch");
  });
});
