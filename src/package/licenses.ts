import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** A licence file's part under one licence. */
interface Section {
  /** The name of the licence, what it is for, and whose copyright it is. */
  readonly notice: string;
  /** The terms, from "Permission" on, which are the same for many packages. */
  readonly terms: string;
}

/**
 * The licences of all packages that are part of the script, as their terms ask for: every copyright
 * notice, and below those with the same terms these terms once.
 */
export async function licensesOf(root: string, metafile: Metafile): Promise<string> {
  const byWords = new Map<string, { readonly terms: string; readonly notices: string[] }>();
  for (const folder of packagesOf(metafile)) {
    const { name, version } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8")) as {
      name: string;
      version: string;
    };
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file, so it cannot be shipped.`);
    for (const { notice, terms } of sectionsOf(await readFile(join(root, folder, file), "utf8"))) {
      // Some break the same text into other lines.
      const words = terms.replace(/\s+/g, " ");
      const alike = byWords.get(words) ?? { terms, notices: [] };
      byWords.set(words, alike);
      alike.notices.push(`${name} ${version}\n${notice}`);
    }
  }
  return [...byWords.values()]
    .map(({ terms, notices }) => [...notices, terms].join("\n\n"))
    .join(`\n\n${"-".repeat(72)}\n\n`)
    .concat("\n");
}

/** Folders of the packages that a script is made of, sorted, relative to the root of the project. */
function packagesOf({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(folders)].filter((folder) => folder !== undefined).sort();
}

/** A licence file with several licences has a rule between them. */
function sectionsOf(license: string): Section[] {
  return license
    .replaceAll("\r\n", "\n")
    .split(/^---+$/m)
    .map((text) => {
      const start = /^Permission /m.exec(text)?.index ?? 0;
      return { notice: text.slice(0, start).trim(), terms: text.slice(start).trim() };
    });
}
