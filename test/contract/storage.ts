import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Storage } from "../../src/env/storage.ts";

export interface StorageFixture {
  readonly storage: Storage;
  /** Lets the implementation work until the promise is settled. */
  finish<T>(promise: Promise<T>): Promise<T>;
}

/** What every `Storage` does. */
export function storageContract(name: string, create: () => Promise<StorageFixture>): void {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const ok = { ok: true };

  describe(`storage contract: ${name}`, () => {
    test("a key that was never written has no value", async () => {
      const { storage, finish } = await create();
      expect(await finish(storage.read("table", "key"))).toEqual({ ok: true, value: null });
    });

    test("a written value is read back, by table and key", async () => {
      const { storage, finish } = await create();
      expect(await finish(storage.write("a", "k", bytes(1, 2, 3)))).toEqual(ok);
      expect(await finish(storage.write("b", "k", bytes(4)))).toEqual(ok);
      expect(await finish(storage.write("a", "k-2", bytes(5)))).toEqual(ok);
      expect(await finish(storage.read("a", "k"))).toEqual({ ok: true, value: bytes(1, 2, 3) });
      expect(await finish(storage.read("b", "k"))).toEqual({ ok: true, value: bytes(4) });
      expect(await finish(storage.read("a", "k-2"))).toEqual({ ok: true, value: bytes(5) });
      expect(await finish(storage.read("b", "k-2"))).toEqual({ ok: true, value: null });
    });

    test("every byte string comes back as it was", async () => {
      const { storage, finish } = await create();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (value) => {
          expect(await finish(storage.write("t", "k", value))).toEqual(ok);
          expect(await finish(storage.read("t", "k"))).toEqual({ ok: true, value });
        }),
        { numRuns: 50, examples: [[bytes(0x9e, 0xe9, 0x65)], [bytes(0)], [bytes(1)], [bytes(62 << 2, 255)]] },
      );
    });

    test("an empty value removes", async () => {
      const { storage, finish } = await create();
      await finish(storage.write("t", "k", bytes(1)));
      expect(await finish(storage.write("t", "k", bytes()))).toEqual(ok);
      expect(await finish(storage.read("t", "k"))).toEqual({ ok: true, value: null });
    });

    test("the largest value fits, a larger one is an error and changes nothing", async () => {
      const { storage, finish } = await create();
      const largest = new Uint8Array(storage.maxBytes).map((_, i) => i * 7);
      expect(await finish(storage.write("t", "k", largest))).toEqual(ok);
      const tooLarge = await finish(storage.write("t", "k", new Uint8Array(storage.maxBytes + 1)));
      expect(tooLarge.ok).toBe(false);
      const read = await finish(storage.read("t", "k"));
      // Told as one number: element by element, the comparison takes seconds.
      expect(read.ok && read.value && Buffer.compare(read.value, largest)).toBe(0);
    });

    test.each(["", "UPPER", "a/b", "..", "a b", "ä", "null\n"])("the name %j is an error", async (bad) => {
      const { storage, finish } = await create();
      expect((await finish(storage.read(bad, "k"))).ok).toBe(false);
      expect((await finish(storage.read("t", bad))).ok).toBe(false);
      expect((await finish(storage.write(bad, "k", bytes(1)))).ok).toBe(false);
      expect((await finish(storage.write("t", bad, bytes(1)))).ok).toBe(false);
    });

    test("of several writes at once the last one stays, and reads see what was asked before them", async () => {
      const { storage, finish } = await create();
      const writes = [1, 2, 3, 4].map((value) => storage.write("t", "k", bytes(value)));
      const read = storage.read("t", "k");
      const later = storage.write("t", "k", bytes(5));
      for (const write of writes) expect(await finish(write)).toEqual(ok);
      expect(await finish(read)).toEqual({ ok: true, value: bytes(4) });
      expect(await finish(later)).toEqual(ok);
      expect(await finish(storage.read("t", "k"))).toEqual({ ok: true, value: bytes(5) });
    });

    test("the caller may reuse the bytes at once", async () => {
      const { storage, finish } = await create();
      const value = bytes(1, 2, 3);
      const write = storage.write("t", "k", value);
      value.fill(9);
      await finish(write);
      expect(await finish(storage.read("t", "k"))).toEqual({ ok: true, value: bytes(1, 2, 3) });
    });
  });
}
