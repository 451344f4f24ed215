/*
 * What the messenger keeps for an app, in files as the real one has them: written late, whole tables at a
 * time, and torn by a kill.
 */
import type { Prng } from "../base/prng.ts";
import type { Cancel, Clock } from "../env/clock.ts";

/**
 * What a kill does to a table whose file is out of date. Its latest changes are lost in any case.
 * - `none`: the old file remains.
 * - `lost`, `truncated`: the kill came while the file was being rewritten; nothing, or only its
 *   beginning, remains.
 * - `chance`: one of these for one file that is being rewritten at this very moment; else `none`.
 */
export type TearMode = "none" | "lost" | "truncated" | "chance";

/** One app's tables on one phone. Values as the host keeps them, before any encoding. */
export interface HostStorage {
  get(table: string, key: string): Uint8Array | undefined;
  set(table: string, key: string, value: Uint8Array): void;
  /** The messenger dies: what is in memory is lost, the files remain as they are. */
  kill(tear: TearMode): void;
  /** Puts everything, also the files, back to what it was `ms` milliseconds ago (one minute at most). */
  rollback(ms: number): void;
  /** The phone's memory fails: of each table's last key, the byte in the middle of the value changes. */
  damage(): void;
  /** Table names, and the keys of a table, in the order in which they were first written. */
  tables(): readonly string[];
  keys(table: string): readonly string[];
  /** How many bytes were written to files so far: of each table all, as often as it changed. */
  rewritten(): number;
  /** Some table has changes that are not in its file yet. */
  isDirty(): boolean;
}

type Values = Map<string, Uint8Array>;

interface Table {
  memory: Values;
  file: Values;
  /** What is being written to the file at this moment. */
  writing: Values | undefined;
  /** Ends the planned rewrite, or the one that goes on. */
  cancel: Cancel | undefined;
  isDirty: boolean;
  /** Former values, oldest first, for `rollback`. */
  readonly history: { at: number; key: string; former: Uint8Array | undefined }[];
}

const FIRST_WRITE = 200;
const LAST_WRITE = 2000;
const WRITE_TIME = 40;
const HISTORY = 60_000;

/** The beginning of a file that was cut in the middle: some entries, the last one shortened. */
function truncate(values: Values): Values {
  const kept: Values = new Map();
  let left = 0;
  for (const value of values.values()) left += value.length;
  left >>= 1;
  for (const [key, value] of values) {
    kept.set(key, value.subarray(0, left));
    left -= value.length;
    if (left <= 0) break;
  }
  return kept;
}

/**
 * Each table is one file that is rewritten as a whole, 0.2 to 2 s after a change, and not in one
 * step: a kill meanwhile can tear it.
 */
export function createHostStorage(clock: Clock, prng: Prng): HostStorage {
  const tables = new Map<string, Table>();
  let rewritten = 0;

  const rewriteLater = (table: Table): void => {
    if (table.cancel) return;
    const start = (): void => {
      const values = new Map(table.memory);
      table.writing = values;
      for (const value of values.values()) rewritten += value.length;
      table.isDirty = false;
      table.cancel = clock.after(WRITE_TIME, () => {
        table.file = values;
        table.writing = undefined;
        table.cancel = undefined;
        if (table.isDirty) rewriteLater(table);
      });
    };
    table.cancel = clock.after(FIRST_WRITE + prng.below(LAST_WRITE - FIRST_WRITE), start);
  };

  const stop = (table: Table): void => {
    table.cancel?.();
    table.cancel = undefined;
    table.writing = undefined;
    table.isDirty = false;
  };

  const torn = (table: Table, mode: TearMode): Values => {
    const isStale = table.isDirty || table.writing !== undefined;
    if (mode === "none" || mode === "chance" || !isStale) return table.file;
    return mode === "lost" ? new Map<string, Uint8Array>() : truncate(table.writing ?? table.memory);
  };

  return {
    get: (name, key) => tables.get(name)?.memory.get(key),
    set(name, key, value) {
      let table = tables.get(name);
      if (!table) {
        table = {
          memory: new Map(),
          file: new Map(),
          writing: undefined,
          cancel: undefined,
          isDirty: false,
          history: [],
        };
        tables.set(name, table);
      }
      const { memory, history } = table;
      while (history.length > 0 && history[0]!.at < clock.now() - HISTORY) history.shift();
      history.push({ at: clock.now(), key, former: memory.get(key) });
      memory.set(key, value);
      table.isDirty = true;
      rewriteLater(table);
    },
    kill(mode) {
      const unlucky = [...tables.values()].find(({ writing }) => writing !== undefined);
      const chance = (["none", "lost", "truncated"] as const)[prng.below(3)]!;
      for (const table of tables.values()) {
        table.file = torn(table, mode === "chance" && table === unlucky ? chance : mode);
        table.memory = new Map(table.file);
        stop(table);
      }
    },
    rollback(ms) {
      for (const table of tables.values()) {
        while (table.history.length > 0 && table.history.at(-1)!.at > clock.now() - ms) {
          const { key, former } = table.history.pop()!;
          if (former) table.memory.set(key, former);
          else table.memory.delete(key);
        }
        stop(table);
        table.file = new Map(table.memory);
      }
    },
    damage() {
      for (const table of tables.values()) {
        stop(table);
        const last = [...table.memory].at(-1);
        // Nothing of it was in its file when the messenger died.
        if (!last) continue;
        const [key, value] = last;
        const damaged = Uint8Array.from(value);
        damaged[damaged.length >> 1]! ^= 0xff;
        table.memory.set(key, damaged);
        table.file = new Map(table.memory);
      }
    },
    tables: () => [...tables.keys()],
    keys: (name) => [...(tables.get(name)?.memory.keys() ?? [])],
    rewritten: () => rewritten,
    isDirty: () => [...tables.values()].some((table) => table.isDirty || table.writing !== undefined),
  };
}
