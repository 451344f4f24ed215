import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Plugin } from "esbuild";
import { build } from "esbuild";
import { encodeBase64 } from "../base/bytes.ts";
import { createBitEncoder, LISTENER } from "../base/range-coder.ts";
import { createTextModel } from "../base/text-model.ts";
import type { TextModel } from "../base/text-model.ts";
import type { Language, Texts } from "../ui/messages.ts";
import { wordsOf } from "../ui/packed-texts.ts";
import type { PackedLanguage } from "../ui/packed-texts.ts";

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

/** Languages that are read more easily after a related one. */
const AFTER: Readonly<Record<string, string>> = { pt: "es", it: "pt", fr: "it", "sr-Latn": "sl" };

/** The languages as src/ui/packed-texts.ts reads them. Whoever others come after must be before them. */
export function packLanguages(
  english: Table,
  tables: ReadonlyMap<string, Table>,
): Readonly<Record<string, PackedLanguage>> {
  const utf8 = new TextEncoder();
  const textOf = (code: string): Uint8Array => utf8.encode(packTexts(english, tables.get(code)));
  const learn = (model: TextModel, code: string | undefined): void => {
    if (code === undefined) return model.write(LISTENER, utf8.encode(wordsOf(english)));
    learn(model, AFTER[code]);
    model.write(LISTENER, textOf(code));
  };
  const pack = (code: string): PackedLanguage => {
    const model = createTextModel();
    const after = AFTER[code];
    learn(model, after);
    const coder = createBitEncoder();
    const text = textOf(code);
    model.write(coder, text);
    const bits = coder.finish();
    return { after, data: encodeBase64(Uint8Array.of(text.length >> 8, text.length & 255, ...bits)) };
  };
  return Object.fromEntries([...tables.keys()].map((code) => [code, pack(code)]));
}

/**
 * Ships the languages packed, in place of src/ui/translations.ts: without their keys, and in three
 * quarters of what deflate would make of that.
 */
export function packedLanguages(root: string): Plugin {
  const at = (name: string): string => join(root, "src/ui", name);
  return {
    name: "packed-languages",
    setup({ onLoad }) {
      onLoad({ filter: /src[\\/]ui[\\/]translations\.ts$/ }, async ({ path }) => {
        const { TEXTS } = await exportsOf<{ TEXTS: Texts }>(at("strings.ts"));
        const { LANGUAGES } = await exportsOf<{ LANGUAGES: readonly Language[] }>(at("languages.ts"));
        const { textsOf } = await exportsOf<{ textsOf(code: string): Table }>(path);
        const codes = LANGUAGES.map(({ code }) => code).filter((code) => code !== "en");
        const tables = new Map(codes.map((code) => [code, textsOf(code)] as const));
        const contents = `
          import { unpackTexts } from "./packed-texts.ts";
          const packed = ${JSON.stringify(packLanguages(TEXTS, tables))};
          export const textsOf = (code) => unpackTexts(packed, code);`;
        const files = (await readdir(at("languages"))).map((name) => join(at("languages"), name));
        const watchFiles = [path, at("strings.ts"), at("languages.ts"), ...files];
        return { contents, loader: "js", resolveDir: at(""), watchFiles };
      });
    },
  };
}

/** What a module without side effects exports, as it is on the disk now. */
async function exportsOf<T>(path: string): Promise<T> {
  const { outputFiles } = await build({ entryPoints: [path], bundle: true, write: false, format: "esm" });
  const code = Buffer.from(outputFiles[0]!.contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}#${basename(path)}`)) as T;
}
