/*
 * From the built app to the files that a publisher serves: the package, what the messenger reads of it
 * before it installs it, and the icon. What goes into the package is decided here.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatAppInfo, type AppInfo } from "./appinfo.ts";
import { packFiles, type AppFiles } from "./archive.ts";
import { readTree } from "./files.ts";
import { checkFiles, checkPackage, checksumOf } from "./installer.ts";
import { writeListing } from "./listing.ts";
import type { OwnAppInfo } from "./own-appinfo.ts";
import { packageError } from "./package-error.ts";

export interface PublishedPackage {
  readonly id: string;
  /** What the package holds, and the package itself. */
  readonly files: AppFiles;
  readonly zip: Uint8Array;
  /** The three files that a publisher serves, then those for the public list of Mini Apps. */
  readonly paths: readonly string[];
}

/**
 * Packs the Mini App in `root` into `dist`: `<id>.zspixiapp`, `<id>.spixi`, `<id>.png`, and where `own`
 * has a `url`, `listing` with what the public list wants. They are read back and checked as the
 * messenger's installer would; rejects with all problems where there are any.
 */
export async function publishPackage(root: string, { text, info }: OwnAppInfo): Promise<PublishedPackage> {
  const files = new Map(await shippedFiles(root)).set("appinfo.spixi", Buffer.from(text));
  refuse(checkFiles(files));

  const { id } = info;
  const zip = await packFiles(files);
  const dist = join(root, "dist");
  await mkdir(dist, { recursive: true });
  const served = new Map<string, Uint8Array | string>([
    [`${id}.zspixiapp`, zip],
    [`${id}.spixi`, metadataOf(info, zip)],
    [`${id}.png`, files.get("icon.png")!],
  ]);
  const paths = [...served.keys()].map((name) => join(dist, name));
  for (const [name, content] of served) await writeFile(join(dist, name), content);
  refuse(await checkPackage(await readFile(paths[0]!), await readFile(paths[1]!, "utf8")));
  const listed = await writeListing(root, join(dist, "listing"), info, served);
  return { id, files, zip, paths: [...paths, ...listed] };
}

/** What the package of the Mini App in `root` holds: its files, but not what its style sheet was made of. */
export async function shippedFiles(root: string): Promise<AppFiles> {
  const files = new Map<string, Uint8Array>();
  for (const [path, bytes] of await readTree(join(root, "app")))
    if (!path.startsWith("css/")) files.set(`app/${path}`, bytes);
  for (const name of ["appinfo.spixi", "icon.png"]) files.set(name, await readFile(join(root, name)));
  return files;
}

/** The publisher puts the files side by side, so plain names are enough. */
function metadataOf({ fields, id }: AppInfo, zip: Uint8Array): string {
  const given = (...keys: string[]): [string, string][] =>
    keys.filter((key) => fields.has(key)).map((key) => [key, fields.get(key)!]);
  return formatAppInfo([
    ...given("caVersion", "id", "publisher", "name", "description", "version", "capabilities"),
    ["image", `${id}.png`],
    ...given("url", "minUsers", "maxUsers", "protocols"),
    ["contentUrl", `${id}.zspixiapp`],
    ["checksum", checksumOf(zip)],
    ["contentSize", zip.length],
  ]);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw packageError(problems);
}
