import { appendFile, readFile, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";

/** The file with a run of the simulator. */
export interface RunFile {
  readonly mode: "record" | "replay";
  /** Without its folder, for people. */
  readonly name: string;
  read(): Promise<Uint8Array | undefined>;
  /** `isFirst`: what the file had is gone. */
  write(text: Uint8Array, isFirst: boolean): Promise<void>;
}

/**
 * The file that a run is written to, or is read from. Rejects with a message for people where the one to be
 * read is not there, or the other cannot be written.
 */
export async function openRunFile(
  record: string | undefined,
  replay: string | undefined,
): Promise<RunFile | undefined> {
  if (record !== undefined && replay !== undefined)
    throw new Error("--record and --replay exclude each other.");
  const given = record ?? replay;
  if (given === undefined) return undefined;
  const path = resolve(given);
  const mode = record === undefined ? "replay" : "record";
  if (mode === "record") await writeFile(path, "");
  else await readFile(path).catch(() => Promise.reject(new Error(`There is no ${path}.`)));
  return {
    mode,
    name: basename(path),
    read: () => readFile(path).catch(() => undefined),
    write: (text, isFirst) => (isFirst ? writeFile(path, text) : appendFile(path, text)),
  };
}
