import { findRuns } from "./run-reader.ts";
import { readHead } from "./set-reader.ts";
import { HEAD_KEY, headTable, partKey, runTable, TWINS } from "./stored-set.ts";
import type { StoredCopy } from "./stored-set.ts";

/**
 * Gives back the room that a document takes in the storage: its heads, and the runs that they name, or any where they
 * name none. What else a kill or a damage left stays, and nothing leads to it. Never rejects.
 */
export async function emptyStored(copy: StoredCopy): Promise<void> {
  const { storage, boardId } = copy;
  const findings = { damagedValues: [], repairs: [] };
  const heads = await Promise.all(TWINS.map((twin) => readHead(copy, twin, findings)));
  // A newer version's board is left alone.
  if (heads.some(({ isNewer }) => isNewer)) return;
  const nothing = new Uint8Array(0);
  for (const twin of TWINS)
    if (heads[twin]?.value) void storage.write(headTable(boardId, twin), HEAD_KEY, nothing);
  const parts = new Map<number, number>();
  const named = heads.flatMap(({ head }) => head?.runs ?? []);
  // A kill may have come behind a run and before the head that names it.
  const runs = named.length > 0 ? named : (await findRuns(copy, false, findings)).runs;
  for (const run of runs) parts.set(run.place, Math.max(parts.get(run.place) ?? 0, run.parts));
  for (const [place, count] of parts) {
    for (const twin of TWINS) {
      for (let i = 0; i < count; i++) void storage.write(runTable(boardId, place, twin), partKey(i), nothing);
    }
  }
}
