import type { Prng } from "../../src/base/prng.ts";
import type { Clock } from "../../src/env/clock.ts";
import type { Storage } from "../../src/env/storage.ts";
import { createHostStorage } from "../../src/simulator/host-storage.ts";
import type { HostStorage } from "../../src/simulator/host-storage.ts";

export interface FakeStorage extends Storage {
  /** The files behind it: to kill, tear and look at. */
  readonly files: HostStorage;
  /** While set, every request is answered with this error. */
  error: string | undefined;
  writes: number;
  bytesWritten: number;
  /** What was read, in that order. */
  readonly reads: { readonly table: string; readonly key: string; readonly bytes: number }[];
  /** Asked at each request: the error with which it is answered, or how long that takes; undefined: nothing special. */
  hinder: (how: "read" | "write", table: string) => string | number | undefined;
  /** The names of all values that are not empty: table and key. */
  values(): string[];
}

const ANSWER_MS = 30;

/** The storage port right on the simulated host's files, without the bridge. */
export function createFakeStorage(clock: Clock, prng: Prng): FakeStorage {
  const files = createHostStorage(clock, prng);
  function answer<T>(make: () => T, delay = ANSWER_MS): Promise<T> {
    return new Promise((resolve) => {
      clock.after(delay, () => resolve(make()));
    });
  }
  const fake: FakeStorage = {
    files,
    error: undefined,
    writes: 0,
    bytesWritten: 0,
    maxBytes: 400 * 1024,
    reads: [],
    hinder: () => undefined,
    values: () =>
      files
        .tables()
        .flatMap((table) =>
          files.keys(table).flatMap((key) => (files.get(table, key)!.length > 0 ? `${table}/${key}` : [])),
        ),
    read(table, key) {
      const hindered = fake.hinder("read", table);
      return answer(
        () => {
          const error = fake.error ?? (typeof hindered === "string" ? hindered : undefined);
          if (error !== undefined) return { ok: false, error };
          const value = files.get(table, key);
          fake.reads.push({ table, key, bytes: value?.length ?? 0 });
          return { ok: true, value: value && value.length > 0 ? value : null };
        },
        typeof hindered === "number" ? hindered : ANSWER_MS,
      );
    },
    write(table, key, value) {
      const hindered = fake.hinder("write", table);
      const error = fake.error ?? (typeof hindered === "string" ? hindered : undefined);
      if (error === undefined) {
        fake.writes++;
        fake.bytesWritten += value.length;
        files.set(table, key, value);
      }
      return answer(() => (error === undefined ? { ok: true } : { ok: false, error }));
    },
  };
  return fake;
}
