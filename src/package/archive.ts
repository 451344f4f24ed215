import JSZip from "jszip";

/** Paths with `/`, relative to the root of a Mini App: `appinfo.spixi`, `icon.png`, `app/...`. */
export type AppFiles = ReadonlyMap<string, Uint8Array>;

/** Zip files know no time before this, and the same input shall give the same bytes. */
const FIXED_DATE = new Date(Date.UTC(1980, 0, 1));

/** Deflate's best. */
export const COMPRESSION_LEVEL = 9;

/** A zip archive of the files, sorted by path: the same files always give the same bytes. */
export async function packFiles(files: AppFiles): Promise<Uint8Array> {
  const zip = new JSZip();
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    zip.file(path, bytes, { date: FIXED_DATE, createFolders: false });
  return zip.generateAsync({
    type: "uint8array",
    compression: "DEFLATE",
    compressionOptions: { level: COMPRESSION_LEVEL },
    platform: "DOS",
  });
}

/** The files of a zip archive, folders left out; rejects where it is damaged. */
export async function unpackFiles(bytes: Uint8Array): Promise<AppFiles> {
  const zip = await JSZip.loadAsync(bytes, { checkCRC32: true });
  const files = new Map<string, Uint8Array>();
  for (const entry of Object.values(zip.files))
    if (!entry.dir) files.set(entry.name, await entry.async("uint8array"));
  return files;
}
