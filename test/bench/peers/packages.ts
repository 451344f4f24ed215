/*
 * The other apps that Inkmesh is measured beside: their packages from npm in a folder of their own, which is no
 * part of the project, and a page of each, which loads nothing that is not served from this machine.
 */
import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** Below the project's folder, with slashes, for it is served under this path as well. */
export const HOME = "node_modules/.cache/inkmesh/peers";

const PACKAGES = {
  "@excalidraw/excalidraw": "0.18.1",
  "@tldraw/assets": "5.4.2",
  react: "19.3.1",
  "react-dom": "19.3.1",
  tldraw: "5.4.2",
};

/** The scripts' names, and the folders with the fonts and icons that they would get from elsewhere. */
const PAGES = [
  { name: "excalidraw", assets: "@excalidraw/excalidraw/dist/prod/" },
  { name: "tldraw", assets: "@tldraw/assets" },
];

/** For people: what is measured, with its version. */
export const VERSIONS = `Excalidraw ${PACKAGES["@excalidraw/excalidraw"]}, tldraw ${PACKAGES.tldraw}`;

/** Installs the packages, if these versions are not there yet, and makes the pages. */
export async function makePages(root: string): Promise<void> {
  const home = join(root, HOME);
  await mkdir(home, { recursive: true });
  await install(home);
  await build({
    absWorkingDir: root,
    entryPoints: PAGES.map(({ name }) => `test/bench/peers/${name}.jsx`),
    outdir: join(home, "pages"),
    nodePaths: [join(home, "node_modules")],
    bundle: true,
    // What is imported when it is needed, languages for example, is not in the script then.
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "chrome120",
    conditions: ["production"],
    define: { "process.env.NODE_ENV": '"production"', "import.meta.env": "{}" },
    jsx: "automatic",
    minify: true,
    legalComments: "none",
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    logLevel: "error",
  });
  for (const { name, assets } of PAGES) {
    await writeFile(join(home, "pages", `${name}.html`), pageOf(name, `/${HOME}/node_modules/${assets}`));
  }
}

async function install(home: string): Promise<void> {
  const wanted = `${JSON.stringify({ private: true, dependencies: PACKAGES }, undefined, 2)}\n`;
  const file = join(home, "package.json");
  // Written after npm has succeeded, so that what was broken off is done again.
  const done = join(home, "installed.json");
  if ((await readFile(done, "utf8").catch(() => "")) === wanted) return;
  await writeFile(file, wanted);
  const npm = spawn("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: home,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const code = await new Promise((resolve, reject) => {
    npm.on("error", reject);
    npm.on("close", resolve);
  });
  if (code !== 0) throw new Error(`npm install ended with ${String(code)} in ${home}`);
  await writeFile(done, wanted);
}

/**
 * `?board=FILE` opens a stored board: it is asked for before the script, so that neither waits for the other.
 * Excalidraw names fonts elsewhere beside its own and loads none without a text; forbidding them would make the
 * browser write hundreds of errors while it opens.
 */
function pageOf(name: string, assets: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; font-src 'self' data: https:" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${name}</title>
    <style>html, body, #root { margin: 0; width: 100%; height: 100%; overflow: hidden }</style>
    <link rel="stylesheet" href="${name}.css" />
    <script>
      window.ASSETS = window.EXCALIDRAW_ASSET_PATH = "${assets}";
      const board = new URLSearchParams(location.search).get("board");
      window.storedBoard = board && fetch(board).then((response) => response.json());
    </script>
    <script type="module" src="${name}.js"></script>
  </head>
  <body><div id="root"></div></body>
</html>
`;
}
