/*
 * Long runs: their pieces, and what becomes of a board of which a piece is lost.
 */
import * as fc from "fast-check";
import { deflateSync } from "fflate";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { decodePieces, encodePieces, isPieced } from "../../../src/board/storage/pieces.ts";
import type { PiecedContent } from "../../../src/board/storage/pieces.ts";
import { HEAD_KEY, headTable, TWINS } from "../../../src/board/storage/stored-set.ts";
import { BOARD, createDevice, ON_DISK_MS } from "./journal-device.ts";

const client = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const ranges = fc
  .uniqueArray(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 8 })
  .map((places) => places.sort((a, b) => a - b))
  .map((places) =>
    Array.from({ length: places.length >> 1 }, (_, i) => ({
      start: places[2 * i]!,
      end: places[2 * i + 1]!,
    })),
  );
const side = fc.integer({ min: -(2 ** 31), max: 2 ** 31 });
const content: fc.Arbitrary<PiecedContent> = fc.record({
  to: fc.array(fc.tuple(client, fc.nat())).map((pairs) => new Map(pairs)),
  deletions: fc.array(fc.tuple(client, ranges)).map((pairs) => ({
    clients: new Map(
      pairs.map(([session, list]) => [
        session,
        list.map(({ start, end }) => ({ clock: start, len: end - start })),
      ]),
    ),
  })),
  changed: fc.record({
    everything: fc.boolean(),
    bySession: fc.array(fc.tuple(client, ranges)).map((pairs) => new Map(pairs)),
  }),
  extent: fc.option(fc.record({ minX: side, minY: side, maxX: side, maxY: side }), { nil: undefined }),
  pieces: fc.array(fc.uint8Array({ maxLength: 200 })),
});

describe("the content of a long run", () => {
  test("decodes to what was encoded", () => {
    fc.assert(
      fc.property(content, (each) => {
        expect(decodePieces(encodePieces(each))).toEqual({ ...each, isWhole: true });
      }),
    );
  });

  test("has the same bytes in every version", () => {
    const written: PiecedContent = {
      to: new Map([[7, 300]]),
      deletions: { clients: new Map([[7, [{ clock: 5, len: 2 }]]]) },
      changed: { everything: false, bySession: new Map([[7, [{ start: 9, end: 12 }]]]) },
      extent: { minX: -3, minY: 0, maxX: 70, maxY: 9 },
      pieces: [Uint8Array.of(1, 2), Uint8Array.of(3)],
    };
    expect(Buffer.from(encodePieces(written)).toString("hex")).toMatchInlineSnapshot(
      `"071563645fc3c4c8cec8cac400243999199d19da183901020201020103"`,
    );
  });

  test("is told apart from a packed update", () => {
    fc.assert(
      fc.property(content, fc.uint8Array({ maxLength: 1000 }), (each, bytes) => {
        expect(isPieced(encodePieces(each))).toBe(true);
        for (const level of [0, 6, 9] as const) expect(isPieced(deflateSync(bytes, { level }))).toBe(false);
      }),
    );
  });

  test("that is cut off has the pieces before that; rubbish is refused", () => {
    fc.assert(
      fc.property(content, fc.nat(), fc.uint8Array(), (each, at, rubbish) => {
        const whole = encodePieces(each);
        const cut = whole.subarray(0, at % whole.length);
        const found = decodePieces(cut);
        expect(found?.isWhole).not.toBe(true);
        expect(found?.pieces ?? []).toEqual(each.pieces.slice(0, found?.pieces.length ?? 0));
        expect(() => decodePieces(Uint8Array.of(7, ...rubbish))).not.toThrow();
      }),
    );
  });
});

type Page = Awaited<ReturnType<ReturnType<typeof createDevice>["open"]>>;

/** Words that do not pack well, as ink does not. */
function drawMuch({ doc, draw }: Page, device: ReturnType<typeof createDevice>, count: number): void {
  doc.transact(() => {
    for (let i = 0; i < count; i++) {
      draw(`${i} ${Array.from({ length: 20 }, () => device.prng.uint32().toString(36)).join("")}`);
    }
  });
}

const MUCH = 4000;
/** The byte of a stored value that says which version can read it. */
const VERSION_AT = 2;
/** When all runs have become one. */
const AT_REST_MS = 60_000;

/** A board whose one run is in pieces. */
async function storeMuch(device: ReturnType<typeof createDevice>): Promise<Page> {
  const page = await device.open();
  drawMuch(page, device, MUCH);
  await device.clock.advance(AT_REST_MS);
  return page;
}

/** Thousands of texts are not for a message. */
const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.join("\n") === others.join("\n");

const tablesOf = (device: ReturnType<typeof createDevice>, twin: string): string[] =>
  [0, 1, 2, 3, 4, 5]
    .map((place) => `${BOARD}-r${place}${twin}`)
    .filter((table) => device.storage.files.get(table, "0"));

describe("a long board", () => {
  test("is stored in pieces, and read in as many tasks", async () => {
    const device = createDevice(1);
    const first = await storeMuch(device);
    device.kill(first);
    const second = await device.open();
    expect(second.report).toEqual({ damaged: false, newer: false, failed: false });
    expect(isSame(second.seen(), first.seen())).toBe(true);
    expect(second.updates).toBeGreaterThan(10);
    expect(Y.snapshot(second.doc)).toEqual(Y.snapshot(first.doc));
  });

  test("whose page is killed while it is read is whole the next time", async () => {
    const device = createDevice(2);
    const first = await storeMuch(device);
    device.kill(first);
    const { doc, journal } = device.begin();
    let seen = 0;
    doc.once("update", () => {
      seen = doc.getArray("items").length;
      queueMicrotask(() => {
        journal.flush();
        device.kill({ journal });
      });
    });
    await device.clock.runUntil(() => seen > 0, 60_000);
    expect(seen).toBeLessThan(MUCH / 4);
    const next = await device.open();
    expect(next.report).toEqual({ damaged: false, newer: false, failed: false });
    expect(isSame(next.seen(), first.seen())).toBe(true);
  });

  // All becomes one run when nothing has changed for ten seconds.
  test.each([9900, 10_100, 10_500, 12_000, 14_500, 18_000])(
    "whose page is killed about when it is packed anew is whole the next time (%i ms after the last change)",
    async (ms) => {
      const device = createDevice(20);
      const page = await storeMuch(device);
      drawMuch(page, device, MUCH / 4);
      await device.clock.advance(ms);
      const seen = page.seen();
      device.kill(page);
      const next = await device.open();
      expect(isSame(next.seen(), seen)).toBe(true);
      expect(next.report.damaged).toBe(false);
    },
  );

  test("one part of which is torn is read from its twin, and made good", async () => {
    const device = createDevice(3);
    const first = await storeMuch(device);
    device.kill(first);
    const [table] = tablesOf(device, "a");
    const intact = device.storage.files.get(table!, "0")!;
    device.storage.files.set(table!, "0", intact.slice(0, intact.length >> 1));
    const next = await device.open();
    expect(next.report).toEqual({ damaged: false, newer: false, failed: false });
    expect(isSame(next.seen(), first.seen())).toBe(true);
    await device.clock.advance(ON_DISK_MS);
    expect(device.storage.files.get(table!, "0")).toEqual(intact);
  });

  test("a part of which is lost has what comes before it, and that is stored anew", async () => {
    const device = createDevice(4);
    Object.assign(device.storage, { maxBytes: 40 * 1024 });
    const first = await storeMuch(device);
    device.kill(first);
    for (const twin of ["a", "b"]) {
      for (const table of tablesOf(device, twin)) device.storage.files.set(table, "5", Uint8Array.of(1));
    }
    const next = await device.open();
    expect(next.report.damaged).toBe(true);
    const count = next.seen().length;
    expect(count).toBeGreaterThan(MUCH / 8);
    // Of the last one there may be its beginning only.
    expect(isSame(next.seen().slice(0, -1), first.seen().slice(0, count - 1))).toBe(true);
    const seen = next.seen();
    next.draw("one more");
    await device.clock.advance(AT_REST_MS);
    device.kill(next);
    const last = await device.open();
    expect(last.report).toEqual({ damaged: false, newer: false, failed: false });
    expect(isSame(last.seen(), [...seen, "one more"])).toBe(true);
  });

  test("a part of which the storage does not give is read later, and nothing of it is overwritten", async () => {
    const device = createDevice(5);
    Object.assign(device.storage, { maxBytes: 40 * 1024 });
    const first = await storeMuch(device);
    device.kill(first);
    const [table] = tablesOf(device, "a");
    let isBusy = true;
    device.storage.hinder = (_, of) => (isBusy && of.includes(table!.slice(0, -1)) ? "busy" : undefined);
    const next = await device.open();
    expect(next.report.failed).toBe(true);
    isBusy = false;
    next.draw("one more");
    await device.clock.advance(AT_REST_MS);
    expect(next.seen()).toHaveLength(MUCH + 1);
    device.kill(next);
    const last = await device.open();
    expect(isSame(last.seen().sort(), [...first.seen(), "one more"].sort())).toBe(true);
  });

  test("that goes on while it is packed has all of it", async () => {
    const device = createDevice(6);
    const page = await device.open();
    drawMuch(page, device, MUCH);
    let drawn = 0;
    await device.clock.runUntil(() => {
      // A task of packing is over.
      if (drawn < 50) page.draw(`meanwhile ${drawn++}`);
      return tablesOf(device, "a").length > 0;
    }, AT_REST_MS);
    await device.clock.advance(AT_REST_MS);
    const seen = page.seen();
    device.kill(page);
    const next = await device.open();
    expect(isSame(next.seen(), seen)).toBe(true);
    expect(next.report).toEqual({ damaged: false, newer: false, failed: false });
  });

  test("that came in one go is packed in tasks, and is never in a head, which would be packed in one", async () => {
    const device = createDevice(8);
    const page = await device.open();
    drawMuch(page, device, MUCH);
    let tasks = 0;
    await device.clock.runUntil(() => ++tasks > 0 && tablesOf(device, "a").length > 0, AT_REST_MS);
    expect(tasks).toBeGreaterThan(10);
    let longest = 0;
    await device.clock.runUntil(() => {
      const heads = TWINS.map(
        (twin) => device.storage.files.get(headTable(BOARD, twin), HEAD_KEY)?.length ?? 0,
      );
      longest = Math.max(longest, ...heads);
      return false;
    }, AT_REST_MS);
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(1000);
    device.kill(page);
    const next = await device.open();
    expect(isSame(next.seen(), page.seen())).toBe(true);
  });

  test("that came in one go is there when the page is killed while it is packed, or soon after", async () => {
    for (const turn of [2, 9, 21, 40]) {
      const device = createDevice(9);
      const page = await device.open();
      page.draw("before");
      await device.clock.advance(ON_DISK_MS);
      drawMuch(page, device, MUCH);
      let tasks = 0;
      await device.clock.runUntil(() => ++tasks > turn, AT_REST_MS);
      // The page is told that it may be killed.
      page.journal.flush();
      await device.clock.advance(ON_DISK_MS);
      device.kill(page);
      const next = await device.open();
      expect(isSame(next.seen(), page.seen()), `after ${turn} tasks`).toBe(true);
    }
  });

  test("says to a version before 0.6.0 that it is a newer version's, wherever that looks; a short one does not", async () => {
    const device = createDevice(7);
    const page = await device.open();
    page.draw("one");
    await device.clock.advance(ON_DISK_MS);
    const versions = (): Map<string, number> =>
      new Map(
        device.storage.values().map((name) => {
          const [table, key] = name.split("/") as [string, string];
          return [name, device.storage.files.get(table, key)![VERSION_AT]!];
        }),
      );
    expect(new Set(versions().values())).toEqual(new Set([3]));
    drawMuch(page, device, MUCH);
    await device.clock.advance(AT_REST_MS);
    const found = versions();
    expect(found.size).toBeGreaterThan(3);
    for (const version of found.values()) expect(version).toBe(4);
  });
});
