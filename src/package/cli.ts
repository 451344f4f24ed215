import { watch } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildApp, buildSimulator, watchSources } from "./bundle.ts";
import { openMiniApp } from "./files.ts";
import { publishPackage } from "./publish.ts";
import { serveSimulator } from "./server.ts";
import { describeSizes, sizesByModule } from "./sizes.ts";

const USAGE = `Usage: node build.mjs [options]

  (none)         builds the app, its package and the simulator into app/js and dist
  --serve        then serves the simulator and prints its address
  --app PATH     serves another Mini App: its folder, or its .zspixiapp
  --port NUMBER  the first port to try (default 8787)
  --watch        builds again whenever a source changes
  --help         prints this
`;

/** Runs `build.mjs` with its arguments; `print` takes lines for the person. Rejects with a message for them. */
export async function runBuild(
  root: string,
  args: readonly string[],
  print: (text: string) => void,
): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      serve: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      app: { type: "string" },
      port: { type: "string", default: "8787" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    print(USAGE);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_000) throw new Error(`${values.port} is no port.`);

  if (values.app === undefined) {
    const sizes = sizesByModule(await buildApp(root));
    const { zip, paths } = await publishPackage(root);
    print(`${await describeSizes(sizes, zip)}\n\n${paths.join("\n")}`);
  }
  await buildSimulator(root);

  const server = values.serve
    ? await serveSimulator({
        page: join(root, "dist/simulator"),
        app: await openMiniApp(values.app === undefined ? root : resolve(values.app)),
        isOwnApp: values.app === undefined,
        port,
      })
    : undefined;
  if (server) print(`\nSimulator: ${server.url}`);
  if (values.watch) {
    const announce = (): void => server?.announceBuild();
    await watchSources(root, announce);
    for (const folder of ["app/css", "app/index.html"]) watch(join(root, folder), announce);
    print("Watching for changes.");
  }
}
