import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What output-page.ts is in a page, as one script. */
export async function outputScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("output-page.ts", import.meta.url))],
    bundle: true,
    format: "iife",
    write: false,
  });
  return outputFiles[0]!.text;
}

/** Random boards, each in one of the sizes, themes and papers that there are. */
export const OUTPUT_CASES = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ({
  seed,
  scale: [1, 2, 4][seed % 3]!,
  dark: seed % 4 === 3,
  paper: seed % 3 !== 0,
}));
