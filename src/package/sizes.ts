/*
 * What weighs what in a build, for a person to read: a package or a folder of `src` that grew shows here.
 */
import { deflateRawSync } from "node:zlib";
import type { Metafile } from "esbuild";
import { COMPRESSION_LEVEL, type AppFiles } from "./archive.ts";

export interface ModuleSize {
  /** A package's name, or a folder of `src` or `app`. */
  readonly module: string;
  /** Bytes in the script, or the style sheet, as esbuild minifies it. */
  readonly bytes: number;
}

/** What each package and each folder of `src` adds to what is built, largest first. */
export function sizesByModule(metafile: Metafile): ModuleSize[] {
  const sizes = new Map<string, number>();
  for (const output of Object.values(metafile.outputs))
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const module = moduleOf(input);
      sizes.set(module, (sizes.get(module) ?? 0) + bytesInOutput);
    }
  return [...sizes]
    .map(([module, bytes]) => ({ module, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
}

function moduleOf(input: string): string {
  const inPackage = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (inPackage) return inPackage[1]!;
  const inFolder = /^((?:src|app)\/[^/]+)\//.exec(input);
  return inFolder ? inFolder[1]! : input;
}

/** Two tables for people: what is built by module, and the package by file. */
export function describeSizes(modules: readonly ModuleSize[], files: AppFiles, zip: Uint8Array): string {
  const total = modules.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = [...files].map(([path, bytes]) => [
    path,
    number(bytes.length),
    number(deflateRawSync(bytes, { level: COMPRESSION_LEVEL }).length),
  ]);
  return [
    table(
      ["module", "bytes minified", "share"],
      modules.map(({ module, bytes }) => [module, number(bytes), `${((100 * bytes) / total).toFixed(1)} %`]),
    ),
    table(["file in package", "bytes", "compressed, about"], [...rows, ["package", "", number(zip.length)]]),
  ].join("\n\n");
}

function number(bytes: number): string {
  return bytes.toLocaleString("en-US");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  ");
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
