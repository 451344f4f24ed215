import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { formatAppInfo, parseAppInfo, type AppInfo } from "./appinfo.ts";
import { packFiles, type AppFiles } from "./archive.ts";
import { readTree } from "./files.ts";
import { checkFiles, checkPackage, checksumOf } from "./installer.ts";

/** The three files that a publisher serves, as paths and bytes. */
export interface PublishedPackage {
  readonly id: string;
  readonly zip: Uint8Array;
  readonly paths: readonly string[];
}

/**
 * Packs the Mini App in `root` into `dist`: `<id>.zspixiapp`, `<id>.spixi`, `<id>.png`. They are read
 * back and checked as the messenger's installer would; rejects with all problems where there are any.
 */
export async function publishPackage(root: string): Promise<PublishedPackage> {
  const files = await shippedFiles(root);
  refuse(checkFiles(files));

  const info = parseAppInfo(Buffer.from(files.get("appinfo.spixi")!).toString("utf8"));
  if (!info.ok) throw new Error(info.problems.join("\n"));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  if (info.info.version !== version)
    refuse([`appinfo.spixi has version ${info.info.version}, package.json ${version}.`]);

  const { id } = info.info;
  const zip = await packFiles(files);
  const dist = join(root, "dist");
  await mkdir(dist, { recursive: true });
  const paths = [`${id}.zspixiapp`, `${id}.spixi`, `${id}.png`].map((name) => join(dist, name));
  await writeFile(paths[0]!, zip);
  await writeFile(paths[1]!, metadataOf(info.info, zip));
  await writeFile(paths[2]!, files.get("icon.png")!);
  refuse(await checkPackage(await readFile(paths[0]!), await readFile(paths[1]!, "utf8")));
  return { id, zip, paths };
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
  const kept = ["caVersion", "id", "publisher", "name", "version", "capabilities"];
  const optional = ["minUsers", "maxUsers", "protocols"].filter((key) => fields.has(key));
  const value = (key: string): [string, string] => [key, fields.get(key)!];
  return formatAppInfo([
    ...kept.map(value),
    ["image", `${id}.png`],
    ...optional.map(value),
    ["contentUrl", `${id}.zspixiapp`],
    ["checksum", checksumOf(zip)],
    ["contentSize", zip.length],
  ]);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(["The package is not valid:", ...problems].join("\n  "));
}
