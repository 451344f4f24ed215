/*
 * From sources to what a browser runs: the app's script and style sheet, and the simulator's page, each
 * by esbuild; what is shipped then by Terser.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BuildOptions, Metafile, Plugin } from "esbuild";
import { build, context } from "esbuild";
import { minify } from "terser";
import { licensesOf } from "./licenses.ts";
import { PACKED, writeTextRows } from "./text-rows.ts";

/** The oldest engines that the app runs on: Android System WebView and iOS. */
export const TARGETS = ["chrome94", "safari15.4"];

/** One style sheet, and one classic script: module scripts do not load over file:// in Chromium. */
export function appOptions(root: string): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [
      { in: "src/main.ts", out: "inkmesh" },
      { in: "app/css/main.css", out: "inkmesh" },
    ],
    outdir: "app/js",
    bundle: true,
    format: "iife",
    platform: "browser",
    target: TARGETS,
    minify: true,
    // The page says that it is UTF-8: escapes would double the size of half the languages.
    charset: "utf8",
    sourcemap: false,
    // As nobody reads it on a phone; the rest of Yjs is as it was published.
    alias: { "lib0/logging": "./src/spixi/yjs-log.ts" },
    // licenses.txt has the licences.
    legalComments: "none",
    metafile: true,
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
 * Builds the app's script, its style sheet and the licences of what is in it into `app/js`. `isShipped`: as small as it
 * gets, which takes most of the time.
 */
export async function buildApp(root: string, isShipped: boolean): Promise<Metafile> {
  await rm(join(root, "app/js"), { recursive: true, force: true });
  if (isShipped) await writeTextRows(root);
  const { metafile } = await build({ ...appOptions(root), ...(isShipped ? { conditions: [PACKED] } : {}) });
  if (isShipped) await makeSmaller(join(root, "app/js/inkmesh.js"));
  await writeFile(join(root, "app/js/licenses.txt"), await licensesOf(root, metafile!));
  return metafile!;
}

/** Terser takes 17 kB more off the package than esbuild alone. */
async function makeSmaller(path: string): Promise<void> {
  const compress = {
    passes: 5,
    hoist_funs: true,
    keep_fargs: false,
    unsafe_arrows: true,
    unsafe_methods: true,
  };
  const { code } = await minify(await readFile(path, "utf8"), { ecma: 2020, compress });
  await writeFile(path, code!);
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
