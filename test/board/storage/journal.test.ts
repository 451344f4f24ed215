/*
 * What a board keeps of itself on the device: when it is written, and that it is there again.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { BOARD, createDevice, ON_DISK_MS } from "./journal-device.ts";

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

test("it says when the storage has taken everything, in both heads, and not before", async () => {
  const device = createDevice(15);
  const { draw, journal, seen } = await device.open();
  let times = 0;
  journal.onMirrored(() => times++);
  expect(journal.isMirrored()).toBe(true);
  draw("one");
  expect(journal.isMirrored()).toBe(false);
  journal.flush();
  // Given to one head, which has not answered.
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
  device.storage.files.set(`${BOARD}-h0`, "0", new Uint8Array([1, 2, 3]));
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
    device.storage.files.set("b1-h0", "0", new Uint8Array([1, 2, 3]));
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

test("a change that is long is stored at once, and what came after it builds on it", async () => {
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
