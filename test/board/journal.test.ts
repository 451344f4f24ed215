import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { assignClient, createDocument } from "../../src/board/document.ts";
import { createGuard } from "../../src/board/guard/guard.ts";
import { createJournal } from "../../src/board/journal.ts";
import type { LoadReport } from "../../src/board/journal.ts";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createFakeStorage } from "../support/fake-storage.ts";

const BOARD = "b0123";

function createDevice(seed: number) {
  const clock = createSimulatedClock();
  const prng = createPrng(seed);
  const storage = createFakeStorage(clock, prng);
  const troubles: string[] = [];

  /** A page that opens the board; `report` is there when it is loaded. */
  async function open(boardId = BOARD) {
    const doc = createDocument();
    const guard = createGuard({ doc, onWedged: () => troubles.push("wedged") });
    const journal = createJournal({ clock, storage, log: { warn: () => {} }, boardId, doc, guard });
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
  function kill(page: { journal: { close(): void } }): void {
    storage.error = "killed";
    page.journal.close();
    storage.error = undefined;
    storage.files.kill("none");
  }

  return { clock, prng, storage, troubles, open, kill };
}

/** Long enough for what was drawn to be written, and for the host to have it on disk. */
const ON_DISK_MS = 8000;

test("what was drawn is there again", async () => {
  const device = createDevice(1);
  const first = await device.open();
  expect(first.report).toEqual({ damaged: false, failed: false });
  first.draw("one");
  first.draw("two");
  await device.clock.advance(ON_DISK_MS);
  device.kill(first);
  const second = await device.open();
  expect(second.seen()).toEqual(["one", "two"]);
  expect(second.report).toEqual({ damaged: false, failed: false });
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

describe("a long life", () => {
  /** Draws until the board has gone through several generations; returns what was drawn. */
  async function live(
    device: ReturnType<typeof createDevice>,
    page: Awaited<ReturnType<typeof device.open>>,
    from: number,
  ) {
    const drawn: string[] = [];
    for (let i = 0; i < 40; i++) {
      const what = `${from + i}:${"x".repeat(4000)}`;
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

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "survives kills at any moment but for the last seconds (seed %i)",
    async (seed) => {
      const device = createDevice(100 + seed);
      let drawn: { what: string; at: number }[] = [];
      let number = 0;
      for (let life = 0; life < 12; life++) {
        const page = await device.open();
        const seen = new Set(page.seen());
        // The host writes up to 2 s late, and the journal once a second.
        const safe = drawn.filter(({ at }) => at < device.clock.now() - 3500);
        expect(safe.filter(({ what }) => !seen.has(what))).toEqual([]);
        drawn = drawn.filter(({ what }) => seen.has(what));
        const end = device.clock.now() + device.prng.below(40_000);
        while (device.clock.now() < end) {
          const what = `${number++}:${"x".repeat(device.prng.below(6000))}`;
          page.draw(what);
          drawn.push({ what, at: device.clock.now() });
          await device.clock.advance(device.prng.chance(0.2) ? 7000 : 400);
        }
        device.kill(page);
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
    expect(second.report).toEqual({ damaged: false, failed: true });
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

  test("that holds garbage is told, and the rest is loaded", async () => {
    const device = createDevice(9);
    const page = await device.open();
    page.draw("one".repeat(2000));
    await device.clock.advance(2000);
    page.draw("two".repeat(2000));
    await device.clock.advance(ON_DISK_MS);
    device.kill(page);
    device.storage.files.set(`${BOARD}-j0`, "1", new Uint8Array([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]));
    const again = await device.open();
    expect(again.seen()).toEqual(["one".repeat(2000)]);
    expect(again.report.damaged).toBe(true);
  });
});
