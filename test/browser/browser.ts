import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium, type BrowserServer } from "playwright-core";

const require = createRequire(import.meta.url);

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const ARGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--force-color-profile=srgb",
  // A test measures the page, so nothing else may talk to the network or steal the time of two cores.
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--no-default-browser-check",
  "--no-first-run",
  "--no-pings",
  "--mute-audio",
  // Two cameras that show a moving pattern.
  "--use-fake-device-for-media-stream=device-count=2",
  "--use-fake-ui-for-media-stream",
];

/**
 * Playwright turns off the limit on rapid navigations, which is the very thing that an app must
 * live with in the messenger; and its headless mode is an older one.
 */
const IGNORED_DEFAULTS = ["--disable-ipc-flooding-protection", "--headless"];

/** Of the bundled browser's configuration of fonts: another one is unpacked anew. */
const FONTS = 2;

interface Executable {
  readonly path: string;
  readonly env: { readonly LD_LIBRARY_PATH?: string; readonly FONTCONFIG_FILE?: string };
}

/**
 * Starts Chromium with its protection against floods of navigations left on, for any number of processes
 * that connect to it: `sharedBrowser` does.
 *
 * - `INKMESH_CHROMIUM`: the browser to take; without it the first one found in the usual places,
 *   else the one that comes with the development dependencies.
 * - `INKMESH_BROWSER=bundled`: the one of the development dependencies in any case.
 */
export async function startBrowser(): Promise<BrowserServer> {
  const { path, env } = await findExecutable();
  return chromium.launchServer({
    host: "127.0.0.1",
    executablePath: path,
    args: ARGS,
    ignoreDefaultArgs: IGNORED_DEFAULTS,
    env: { ...inheritedEnv(), ...env },
  });
}

/** The configuration of the fonts that this browser brings along; undefined: it has those of the system. */
export async function fontsFile(): Promise<string | undefined> {
  return (await findExecutable()).env.FONTCONFIG_FILE;
}

async function findExecutable(): Promise<Executable> {
  if (process.env["INKMESH_BROWSER"] === "bundled") return unpackBundled();
  const chosen = process.env["INKMESH_CHROMIUM"];
  if (chosen !== undefined) {
    if (!existsSync(chosen)) throw new Error(`INKMESH_CHROMIUM names no file: ${chosen}`);
    return { path: chosen, env: {} };
  }
  const found = INSTALLED.find((path) => existsSync(path));
  return found === undefined ? unpackBundled() : { path: found, env: {} };
}

/**
 * Unpacks the browser of the development dependencies, with the libraries and fonts that it needs
 * on a bare system, once for each version. A folder gets its final name only when it is complete,
 * so that neither an interrupted nor a parallel run leaves half a browser.
 */
async function unpackBundled(): Promise<Executable> {
  const main = require.resolve("@sparticuz/chromium");
  const root = join(dirname(main), "..", "..");
  const { version } = require(join(root, "package.json")) as { version: string };
  const home = join(tmpdir(), `inkmesh-chromium-${version}-${FONTS}`);
  if (!existsSync(home)) {
    const { default: bundled, inflate } = await import("@sparticuz/chromium");
    const partial = await mkdtemp(`${home}-`);
    const before = process.env["TMPDIR"];
    // The package unpacks into the system's folder for temporary files, wherever that is.
    process.env["TMPDIR"] = partial;
    try {
      await bundled.executablePath();
      await inflate(join(root, "bin", "al2023.tar.br"));
      await writeFile(join(partial, "fonts.conf"), fontsConfig(home));
    } finally {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
    try {
      await rename(partial, home);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      if (!existsSync(home)) throw error;
    }
  }
  return {
    path: join(home, "chromium"),
    env: { LD_LIBRARY_PATH: join(home, "al2023", "lib"), FONTCONFIG_FILE: join(home, "fonts.conf") },
  };
}

/**
 * The package's own configuration looks for its fonts elsewhere; without any font the browser ends itself. Without a
 * family to fall back on, bold words come in any bold font that the system has.
 */
function fontsConfig(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, "fonts-cache")}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append" binding="same"><string>Open Sans</string></edit>
  </match>
</fontconfig>
`;
}

function inheritedEnv(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return env;
}
