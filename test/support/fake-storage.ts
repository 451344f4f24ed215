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
}

const ANSWER_MS = 30;

/** The storage port right on the simulated host's files, without the bridge. */
export function createFakeStorage(clock: Clock, prng: Prng): FakeStorage {
  const files = createHostStorage(clock, prng);
  function answer<T>(make: () => T): Promise<T> {
    return new Promise((resolve) => {
      clock.after(ANSWER_MS, () => resolve(make()));
    });
  }
  const fake: FakeStorage = {
    files,
    error: undefined,
    writes: 0,
    bytesWritten: 0,
    maxBytes: 64 * 1024,
    read(table, key) {
      return answer(() => {
        if (fake.error !== undefined) return { ok: false, error: fake.error };
        const value = files.get(table, key);
        return { ok: true, value: value && value.length > 0 ? value : null };
      });
    },
    write(table, key, value) {
      if (fake.error === undefined) {
        fake.writes++;
        fake.bytesWritten += value.length;
        files.set(table, key, value);
      }
      const { error } = fake;
      return answer(() => (error === undefined ? { ok: true } : { ok: false, error }));
    },
  };
  return fake;
}
