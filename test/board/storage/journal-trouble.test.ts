/*
 * The journal of a board whose storage fails, or holds what the journal did not write.
 */
import { describe, expect, test } from "vitest";
import { hashBytes } from "../../../src/base/hash.ts";
import { BOARD, createDevice, ON_DISK_MS } from "./journal-device.ts";

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
