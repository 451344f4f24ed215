import { randomFillSync } from "node:crypto";
import JSZip from "jszip";
import { describe, expect, it } from "vitest";
import { packFiles, unpackFiles, type AppFiles } from "../../src/package/archive.ts";
import { readEntries, repack } from "../../src/package/repack.ts";

const TEXT = Array.from({ length: 3000 }, (_, i) => `${(i * i) % 977} strokes of ${i % 31}`).join("\n");
const FILES: AppFiles = new Map([
  ["app/empty.txt", new Uint8Array()],
  ["app/text.js", new TextEncoder().encode(TEXT)],
  ["app/größe.txt", new TextEncoder().encode("größer".repeat(100))],
  ["app/noise.png", randomFillSync(new Uint8Array(70_000))],
]);

/** As `packFiles` has it before it is repacked. */
async function plainZip(files: AppFiles, options: { streamFiles?: boolean } = {}): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [path, bytes] of files) zip.file(path, bytes, { date: new Date(0), createFolders: false });
  const deflate = { compression: "DEFLATE", compressionOptions: { level: 9 } } as const;
  return zip.generateAsync({ type: "uint8array", ...deflate, ...options });
}

describe("a repacked archive", () => {
  it("is smaller, and holds the same files under the same names, dates and check sums", async () => {
    const zip = await plainZip(FILES);
    const repacked = await repack(zip);
    expect(repacked.length).toBeLessThan(zip.length);
    expect(await unpackFiles(repacked)).toEqual(await unpackFiles(zip));
    const [was, is] = await Promise.all([zip, repacked].map((bytes) => JSZip.loadAsync(bytes)));
    for (const [path, { date, dosPermissions }] of Object.entries(was!.files))
      expect(is!.files[path], path).toMatchObject({ name: path, date, dosPermissions });
  });

  it("is read file by file without unpacking", async () => {
    const entries = readEntries(await repack(await plainZip(FILES)));
    expect(entries.map(({ path, size }) => [path, size])).toEqual(
      [...FILES].map(([path, bytes]) => [path, bytes.length]),
    );
    const text = entries.find(({ path }) => path === "app/text.js")!;
    expect(text.packedSize).toBeLessThan(text.size / 3);
  });

  it("is as small as it gets: repacking it once more changes nothing", async () => {
    const once = await packFiles(FILES);
    expect(await repack(once)).toEqual(once);
  });

  it("is not made of what it would damage", async () => {
    await expect(repack(await plainZip(FILES, { streamFiles: true }))).rejects.toThrow(
      "has its size after it",
    );
    await expect(repack(new TextEncoder().encode(TEXT))).rejects.toThrow("no zip archive");
  });
});
