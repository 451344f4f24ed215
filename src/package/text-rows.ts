/*
 * The words of all languages without their keys, as the package has them: the keys of thirteen languages would be 7 kB
 * of it. Each text stands where English has its own.
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";

/** A text, a group of texts, or the forms of a text for numbers, which have `other`. */
type Texts = string | { readonly [key: string]: Texts };
/** A text or its forms; or a group without keys; null where there is none. */
type TextRow = Texts | null | readonly TextRow[];

/** What the app imports as `#translations` where it is built with the condition `packed`. */
const PATH = "dist/build/translations.js";

const WORDS = "src/ui/words";

/** The condition under which package.json says that. */
export const PACKED = "packed";

/** Writes the rows, for a build that follows; none for an app that has no such words. */
export async function writeTextRows(root: string): Promise<void> {
  if (!existsSync(join(root, WORDS, "translations.ts"))) return;
  const { TEXTS, TABLES } = await wordsOf(root);
  const rows = Object.entries(TABLES).map(([code, texts]) => [code, rowOf(TEXTS, texts)] as const);
  await mkdir(dirname(join(root, PATH)), { recursive: true });
  await writeFile(join(root, PATH), `export const TABLES = ${JSON.stringify(Object.fromEntries(rows))};\n`);
}

/** What a table of texts has for each of `english`, in that order. */
export function rowOf(english: Texts, own: Texts | undefined): TextRow {
  if (own === undefined) return null;
  if (typeof english === "string" || typeof own === "string" || english["other"] !== undefined) return own;
  return Object.entries(english).map(([key, each]) => rowOf(each, own[key]));
}

interface Words {
  readonly TEXTS: Texts;
  /** By language. */
  readonly TABLES: Readonly<Record<string, Texts>>;
}

async function wordsOf(root: string): Promise<Words> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: 'export { TEXTS } from "./strings.ts"; export { TABLES } from "./translations.ts";',
      resolveDir: join(root, WORDS),
    },
    bundle: true,
    format: "esm",
    write: false,
    charset: "utf8",
  });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`) as Promise<Words>;
}
