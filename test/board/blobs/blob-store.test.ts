import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { createBlobStore } from "../../../src/board/blobs/blob-store.ts";
import type { BlobReference, BlobStore } from "../../../src/board/blobs/blob-store.ts";
import { clearBlobs } from "../../../src/board/blobs/blob-tables.ts";
import { allChunks, CHUNK_BYTES, chunkCount } from "../../../src/board/blobs/chunks.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import type { SimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createFakeStorage } from "../../support/fake-storage.ts";
import type { FakeStorage } from "../../support/fake-storage.ts";
import { blobBytes, pictureOf } from "../../support/pictures.ts";

const BOARD = "b0";
const PAGE = "";

interface Desk {
  readonly clock: SimulatedClock;
  readonly storage: FakeStorage;
  readonly warnings: string[];
  open(boardId?: string, limit?: number): BlobStore;
}

function createDesk(): Desk {
  const clock = createSimulatedClock();
  const storage = createFakeStorage(clock, createPrng(3));
  const warnings: string[] = [];
  return {
    clock,
    storage,
    warnings,
    open(boardId = BOARD, limit?) {
      const log = { warn: (message: string) => void warnings.push(message) };
      const deps = { clock, log, copy: { storage, boardId } };
      return createBlobStore(limit === undefined ? deps : { ...deps, limit });
    },
  };
}

const BYTES = blobBytes(100_000);
const NAME = { hash: pictureOf(BYTES).hash, bytes: BYTES.length };
const REFERENCE: BlobReference = { ...NAME, maker: 7, isErased: false };

function nameOf(bytes: Uint8Array): { readonly hash: string; readonly bytes: number } {
  return { hash: pictureOf(bytes).hash, bytes: bytes.length };
}

function chunkOf(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
}

async function settle<T>({ clock }: Desk, promise: Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  void promise.then((value) => (result = { value }));
  await clock.runUntil(() => result !== undefined, 10_000);
  return result!.value;
}

/** A store whose index is read, on which a page refers to this picture. */
async function opened(desk: Desk, references = [REFERENCE], limit?: number): Promise<BlobStore> {
  const store = desk.open(BOARD, limit);
  await settle(desk, store.load());
  store.refer(PAGE, references);
  // What may be in the storage is looked for first.
  void [...store.lacking()];
  await desk.clock.advance(1000);
  return store;
}

/** It has the bytes, and a kill has taken the index. */
async function deskWithoutIndex(): Promise<ReturnType<typeof createDesk>> {
  const desk = createDesk();
  const before = await opened(desk);
  before.put(BYTES);
  await desk.clock.advance(5000);
  for (const name of desk.storage.values().filter((each) => each.endsWith("/0"))) {
    const [table, key] = name.split("/") as [string, string];
    desk.storage.files.set(table, key, new Uint8Array(0));
  }
  return desk;
}

describe("a board's blobs", () => {
  test("that a page refers to are lacking until all chunks came, in whichever order", async () => {
    const desk = createDesk();
    const store = await opened(desk);
    const whole: unknown[] = [];
    store.onChange((hash) => hash !== undefined && whole.push(hash));
    expect([...store.lacking()]).toEqual([{ ...NAME, missing: 7, maker: 7 }]);
    expect(store.take(NAME, 2, chunkOf(BYTES, 2))).toBe("taken");
    expect(store.take(NAME, 2, chunkOf(BYTES, 2))).toBe("useless");
    expect(store.take(NAME, 0, chunkOf(BYTES, 0))).toBe("taken");
    expect([...store.lacking()]).toEqual([{ ...NAME, missing: 2, maker: 7 }]);
    expect(await settle(desk, store.bytesOf(NAME.hash))).toBeUndefined();
    expect(store.take(NAME, 1, chunkOf(BYTES, 1))).toBe("whole");
    expect(whole).toEqual([NAME.hash]);
    expect([...store.lacking()]).toEqual([]);
    expect(await settle(desk, store.bytesOf(NAME.hash))).toEqual(BYTES);
    expect([store.held(NAME), store.bytes()]).toEqual([allChunks(BYTES.length), BYTES.length]);
  });

  test("that nobody refers to are not taken", async () => {
    const desk = createDesk();
    const store = await opened(desk, []);
    expect(store.take(NAME, 0, chunkOf(BYTES, 0))).toBe("useless");
    expect(store.held(NAME)).toBe(0);
  });

  test("of another hash are dropped when all are here, and lacking once more", async () => {
    const desk = createDesk();
    const store = await opened(desk);
    const other = chunkOf(BYTES, 1);
    other[5]! ^= 1;
    store.take(NAME, 0, chunkOf(BYTES, 0));
    store.take(NAME, 2, chunkOf(BYTES, 2));
    await desk.clock.advance(5000);
    expect(store.take(NAME, 1, other)).toBe("wrong");
    expect([...store.lacking()]).toMatchObject([{ missing: 7 }]);
    expect(store.bytes()).toBe(0);
    for (const index of [0, 1, 2]) store.take(NAME, index, chunkOf(BYTES, index));
    expect(await settle(desk, store.bytesOf(NAME.hash))).toEqual(BYTES);
  });

  test("are there again when the page is opened anew, whole or as far as they came", async () => {
    const desk = createDesk();
    const own = blobBytes(60_000, 2);
    const before = await opened(desk);
    before.put(own);
    const ownName = { hash: pictureOf(own).hash, bytes: own.length };
    before.refer(PAGE, [{ ...ownName, maker: 1, isErased: false }]);
    before.take(NAME, 1, chunkOf(BYTES, 1));
    await desk.clock.advance(5000);
    // Killed: nobody closes it.
    const store = await opened(desk);
    expect([...store.lacking()]).toMatchObject([{ ...NAME, missing: 5 }]);
    expect(await settle(desk, store.bytesOf(ownName.hash))).toEqual(own);
    expect(store.chunk(NAME, 1)).toEqual(chunkOf(BYTES, 1));
    expect(store.chunk(NAME, 0)).toBeUndefined();
  });

  test("that are whole are read from the storage when a chunk of them is wanted", async () => {
    const desk = createDesk();
    const before = await opened(desk);
    before.put(BYTES);
    await desk.clock.advance(5000);
    const store = desk.open();
    await settle(desk, store.load());
    let told = 0;
    store.onChange(() => told++);
    expect(store.chunk(NAME, 2)).toBe("reading");
    await desk.clock.advance(1000);
    expect(told).toBe(1);
    expect(store.chunk(NAME, 2)).toEqual(chunkOf(BYTES, 2));
  });

  test("whose value is damaged, or of other bytes, are asked for again", async () => {
    const desk = createDesk();
    const before = await opened(desk);
    before.put(BYTES);
    await desk.clock.advance(5000);
    const [where] = desk.storage.values().filter((name) => name.endsWith(`/${BYTES.length}`));
    const [table, key] = where!.split("/") as [string, string];
    const value = desk.storage.files.get(table, key)!.slice();
    value[value.length >> 1]! ^= 4;
    desk.storage.files.set(table, key, value);
    const store = await opened(desk);
    expect([...store.lacking()]).toEqual([]);
    expect(await settle(desk, store.bytesOf(NAME.hash))).toBeUndefined();
    expect([...store.lacking()]).toMatchObject([{ ...NAME, missing: 7 }]);
  });

  test("that the index does not know, since a kill took it, are found under their name", async () => {
    const desk = await deskWithoutIndex();
    const store = await opened(desk);
    expect([...store.lacking()]).toEqual([]);
    expect(await settle(desk, store.bytesOf(NAME.hash))).toEqual(BYTES);
  });

  test("go when no page refers to them any more, and what nobody ever referred to goes after a minute", async () => {
    const desk = createDesk();
    const store = await opened(desk);
    store.refer("page", [REFERENCE]);
    store.put(BYTES);
    const unused = blobBytes(5000, 9);
    store.put(unused);
    await desk.clock.advance(5000);
    expect(store.bytes()).toBe(105_000);
    store.forgetPages((page) => page !== "page");
    await desk.clock.advance(60_000);
    expect(store.bytes()).toBe(100_000);
    store.forgetPages(() => true);
    await desk.clock.advance(5000);
    expect(store.bytes()).toBe(0);
    expect(desk.storage.values().filter((name) => !name.endsWith("/0"))).toEqual([]);
    const later = desk.open();
    await settle(desk, later.load());
    expect(await settle(desk, later.bytesOf(NAME.hash))).toBeUndefined();
  });

  test("of two pages of this app on one board are all gone at last, though each writes the index as it knows it", async () => {
    const desk = createDesk();
    const pages = [await opened(desk, []), await opened(desk, [])];
    for (const [i, page] of pages.entries()) {
      const bytes = blobBytes(20_000, i + 2);
      page.put(bytes);
      page.refer(`p${i}`, [{ ...nameOf(bytes), maker: 1, isErased: false }]);
    }
    await desk.clock.advance(30_000);
    const later = await opened(desk, []);
    await desk.clock.advance(70_000);
    for (const seed of [2, 3]) {
      const bytes = blobBytes(20_000, seed);
      expect(await settle(desk, later.bytesOf(nameOf(bytes).hash))).toEqual(bytes);
    }
    later.forgetPages(() => true);
    await desk.clock.advance(5000);
    expect(desk.storage.values().filter((name) => !name.endsWith("/0"))).toEqual([]);
  });

  test("that a page of this app put there stay where another one came to refer to them", async () => {
    const desk = createDesk();
    const [one, other] = [await opened(desk, []), await opened(desk, [])];
    one.put(BYTES);
    other.refer("p", [REFERENCE]);
    await desk.clock.advance(100_000);
    const later = await opened(desk, []);
    expect(await settle(desk, later.bytesOf(NAME.hash))).toEqual(BYTES);
  });

  test("that the index did not know go too, when no page refers to them any more", async () => {
    const desk = await deskWithoutIndex();
    const store = await opened(desk);
    expect(await settle(desk, store.bytesOf(NAME.hash))).toEqual(BYTES);
    store.forgetPages(() => true);
    await desk.clock.advance(5000);
    expect(desk.storage.values().filter((name) => !name.endsWith("/0"))).toEqual([]);
  });

  test("of what is erased are not lacking, on whichever page it stands they are", async () => {
    const desk = createDesk();
    const store = await opened(desk, [{ ...REFERENCE, isErased: true }]);
    expect([...store.lacking()]).toEqual([]);
    store.refer("other", [REFERENCE, { ...REFERENCE, isErased: true }]);
    void [...store.lacking()];
    await desk.clock.advance(1000);
    expect([...store.lacking()]).toHaveLength(1);
    store.refer("other", [{ ...REFERENCE, isErased: true }]);
    expect([...store.lacking()]).toEqual([]);
  });

  test("has room for so many bytes, and asks for no more", async () => {
    const desk = createDesk();
    const other = { hash: "a".repeat(64), bytes: 1000, maker: 1, isErased: false };
    const store = await opened(desk, [REFERENCE, other], 100_500);
    expect(store.put(BYTES)).toBe(NAME.hash);
    expect([...store.lacking()]).toEqual([]);
    expect(store.take(other, 0, new Uint8Array(1000))).toBe("useless");
    expect(store.put(blobBytes(501, 4))).toBeUndefined();
    expect(store.put(blobBytes(500, 4))).toBeDefined();
    expect(store.put(BYTES)).toBe(NAME.hash);
    expect(store.put(new Uint8Array(0))).toBeUndefined();
    expect(store.put(new Uint8Array(LIMITS.pictureBytes.takes + 1))).toBeUndefined();
  });

  test("of more pictures than a board has are not looked at", async () => {
    const desk = createDesk();
    const many = Array.from({ length: LIMITS.blobs.takes + 1 }, (_, i) => ({
      hash: i.toString(16).padStart(64, "0"),
      bytes: 10,
      maker: 1,
      isErased: false,
    }));
    const store = desk.open();
    await settle(desk, store.load());
    store.refer(PAGE, many);
    expect(store.put(BYTES)).toBeUndefined();
    store.refer(PAGE, [REFERENCE]);
    expect(store.take(NAME, 0, chunkOf(BYTES, 0))).toBe("useless");
  });

  test("of one hash and several lengths: the one that is right ends the others", async () => {
    const desk = createDesk();
    const lie = { ...REFERENCE, bytes: 5 * CHUNK_BYTES };
    const store = await opened(desk, [lie, REFERENCE]);
    await desk.clock.advance(1000);
    void [...store.lacking()];
    await desk.clock.advance(1000);
    expect([...store.lacking()]).toHaveLength(2);
    for (let index = 0; index < chunkCount(BYTES.length); index++)
      store.take(NAME, index, chunkOf(BYTES, index));
    expect([...store.lacking()]).toEqual([]);
    expect(await settle(desk, store.bytesOf(NAME.hash))).toEqual(BYTES);
  });

  test("are another board's only where they are copied to it", async () => {
    const desk = createDesk();
    const before = await opened(desk);
    before.put(BYTES);
    await desk.clock.advance(5000);
    const other = desk.open("b1");
    other.refer(PAGE, [REFERENCE]);
    await settle(desk, other.load());
    void [...other.lacking()];
    await desk.clock.advance(1000);
    expect(await settle(desk, other.bytesOf(NAME.hash))).toBeUndefined();
    await settle(desk, other.copyFrom({ storage: desk.storage, boardId: BOARD }));
    expect(await settle(desk, other.bytesOf(NAME.hash))).toEqual(BYTES);
  });

  test("are emptied with the board, all of them", async () => {
    const desk = createDesk();
    const store = await opened(desk);
    store.put(BYTES);
    store.put(blobBytes(70_000, 3));
    await desk.clock.advance(5000);
    expect(await settle(desk, clearBlobs({ storage: desk.storage, boardId: BOARD }))).toBe(true);
    expect(desk.storage.values()).toEqual([]);
  });

  test("are kept in memory where the storage takes nothing, and written when it does again", async () => {
    const desk = createDesk();
    const store = await opened(desk);
    desk.storage.error = "full";
    store.put(BYTES);
    await desk.clock.advance(10_000);
    expect(await settle(desk, store.bytesOf(NAME.hash))).toEqual(BYTES);
    desk.storage.error = undefined;
    await desk.clock.advance(10_000);
    const later = await opened(desk);
    expect(await settle(desk, later.bytesOf(NAME.hash))).toEqual(BYTES);
    expect(desk.warnings).toEqual([]);
  });
});
