import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { unpackFiles, type AppFiles } from "./archive.ts";
import { isSdkFile, isSdkPlaceholder, missingInFolder, missingInPackage, readSdkFile } from "./sdk-files.ts";

/** A Mini App to be served: from a folder, read anew each time, or from a package, held in memory. */
export interface MiniApp {
  /** The folder name or file name, for messages. */
  readonly label: string;
  /** A file by its path in the Mini App, `app/index.html` for example; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Why it cannot run as it is; one sentence each. */
  problems(): Promise<readonly string[]>;
}

/** The files under `root` that are wanted, hidden ones never, by their paths relative to it. */
export async function readTree(
  root: string,
  isWanted: (path: string) => boolean = () => true,
): Promise<AppFiles> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join("/");
    if (entry.isFile() && !name.split("/").some((part) => part.startsWith(".")) && isWanted(name))
      files.set(name, await readFile(path));
  }
  return files;
}

/**
 * Opens a folder with `app/index.html`, a folder with `index.html` (the contents of an `app` folder
 * alone), or a package. Rejects with a message for people where it is none of them. In a folder, scripts
 * of the SDK are read in place of the comments that stand for them.
 */
export async function openMiniApp(path: string): Promise<MiniApp> {
  const label = basename(path);
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new Error(`There is no ${path}.`);
  if (kind.isDirectory()) return openFolder(path, label);
  const files = await unpackFiles(await readFile(path)).catch(() => undefined);
  if (!files) throw new Error(`${path} is no Mini App package: it is not a zip archive.`);
  if (!files.has("app/index.html")) throw new Error(`${path} holds no app/index.html.`);
  return {
    label,
    read: (name) => Promise.resolve(files.get(name)),
    problems: () =>
      Promise.resolve(
        [...files]
          .filter(([name, content]) => isSdkPlaceholder(name, content))
          .map(([name]) => missingInPackage(name)),
      ),
  };
}

async function openFolder(path: string, label: string): Promise<MiniApp> {
  const isWhole = await exists(join(path, "app", "index.html"));
  if (!isWhole && !(await exists(join(path, "index.html"))))
    throw new Error(`${path} holds neither app/index.html nor index.html.`);
  const readOwn = async (name: string): Promise<Uint8Array | undefined> => {
    if (isWhole) return readIfThere(join(path, name));
    return name.startsWith("app/") ? readIfThere(join(path, name.slice("app/".length))) : undefined;
  };
  return {
    label,
    async read(name) {
      const own = await readOwn(name);
      return own && isSdkPlaceholder(name, own) ? ((await readSdkFile(path, name)) ?? own) : own;
    },
    async problems() {
      const missing: string[] = [];
      for (const [name, content] of await readTree(isWhole ? join(path, "app") : path, isSdkFile)) {
        if (isSdkPlaceholder(name, content) && !(await readSdkFile(path, name)))
          missing.push(missingInFolder(`app/${name}`));
      }
      return missing;
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch(() => undefined);
}
