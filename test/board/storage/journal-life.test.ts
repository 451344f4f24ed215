/*
 * The journal of a board that goes through generations, and through kills at any moment.
 */
import { describe, expect, test } from "vitest";
import { BOARD, createDevice, ON_DISK_MS } from "./journal-device.ts";

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
