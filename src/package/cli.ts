/*
 * The command line of the build: which of building, packing, serving and watching is done, and what a
 * person is told of it.
 */
import { watch } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildApp, buildSimulator, watchSources } from "./bundle.ts";
import { openMiniApp } from "./files.ts";
import { readOwnAppInfo } from "./own-appinfo.ts";
import { publishPackage } from "./publish.ts";
import { openRunFile } from "./run-file.ts";
import { serveSimulator } from "./server.ts";
import { describeSizes, sizesByModule } from "./sizes.ts";

const USAGE = `Usage: node build.mjs [options]

  (none)         builds the app, its package and the simulator into app/js and dist
  --url ADDRESS  the https address that the .spixi file will have: an invitation carries it, so that who
                 lacks the app can install it; also makes dist/listing, for the public list of Mini Apps
  --serve        then serves the simulator and prints its address
  --app PATH     serves another Mini App: its folder, or its .zspixiapp
  --record FILE  writes what is done in the simulator to a file
  --replay FILE  does it again
  --port NUMBER  the first port to try (default 8787)
  --watch        builds again whenever a source changes, and opens the app again on all phones;
                 makes no package
  --help         prints this
`;

const WITHOUT_URL = `
This package does not say where it can be got. In Spixi, inviting a contact who lacks the app sends
id||url||name, and without the url that invitation cannot install it. Once you know the address:
  npm run build -- --url https://example.org/`;

/** A change of files counts once nothing more has changed for this long. */
const SETTLE_MS = 60;

/**
 * Runs `build.mjs` with its arguments; `print` takes lines for the person. Rejects with a message for
 * them. Returns the function that ends what serves or watches on.
 */
export async function runBuild(
  root: string,
  args: readonly string[],
  print: (text: string) => void,
): Promise<() => Promise<void>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: "string" },
      serve: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      app: { type: "string" },
      record: { type: "string" },
      replay: { type: "string" },
      port: { type: "string", default: "8787" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    print(USAGE);
    return async () => {};
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_000) throw new Error(`${values.port} is no port.`);

  if (values.url !== undefined && (values.watch || values.app !== undefined))
    throw new Error("--url is for a package, and --watch and --app make none.");

  if (values.watch && (values.record ?? values.replay) !== undefined)
    throw new Error("An app that changes makes no run: --watch goes with neither --record nor --replay.");

  const run = await openRunFile(values.record, values.replay);
  const isOwnApp = values.app === undefined;
  const app = resolve(values.app ?? root);
  if (isOwnApp && values.watch) await buildApp(root, false);
  else if (isOwnApp) {
    // First: a wrong address shall leave everything as it was.
    const own = await readOwnAppInfo(root, values.url);
    const sizes = sizesByModule(await buildApp(root, true));
    const { id, files, zip, paths } = await publishPackage(root, own);
    print(`${describeSizes(sizes, files, zip)}\n\n${paths.join("\n")}`);
    if (!own.info.fields.has("url") && !values.serve) print(`${WITHOUT_URL}${id}.spixi`);
  }
  await buildSimulator(root);

  const served = values.serve ? await openMiniApp(app) : undefined;
  const server = served
    ? await serveSimulator({ page: join(root, "dist/simulator"), app: served, isOwnApp, port, run })
    : undefined;
  for (const problem of (await served?.problems()) ?? []) print(problem);
  if (server) print(`\nSimulator: ${server.url}`);
  const shipped = isOwnApp ? [join(root, "app/index.html")] : [app];
  const stopWatching = values.watch
    ? await watchAll(root, shipped, () => server?.announceBuild())
    : undefined;
  if (stopWatching) print("Watching for changes.");
  return async () => {
    await stopWatching?.();
    await server?.close();
  };
}

/** Builds what has to be built whenever it changes; `announce` is told of that, and of changes in `shipped`. */
async function watchAll(
  root: string,
  shipped: readonly string[],
  announce: () => void,
): Promise<() => Promise<void>> {
  let planned: NodeJS.Timeout | undefined;
  // One save of an editor is several changes.
  const changed = (): void => {
    clearTimeout(planned);
    planned = setTimeout(announce, SETTLE_MS);
  };
  const stopBuilding = await watchSources(root, changed);
  const watchers = shipped.map((path) => watch(path, { recursive: true }, changed));
  return async () => {
    clearTimeout(planned);
    for (const watcher of watchers) watcher.close();
    await stopBuilding();
  };
}
