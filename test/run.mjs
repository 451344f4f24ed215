/*
 * Runs a TypeScript entry of this folder: `node test/run.mjs FOLDER/NAME [arguments]` bundles NAME.ts and
 * calls its export `main(arguments)`, which resolves with true where all went well.
 */
import { build } from "esbuild";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [name, ...rest] = process.argv.slice(2);
const outfile = join(root, `node_modules/.cache/inkmesh/${name}.mjs`);

await build({
  absWorkingDir: root,
  entryPoints: [`test/${name}.ts`],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
});
const { main } = await import(pathToFileURL(outfile).href);
if (!(await main(rest))) process.exitCode = 1;
