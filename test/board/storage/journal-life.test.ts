/*
 * A stored board that gets many runs, and lives through kills at any moment.
 */
import { describe, expect, test } from "vitest";
import { BOARD, createDevice, ON_DISK_MS } from "./journal-device.ts";

describe("a long life", () => {
  /** Draws until the board has several runs; returns what was drawn. */
  async function live(
    device: ReturnType<typeof createDevice>,
    page: Awaited<ReturnType<typeof device.open>>,
    from: number,
  ) {
    const drawn: string[] = [];
    for (let i = 0; i < 40; i++) {
      const numbers = Array.from({ length: 380 }, () => device.prng.uint32());
      const what = `${from + i}:${numbers.join("")}`;
      page.draw(what);
      drawn.push(what);
      await device.clock.advance(i % 10 === 9 ? 12_000 : 1200);
    }
    return drawn;
  }

  test("makes runs of what was recent and opens with everything", async () => {
    const device = createDevice(5);
    const page = await device.open();
    const drawn = await live(device, page, 0);
    await device.clock.advance(ON_DISK_MS);
    device.kill(page);
    const runs = device.storage.files.tables().filter((table) => table.startsWith(`${BOARD}-r`));
    expect(runs.length).toBeGreaterThan(4);
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
          const numbers = Array.from({ length: device.prng.below(380) }, () => device.prng.uint32());
          const what = `${number++}:${numbers.join("")}`;
          page.draw(what);
          drawn.push({ what, at: device.clock.now() });
          await device.clock.advance(device.prng.chance(0.2) ? 7000 : 400);
        }
        device.kill(page, "chance");
      }
    },
  );

  test("reads at most six values, and writes none of them again that was written long ago", async () => {
    const device = createDevice(6);
    const page = await device.open();
    let most = 0;
    for (let i = 0; i < 400; i++) {
      page.draw(`${i}:${device.prng.uint32()}${device.prng.uint32()}${device.prng.uint32()}`);
      await device.clock.advance(device.prng.below(2500));
      const places = device.storage.values().filter((name) => /-r\d/.test(name));
      most = Math.max(most, new Set(places.map((name) => name.slice(0, -3))).size);
    }
    // Four runs at most, and the one that is being made.
    expect(most).toBeGreaterThanOrEqual(4);
    expect(most).toBeLessThanOrEqual(5);
    device.kill(page);
    device.storage.reads.length = 0;
    const again = await device.open();
    expect(again.seen().length).toBeGreaterThan(395);
    const read = device.storage.reads.filter(({ bytes }) => bytes > 0);
    expect(new Set(read.map(({ table }) => table)).size).toBeLessThanOrEqual(6);
    // As much as the board has would be 40 times this.
    expect(device.storage.bytesWritten).toBeLessThan(1_000_000);
  });

  test("is opened many times with one stroke each, and is still read in few values", async () => {
    const device = createDevice(7);
    const drawn: string[] = [];
    for (let i = 0; i < 120; i++) {
      const page = await device.open();
      expect(page.seen()).toEqual(drawn);
      page.draw(`${i}`);
      drawn.push(`${i}`);
      await device.clock.advance(device.prng.chance(0.3) ? 9000 : 3000);
      page.journal.close();
      await device.clock.advance(3000);
    }
    device.storage.reads.length = 0;
    expect((await device.open()).seen()).toEqual(drawn);
    const read = device.storage.reads.filter(({ bytes }) => bytes > 0);
    expect(new Set(read.map(({ table }) => table)).size).toBeLessThanOrEqual(6);
  });

  test("becomes one run when nothing changes for a while, unless nearly all of it is in one", async () => {
    const device = createDevice(8);
    const page = await device.open();
    const runs = (): number => device.storage.values().filter((name) => /-r\da/.test(name)).length;
    const draw = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        page.draw(`${i}:${device.prng.uint32()}${device.prng.uint32()}${device.prng.uint32()}`);
        await device.clock.advance(1200);
      }
    };
    await draw(500);
    for (let i = 0; i < 50 && runs() < 4; i++) await draw(10);
    expect(runs()).toBe(4);
    await device.clock.advance(10_000 + ON_DISK_MS);
    expect(runs()).toBe(1);
    for (let i = 0; i < 50 && runs() < 2; i++) await draw(5);
    expect(runs()).toBe(2);
    await device.clock.advance(10_000 + ON_DISK_MS);
    expect(runs()).toBe(2);
    const written = device.storage.bytesWritten;
    await device.clock.advance(600_000);
    expect(device.storage.bytesWritten).toBe(written);
  });
});
