import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { hashBytes } from "../../../src/base/hash.ts";
import { assignClient, createDocument } from "../../../src/board/document/document.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import { createJournal } from "../../../src/board/storage/journal.ts";
import type { LoadReport } from "../../../src/board/storage/journal.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import type { TearMode } from "../../../src/simulator/host-storage.ts";
import { createFakeStorage } from "../../support/fake-storage.ts";

const BOARD = "b0123";

function createDevice(seed: number) {
  const clock = createSimulatedClock();
  const prng = createPrng(seed);
  const storage = createFakeStorage(clock, prng);
  const troubles: string[] = [];

  /** A page that opens the board; `report` is there when it is loaded. */
  async function open(boardId = BOARD, others: readonly string[] = []) {
    const doc = createDocument();
    const guard = createGuard({ doc, onWedged: () => troubles.push("wedged") });
    const journal = createJournal({
      clock,
      storage,
      log: { warn: () => {} },
      boardId,
      others: others.map((each) => ({ storage, boardId: each })),
      doc,
      guard,
    });
    journal.onTrouble((state) => troubles.push(state));
    let report: LoadReport | undefined;
    void journal.load().then((done) => {
      report = done;
    });
    await clock.runUntil(() => report !== undefined, 60_000);
    assignClient(doc, () => prng.uint32());
    const items = doc.getArray<Y.Text>("items");
    return {
      doc,
      journal,
      report: report!,
      draw: (what: string) => items.push([new Y.Text(what)]),
      seen: () => items.toArray().map((text) => text.toJSON()),
    };
  }

  /** The messenger dies, with everything that was not written. */
  function kill(page: { journal: { close(): void } }, tear: TearMode = "none"): void {
    storage.error = "killed";
    page.journal.close();
    storage.error = undefined;
    storage.files.kill(tear);
  }

  return { clock, prng, storage, troubles, open, kill };
}

/** Long enough for what was drawn to be written, and for the host to have it on disk. */
const ON_DISK_MS = 8000;

test("what was drawn is there again", async () => {
  const device = createDevice(1);
  const first = await device.open();
  expect(first.report).toEqual({ damaged: false, newer: false, failed: false });
  first.draw("one");
  first.draw("two");
  await device.clock.advance(ON_DISK_MS);
  device.kill(first);
  const second = await device.open();
  expect(second.seen()).toEqual(["one", "two"]);
  expect(second.report).toEqual({ damaged: false, newer: false, failed: false });
});

test("what was drawn just before the page is hidden is written at once", async () => {
  const device = createDevice(2);
  const first = await device.open();
  first.draw("one");
  first.journal.flush();
  expect(device.storage.writes).toBe(1);
  await device.clock.advance(ON_DISK_MS);
  device.kill(first);
  expect((await device.open()).seen()).toEqual(["one"]);
});

test("it says when the storage has taken everything, in both mirrors, and not before", async () => {
  const device = createDevice(15);
  const { draw, journal, seen } = await device.open();
  let times = 0;
  journal.onMirrored(() => times++);
  expect(journal.isMirrored()).toBe(true);
  draw("one");
  expect(journal.isMirrored()).toBe(false);
  journal.flush();
  // Given to one mirror, which has not answered.
  expect([journal.isStored(), journal.isMirrored(), times]).toEqual([true, false, 0]);
  await device.clock.runUntil(() => times > 0, ON_DISK_MS);
  expect([journal.isMirrored(), device.storage.writes]).toEqual([true, 2]);
  draw("two");
  device.storage.error = "full";
  await device.clock.advance(ON_DISK_MS);
  expect([journal.isMirrored(), times]).toEqual([false, 1]);
  device.storage.error = undefined;
  await device.clock.advance(ON_DISK_MS);
  expect([journal.isMirrored(), times > 1]).toEqual([true, true]);
  expect(seen()).toEqual(["one", "two"]);
});

test("a write that fails while the page is hidden is made again", async () => {
  const device = createDevice(14);
  const first = await device.open();
  first.draw("one");
  // The save that was planned is under way, so that nothing else would write what this one could not.
  await device.clock.advance(1010);
  device.storage.error = "busy";
  first.journal.flush();
  device.storage.error = undefined;
  await device.clock.advance(ON_DISK_MS);
  device.kill(first);
  device.storage.files.set(`${BOARD}-j0a`, "0", new Uint8Array([1, 2, 3]));
  const second = await device.open();
  expect(second.seen()).toEqual(["one"]);
  expect(second.report.damaged).toBe(false);
});

test("while drawing, about one small write a second", async () => {
  const device = createDevice(3);
  const page = await device.open();
  const { writes, bytesWritten } = device.storage;
  const seconds = 60;
  for (let i = 0; i < seconds * 6; i++) {
    page.draw(`${i}`);
    await device.clock.advance(1000 / 6);
  }
  expect(device.storage.writes - writes).toBeGreaterThan(0.7 * seconds);
  expect(device.storage.writes - writes).toBeLessThan(1.2 * seconds);
  expect(device.storage.bytesWritten - bytesWritten).toBeLessThan(seconds * 6 * 1024);
});

test("boards do not meet", async () => {
  const device = createDevice(4);
  const first = await device.open("b1");
  first.draw("for one contact");
  await device.clock.advance(ON_DISK_MS);
  expect((await device.open("b2")).seen()).toEqual([]);
});

describe("another copy of the board on this device", () => {
  test("adds what it has, which is kept with this copy from then on", async () => {
    const device = createDevice(15);
    const other = await device.open("b1");
    other.draw("there");
    await device.clock.advance(ON_DISK_MS);
    device.kill(other);
    const before = await device.open("b2");
    before.draw("here");
    await device.clock.advance(ON_DISK_MS);
    device.kill(before);

    const both = await device.open("b2", ["b1"]);
    await device.clock.advance(1000);
    expect(new Set(both.seen())).toEqual(new Set(["here", "there"]));
    both.draw("on top");
    await device.clock.advance(ON_DISK_MS);
    device.kill(both);
    expect(new Set((await device.open("b2")).seen())).toEqual(new Set(["here", "there", "on top"]));
    expect((await device.open("b1")).seen()).toEqual(["there"]);
  });

  test("does not stand in the way when it is damaged", async () => {
    const device = createDevice(16);
    device.storage.files.set("b1-j0a", "0", new Uint8Array([1, 2, 3]));
    const page = await device.open("b2", ["b1"]);
    page.draw("here");
    await device.clock.advance(ON_DISK_MS);
    expect(page.report).toEqual({ damaged: false, newer: false, failed: false });
    expect(device.troubles).toEqual([]);
    device.kill(page);
    expect((await device.open("b2", ["b1"])).seen()).toEqual(["here"]);
  });

  test("is added when the storage answers at last", async () => {
    const device = createDevice(17);
    const other = await device.open("b1");
    other.draw("there");
    await device.clock.advance(ON_DISK_MS);
    device.kill(other);
    device.storage.error = "busy";
    const page = await device.open("b2", ["b1"]);
    expect(page.report.failed).toBe(true);
    device.storage.error = undefined;
    await device.clock.advance(ON_DISK_MS);
    expect(page.seen()).toEqual(["there"]);
  });
});

describe("a long life", () => {
  /** Draws until the board has gone through several generations; returns what was drawn. */
  async function live(
    device: ReturnType<typeof createDevice>,
    page: Awaited<ReturnType<typeof device.open>>,
    from: number,
  ) {
    const drawn: string[] = [];
    for (let i = 0; i < 40; i++) {
      const what = `${from + i}:${"x".repeat(3990)}`;
      page.draw(what);
      drawn.push(what);
      await device.clock.advance(i % 10 === 9 ? 12_000 : 1200);
    }
    return drawn;
  }

  test("goes through generations and opens with everything", async () => {
    const device = createDevice(5);
    const page = await device.open();
    const drawn = await live(device, page, 0);
    await device.clock.advance(ON_DISK_MS);
    device.kill(page);
    expect(device.storage.files.tables()).toContain(`${BOARD}-s1`);
    expect(device.storage.files.tables()).toContain(`${BOARD}-s0`);
    const again = await device.open();
    expect(again.seen()).toEqual(drawn);
    expect(again.report.damaged).toBe(false);
  });

  test.each(Array.from({ length: 30 }, (_, i) => i + 1))(
    "survives kills at any moment, torn tables included, but for the last seconds (seed %i)",
    async (seed) => {
      const device = createDevice(100 + seed);
      let drawn: { what: string; at: number }[] = [];
      let number = 0;
      for (let life = 0; life < 12; life++) {
        const page = await device.open();
        const seen = new Set(page.seen());
        // The journal writes each of its two copies every two seconds, and the host up to 2 s later.
        const safe = drawn.filter(({ at }) => at < device.clock.now() - 5500);
        expect(safe.filter(({ what }) => !seen.has(what))).toEqual([]);
        drawn = drawn.filter(({ what }) => seen.has(what));
        const end = device.clock.now() + device.prng.below(40_000);
        while (device.clock.now() < end) {
          const what = `${number++}:${"x".repeat(device.prng.below(3990))}`;
          page.draw(what);
          drawn.push({ what, at: device.clock.now() });
          await device.clock.advance(device.prng.chance(0.2) ? 7000 : 400);
        }
        device.kill(page, "chance");
      }
    },
  );

  test.each([`${BOARD}-s0`, `${BOARD}-s1`])(
    "opens complete when the newest snapshot, or the older one, is lost: %s",
    async (table) => {
      const device = createDevice(6);
      const page = await device.open();
      const drawn = await live(device, page, 0);
      await device.clock.advance(ON_DISK_MS);
      device.kill(page);
      for (const key of device.storage.files.keys(table)) {
        device.storage.files.set(table, key, new Uint8Array([1, 2, 3]));
      }
      const again = await device.open();
      expect(again.seen()).toEqual(drawn);
      // It goes on from there, and is complete again.
      again.draw("more");
      await device.clock.advance(20_000);
      device.kill(again);
      expect((await device.open()).seen()).toEqual([...drawn, "more"]);
    },
  );
});

describe("storage in trouble", () => {
  test("does not keep the board from opening, is told, and nothing on disk is overwritten", async () => {
    const device = createDevice(7);
    const first = await device.open();
    first.draw("old");
    await device.clock.advance(ON_DISK_MS);
    device.kill(first);

    device.storage.error = "busy";
    const second = await device.open();
    expect(second.report).toEqual({ damaged: false, newer: false, failed: true });
    second.draw("new");
    await device.clock.advance(3000);
    device.storage.error = undefined;
    await device.clock.advance(20_000);
    expect(device.troubles).toEqual(["recovered"]);
    expect([...second.seen()].sort()).toEqual(["new", "old"]);
    device.kill(second);
    expect([...(await device.open()).seen()].sort()).toEqual(["new", "old"]);
  });

  test("while drawing is told once, and what was drawn meanwhile is written later", async () => {
    const device = createDevice(8);
    const page = await device.open();
    page.draw("before");
    await device.clock.advance(2000);
    device.storage.error = "full";
    page.draw("meanwhile");
    await device.clock.advance(20_000);
    expect(device.troubles).toEqual(["failed"]);
    device.storage.error = undefined;
    await device.clock.advance(20_000);
    expect(device.troubles).toEqual(["failed", "recovered"]);
    device.kill(page);
    expect((await device.open()).seen()).toEqual(["before", "meanwhile"]);
  });

  /** A board whose journal has two records, in both mirrors. */
  async function twoRecords(seed: number) {
    const device = createDevice(seed);
    const page = await device.open();
    const drawn = ["äöü", "éèê"].map((what) => what.repeat(1330));
    for (const what of drawn) {
      page.draw(what);
      await device.clock.advance(3000);
    }
    await device.clock.advance(ON_DISK_MS);
    device.kill(page);
    return { device, drawn };
  }
  const GARBAGE = new Uint8Array(20).fill(9);

  test("that holds garbage in one copy loses nothing, and puts the garbage aside", async () => {
    const { device, drawn } = await twoRecords(9);
    device.storage.files.set(`${BOARD}-j0a`, "0", GARBAGE);
    const again = await device.open();
    expect(again.seen()).toEqual(drawn);
    expect(again.report.damaged).toBe(false);
    await device.clock.advance(ON_DISK_MS);
    const { files } = device.storage;
    expect(files.keys(`${BOARD}-x`).map((key) => files.get(`${BOARD}-x`, key))).toEqual([GARBAGE]);
    // The copy is made good.
    expect(files.get(`${BOARD}-j0a`, "0")).toEqual(files.get(`${BOARD}-j0b`, "0"));
  });

  test("that holds garbage in both copies is told, and the rest is loaded", async () => {
    const { device, drawn } = await twoRecords(10);
    for (const mirror of ["a", "b"]) device.storage.files.set(`${BOARD}-j0${mirror}`, "1", GARBAGE);
    const again = await device.open();
    expect(again.seen()).toEqual(drawn.slice(0, 1));
    expect(again.report.damaged).toBe(true);
  });

  test.each(["a", "b"])("that lost copy %s of the journal loses nothing", async (mirror) => {
    const { device, drawn } = await twoRecords(11);
    for (const key of device.storage.files.keys(`${BOARD}-j0${mirror}`)) {
      device.storage.files.set(`${BOARD}-j0${mirror}`, key, new Uint8Array(0));
    }
    const again = await device.open();
    expect(again.seen()).toEqual(drawn);
    again.draw("more");
    await device.clock.advance(ON_DISK_MS);
    device.kill(again);
    expect((await device.open()).seen()).toEqual([...drawn, "more"]);
  });

  test("that holds another board's values shows nothing of them, keeps none, and is told", async () => {
    const { device } = await twoRecords(15);
    const other = "b4567";
    const { files } = device.storage;
    for (const table of files.tables()) {
      for (const key of files.keys(table))
        files.set(table.replace(BOARD, other), key, files.get(table, key)!);
    }
    const page = await device.open(other);
    expect(page.seen()).toEqual([]);
    expect(page.report.damaged).toBe(true);
    page.draw("own");
    await device.clock.advance(ON_DISK_MS);
    device.kill(page);
    const again = await device.open(other);
    expect(again.seen()).toEqual(["own"]);
    expect(files.keys(`${other}-x`)).toEqual([]);
  });

  test("that a newer version wrote is not touched", async () => {
    const { device, drawn } = await twoRecords(12);
    const table = `${BOARD}-j1a`;
    const newer = withVersion(device.storage.files.get(`${BOARD}-j0a`, "0")!, 3);
    device.storage.files.set(table, "0", newer);
    const again = await device.open();
    expect(again.report.newer).toBe(true);
    expect(again.seen()).toEqual(drawn);
    const { writes } = device.storage;
    again.draw("not stored");
    again.journal.flush();
    await device.clock.advance(60_000);
    expect(device.storage.writes).toBe(writes);
    expect(device.storage.files.get(table, "0")).toEqual(newer);
  });
});

/** The record as a later version would write it: its checksum is right. */
function withVersion(record: Uint8Array, version: number): Uint8Array {
  const body = record.slice(0, -8);
  body[2] = version;
  const { hi, lo } = hashBytes(body);
  const tail = new DataView(new ArrayBuffer(8));
  tail.setUint32(0, hi, true);
  tail.setUint32(4, lo, true);
  return new Uint8Array([...body, ...new Uint8Array(tail.buffer)]);
}

test("a board of 50,000 strokes is saved and opens again", { timeout: 120_000 }, async () => {
  const device = createDevice(13);
  const page = await device.open();
  const items = page.doc.getArray<Y.Text>("items");
  for (let batch = 0; batch < 50; batch++) {
    const strokes = Array.from({ length: 1000 }, (_, i) => new Y.Text(`stroke ${batch * 1000 + i} of many`));
    page.doc.transact(() => items.push(strokes));
    await device.clock.advance(200);
  }
  await device.clock.advance(60_000);
  device.kill(page);
  const again = await device.open();
  expect(again.report).toEqual({ damaged: false, newer: false, failed: false });
  expect(again.seen().length).toBe(50_000);
  expect(again.seen().at(-1)).toBe("stroke 49999 of many");
});

test("a change that is too long for one record is journalled in pieces: what came after it builds on it", async () => {
  const device = createDevice(15);
  const first = await device.open();
  first.doc.transact(() => {
    for (let i = 0; i < 100; i++) first.draw(`${i} ${"x".repeat(1000)}`);
  });
  first.draw("after");
  first.journal.flush();
  first.journal.close();
  await device.clock.advance(ON_DISK_MS);
  device.storage.files.kill("none");
  const second = await device.open();
  expect(second.report).toEqual({ damaged: false, newer: false, failed: false });
  expect(second.seen()).toHaveLength(101);
  expect(second.seen().at(-1)).toBe("after");
});
