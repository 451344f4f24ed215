/*
 * Builds Inkmesh; `node build.mjs --help` lists what it can do.
 *
 * The build itself is written in TypeScript like everything else, in src/package, and this Node does
 * not run TypeScript: so it is bundled first, in a moment, into a place that is not part of the source.
 */
import { build } from "esbuild";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL(".", import.meta.url));
const outfile = join(root, "node_modules/.cache/inkmesh/build.mjs");

try {
  await build({
    absWorkingDir: root,
    entryPoints: ["src/package/cli.ts"],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  const { runBuild } = await import(pathToFileURL(outfile).href);
  await runBuild(root, process.argv.slice(2), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
