/*
 * Mini Apps are kept without the messenger's SDK: a comment stands in place of each of its two scripts, and
 * the scripts themselves are in a folder of their own, beside the folder that holds all apps.
 *
 *   mini-apps-sdk/spixi-app-sdk.js
 *   mini-apps-sdk/spixi-tools.js
 *   apps/com.example.app/app/js/spixi-app-sdk.js     a comment
 *   apps/com.example.app/app/js/spixi-tools.js       a comment
 */
import { readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";

const SDK_FOLDER = "mini-apps-sdk";
const SDK_FILES = ["spixi-app-sdk.js", "spixi-tools.js"];
const COMMENTS = /\/\*[^]*?\*\/|\/\/.*/g;

export function isSdkFile(path: string): boolean {
  return SDK_FILES.includes(posix.basename(path));
}

/** Whether the file at `path` has the name of one of the SDK's scripts and holds no script at all. */
export function isSdkPlaceholder(path: string, content: Uint8Array): boolean {
  return isSdkFile(path) && Buffer.from(content).toString("utf8").replace(COMMENTS, "").trim() === "";
}

/**
 * The SDK's script that belongs in place of the file at `path` in the Mini App in `folder`: out of the
 * nearest `mini-apps-sdk` above that folder that has it. Undefined where there is none.
 */
export async function readSdkFile(folder: string, path: string): Promise<Uint8Array | undefined> {
  const name = posix.basename(path);
  for (let above = dirname(folder), below = folder; above !== below; below = above, above = dirname(above)) {
    const found = await readFile(join(above, SDK_FOLDER, name)).catch(() => undefined);
    // A placeholder there is none either.
    if (found && !isSdkPlaceholder(name, found)) return found;
  }
  return undefined;
}

/** Says that the file at `path` in a Mini App's folder is a placeholder for which no script was found. */
export function missingInFolder(path: string): string {
  const name = posix.basename(path);
  return `${path} only stands for a script of the messenger's SDK, and no folder above has ${SDK_FOLDER}/${name}, which is to be put in its place: the app cannot run without it.`;
}

/** Says the same of a package, in which phones would get the placeholder too. */
export function missingInPackage(path: string): string {
  return `${path} only stands for a script of the messenger's SDK: this package was made without it, and its app can run on no phone.`;
}
