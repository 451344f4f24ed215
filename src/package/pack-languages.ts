import { basename, join } from "node:path";
import type { Plugin } from "esbuild";
import { build } from "esbuild";

type Table = string | { readonly [key: string]: Table };

/**
 * The texts of a table without their keys, one a line, in the order of those of `english`; src/ui/packed-texts.ts
 * reads them. A plural's forms are in one line, each after its name. An empty line: as in English.
 */
export function packTexts(english: Table, own: Table | undefined): string {
  if (typeof english === "string") return typeof own === "string" && own !== english ? own : "";
  const table = typeof own === "object" ? own : {};
  const pack = (entry: Table, key: string): string => packTexts(entry, table[key]);
  if (typeof english["other"] === "string")
    return Object.keys(table)
      .map((form) => `${form}\t${pack("", form)}`)
      .join("\t");
  return Object.entries(english)
    .map(([key, entry]) => pack(entry, key))
    .join("\n");
}

/** Ships each language without its keys: thirteen times the same ones are a fifth of their compressed size. */
export function packLanguages(root: string): Plugin {
  const strings = join(root, "src/ui/strings.ts");
  return {
    name: "pack-languages",
    setup({ onLoad }) {
      onLoad({ filter: /src[\\/]ui[\\/]languages[\\/]\w+\.ts$/ }, async ({ path }) => {
        const { TEXTS } = await exportsOf(strings);
        const [[name, own]] = Object.entries(await exportsOf(path)) as [[string, Table]];
        const packed = JSON.stringify(packTexts(TEXTS!, own));
        const contents = `import { unpackTexts } from '../packed-texts.ts'; export const ${name} = unpackTexts(${packed});`;
        return { contents, loader: "ts", watchFiles: [path, strings] };
      });
    },
  };
}

/** What a module without side effects exports. */
async function exportsOf(path: string): Promise<Readonly<Record<string, Table>>> {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, write: false, format: "esm" });
  const code = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}#${basename(path)}`)) as Record<string, Table>;
}
