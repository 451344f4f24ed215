import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BuildOptions, Metafile, Plugin } from "esbuild";
import { build, context } from "esbuild";
import { minifyScript } from "./minify.ts";
import { packedLanguages } from "./pack-languages.ts";

/** The oldest engines that the app runs on: Android System WebView and iOS. */
export const TARGETS = ["chrome94", "safari15.4"];

/** One classic script: module scripts do not load over file:// in Chromium. */
export function appOptions(root: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: ["src/main.ts"],
    outfile: "app/js/inkmesh.js",
    bundle: true,
    format: "iife",
    platform: "browser",
    target: TARGETS,
    minify: true,
    // The page says that it is UTF-8: escapes would double the size of half the languages.
    charset: "utf8",
    sourcemap: false,
    legalComments: "eof",
    metafile: true,
    plugins: [packedLanguages(root)],
    logLevel: "warning",
  };
}

function simulatorOptions(root: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: ["src/simulator/page/main.ts", "src/simulator/page/style.css"],
    outdir: "dist/simulator",
    bundle: true,
    format: "esm",
    platform: "browser",
    target: ["chrome120"],
    sourcemap: "linked",
    loader: { ".html": "copy" },
    logLevel: "warning",
  };
}

/**
 * Builds the app's script and the licences of what is in it into `app/js`: as small as it gets where it
 * `isShipped`, which takes seconds.
 */
export async function buildApp(root: string, isShipped: boolean): Promise<Metafile> {
  await rm(join(root, "app/js"), { recursive: true, force: true });
  const { metafile, outputFiles } = await build({ ...appOptions(root), write: false });
  const script = outputFiles[0]!;
  await mkdir(dirname(script.path), { recursive: true });
  await writeFile(script.path, isShipped ? await minifyScript(script.text) : script.text);
  await writeFile(join(root, "app/js/licenses.txt"), await licensesOf(root, metafile!));
  return metafile!;
}

/** Builds the simulator's page into `dist/simulator`. */
export async function buildSimulator(root: string): Promise<void> {
  await build(simulatorOptions(root));
  await copyPage(root);
}

/**
 * Rebuilds the app and the simulator whenever a source changes; `onBuilt` is told after each time.
 * Returns the function that stops.
 */
export async function watchSources(root: string, onBuilt: () => void): Promise<() => Promise<void>> {
  const tell: Plugin = { name: "tell", setup: ({ onEnd }) => onEnd(() => onBuilt()) };
  const contexts = await Promise.all(
    [appOptions(root), simulatorOptions(root)].map((options) =>
      context({ ...options, plugins: [...(options.plugins ?? []), tell] }),
    ),
  );
  await Promise.all(contexts.map((each) => each.watch()));
  return async () => {
    await Promise.all(contexts.map((each) => each.dispose()));
  };
}

async function copyPage(root: string): Promise<void> {
  const target = join(root, "dist/simulator/index.html");
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, await readFile(join(root, "src/simulator/page/index.html")));
}

/** The licence texts of all packages that are part of the script, as their terms ask for. */
async function licensesOf(root: string, metafile: Metafile): Promise<string> {
  const folders = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
    if (folder) folders.add(folder[0]);
  }
  const texts: string[] = [];
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8")) as {
      name: string;
      version: string;
    };
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file, so it cannot be shipped.`);
    texts.push(`${name} ${version}\n\n${(await readFile(join(root, folder, file), "utf8")).trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}
