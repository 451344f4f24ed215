/*
 * The messenger's installer, as far as it can refuse a package: every build is held against it, so that
 * what is published can be installed.
 */
import { createHash } from "node:crypto";
import { parseAppInfo } from "./appinfo.ts";
import { unpackFiles, type AppFiles } from "./archive.ts";
import { problemsOfSpixiUrl } from "./spixi-url.ts";

const ICON_SIZE = 512;
/** What a package and its metadata both say, and must say alike. */
const SHARED_KEYS = ["id", "version", "description", "url"];
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Lower-case hexadecimal SHA-256, as the messenger compares it. */
export function checksumOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Goes through a package and its metadata as the messenger's installer would; returns what it would
 * refuse, one sentence each. None: the package can be installed.
 */
export async function checkPackage(zip: Uint8Array, metadata: string): Promise<string[]> {
  const served = parseAppInfo(metadata);
  if (!served.ok) return served.problems.map((problem) => `Metadata: ${problem}`);
  const { fields, id, name } = served.info;
  const problems: string[] = [];
  if (fields.get("checksum") !== checksumOf(zip)) problems.push("The checksum is not the package's.");
  if (fields.get("contentSize") !== String(zip.length))
    problems.push("contentSize is not the package's size.");
  for (const key of ["image", "contentUrl"])
    if (!fields.get(key)) problems.push(`The metadata has no ${key}.`);
  const url = fields.get("url");
  if (url) problems.push(...problemsOfSpixiUrl(url, id));
  // An invitation is `id||url||name`.
  if (name.includes("||")) problems.push('The name holds "||", which parts an invitation.');

  let files: AppFiles;
  try {
    files = await unpackFiles(zip);
  } catch (error) {
    return [...problems, `The package is no intact zip archive: ${String(error)}`];
  }
  problems.push(...checkFiles(files));
  const packed = files.get("appinfo.spixi");
  const inside = packed && parseAppInfo(Buffer.from(packed).toString("utf8"));
  if (inside?.ok)
    for (const key of SHARED_KEYS)
      if ((inside.info.fields.get(key) ?? "") !== (fields.get(key) ?? ""))
        problems.push(`The package and its metadata differ in ${key}.`);
  return problems;
}

/** What the installer would refuse in an unpacked Mini App. */
export function checkFiles(files: AppFiles): string[] {
  const problems: string[] = [];
  for (const path of files.keys()) {
    const isExpected = path === "appinfo.spixi" || path === "icon.png" || path.startsWith("app/");
    if (!isExpected) problems.push(`"${path}" does not belong into a package.`);
    if (path.split("/").some((part) => part === "" || part === "." || part === "..") || path.includes("\\"))
      problems.push(`"${path}" is no plain path.`);
  }
  if (!files.has("app/index.html")) problems.push("app/index.html is missing.");
  const info = files.get("appinfo.spixi");
  if (!info) problems.push("appinfo.spixi is missing.");
  else {
    const parsed = parseAppInfo(Buffer.from(info).toString("utf8"));
    if (!parsed.ok) problems.push(...parsed.problems.map((problem) => `appinfo.spixi: ${problem}`));
  }
  const icon = files.get("icon.png");
  if (!icon) problems.push("icon.png is missing.");
  else problems.push(...problemsOfIcon(Buffer.from(icon)));
  return problems;
}

function problemsOfIcon(png: Buffer): string[] {
  if (png.length < 24 || !png.subarray(0, 8).equals(PNG_SIGNATURE)) return ["icon.png is no PNG."];
  const size = `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
  return size === `${ICON_SIZE}x${ICON_SIZE}` ? [] : [`icon.png is ${size}, not 512x512.`];
}
