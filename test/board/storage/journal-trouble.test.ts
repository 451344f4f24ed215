/*
 * A board whose storage fails, or holds what the journal did not write.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { hashBytes } from "../../../src/base/hash.ts";
import { createDocument } from "../../../src/board/document/document.ts";
import { formerStoredValues, storedValues } from "../../support/stored-values.ts";
import { BOARD, createDevice, ON_DISK_MS } from "./journal-device.ts";

type Device = ReturnType<typeof createDevice>;

const GARBAGE = new Uint8Array(20).fill(9);
/** Of records. */
const NEWER_VERSION = 5;
const WELL = { damaged: false, newer: false, failed: false };

/** A board with several runs, and something that is recent; every table has been written. */
async function manyRuns(seed: number) {
  const device = createDevice(seed);
  const page = await device.open();
  const drawn: string[] = [];
  for (const [count, pause] of [
    // Each less than an eighth of the first: else they become one after a while.
    [2400, 16_000],
    [200, 16_000],
    [60, 16_000],
    [1, 3000],
  ] as const) {
    for (let i = 0; i < count; i++) {
      const what = `${drawn.length}:${device.prng.uint32()}${device.prng.uint32()}${device.prng.uint32()}`;
      page.draw(what);
      drawn.push(what);
    }
    await device.clock.advance(pause);
  }
  await device.clock.advance(ON_DISK_MS);
  device.kill(page);
  return { device, drawn, values: device.storage.values() };
}

function setValue({ storage }: Device, name: string, value: Uint8Array): void {
  const [table, key] = name.split("/") as [string, string];
  storage.files.set(table, key, value);
}

function valueOf({ storage }: Device, name: string): Uint8Array {
  const [table, key] = name.split("/") as [string, string];
  return storage.files.get(table, key)!;
}

const twinOf = (name: string): string =>
  name
    .replace(/-h(\d)/, (_, twin) => `-h${1 - Number(twin)}`)
    .replace(/(-r\d)([ab])/, (_, run, twin) => run + (twin === "a" ? "b" : "a"));

describe("storage in trouble", () => {
  test("does not keep the board from opening, is told, and nothing on disk is overwritten", async () => {
    const device = createDevice(7);
    const first = await device.open();
    first.draw("old");
    await device.clock.advance(ON_DISK_MS);
    device.kill(first);

    device.storage.error = "busy";
    const second = await device.open();
    expect(second.report).toEqual({ ...WELL, failed: true });
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

  test.each(["h0", "h1", "r0a", "r1b", "j1b", "s0"])(
    "where reads of %s fail, and go on failing, all else is saved",
    async (table) => {
      for (const isFresh of [true, false]) {
        const { device, drawn } = isFresh ? { device: createDevice(9), drawn: [] } : await manyRuns(9);
        device.storage.hinder = (how, asked) =>
          how === "read" && asked === `${BOARD}-${table}` ? "unreadable" : undefined;
        const page = await device.open();
        for (let i = 0; i < 10; i++) {
          page.draw(`new ${i}`);
          await device.clock.advance(9000);
        }
        const told = device.troubles.length;
        expect(told).toBeLessThanOrEqual(1);
        device.kill(page);
        device.storage.hinder = () => undefined;
        const again = await device.open();
        expect(again.report).toEqual(WELL);
        const expected = [...drawn, ...Array.from({ length: 10 }, (_, i) => `new ${i}`)];
        expect(new Set(again.seen())).toEqual(new Set(expected));
      }
    },
  );

  test.each(["h0", "r0a", "r0"])(
    "where %s refuses to be written, one notice is told while it lasts",
    async (table) => {
      const device = createDevice(10);
      device.storage.hinder = (how, asked) =>
        how === "write" && asked.startsWith(`${BOARD}-${table}`) ? "read only" : undefined;
      const page = await device.open();
      const drawn: string[] = [];
      for (let i = 0; i < 100; i++) {
        drawn.push(`${i}:${device.prng.uint32()}${device.prng.uint32()}`);
        page.draw(drawn.at(-1)!);
        await device.clock.advance(1400);
      }
      expect(device.troubles).toEqual(table === "h0" ? ["failed"] : []);
      // All of it is in the storage, be it in one of the heads.
      await device.clock.advance(ON_DISK_MS);
      expect([page.journal.isStored(), page.journal.isMirrored()]).toEqual([true, table !== "h0"]);
      device.storage.hinder = () => undefined;
      await device.clock.advance(ON_DISK_MS);
      expect(device.troubles).toEqual(table === "h0" ? ["failed", "recovered"] : []);
      device.kill(page);
      const again = await device.open();
      expect(again.report).toEqual(WELL);
      expect(again.seen()).toEqual(drawn);
    },
  );
});

describe("a value that is not what was stored", () => {
  test.each(["garbage", "nothing", "a flipped byte", "an older one", "another one"])(
    "is made good from its twin, whichever it is: %s",
    async (what) => {
      const { device, drawn, values } = await manyRuns(20);
      expect(values.length).toBeGreaterThanOrEqual(8);
      for (const [i, name] of values.entries()) {
        const before = valueOf(device, name);
        const flipped = device.prng.below(before.length);
        const bad = {
          garbage: GARBAGE,
          nothing: new Uint8Array(0),
          "a flipped byte": before.map((byte, at) => (at === flipped ? byte ^ 16 : byte)),
          "an older one": storedValues(createDocument(), BOARD)[i % 2]!.value,
          "another one": valueOf(device, values[(i + 2) % values.length]!),
        }[what]!;
        setValue(device, name, bad);
        const page = await device.open();
        expect(page.seen()).toEqual(drawn);
        expect(page.report).toEqual(WELL);
        await device.clock.advance(ON_DISK_MS);
        device.kill(page);
        // Of what lies twice, the first is read; so that one is made good.
        expect(/r\db/.test(name) || Buffer.compare(valueOf(device, name), bad) !== 0).toBe(true);
        setValue(device, name, valueOf(device, name).length > 20 ? valueOf(device, name) : before);
        if (/r\db/.test(name)) setValue(device, name, valueOf(device, twinOf(name)));
      }
      expect(device.troubles).toEqual([]);
    },
  );

  test("is put aside where it is damaged, for whoever looks for lost ink", async () => {
    const { device } = await manyRuns(21);
    setValue(device, `${BOARD}-h0/0`, GARBAGE);
    await device.open();
    await device.clock.advance(ON_DISK_MS);
    const { files } = device.storage;
    expect(files.keys(`${BOARD}-x`).map((key) => files.get(`${BOARD}-x`, key))).toEqual([GARBAGE]);
  });

  test("is told where both are damaged, the rest is loaded, and told once only", async () => {
    const { device, drawn, values } = await manyRuns(22);
    // All runs but the first and its twin.
    const [first] = values
      .filter((name) => /-r\da/.test(name))
      .sort((a, b) => valueOf(device, b).length - valueOf(device, a).length);
    for (const name of values)
      if (/-r/.test(name) && ![first, twinOf(first!)].includes(name)) setValue(device, name, GARBAGE);
    const page = await device.open();
    expect(page.report.damaged).toBe(true);
    const rest = page.seen();
    expect(rest.length).toBeGreaterThanOrEqual(600);
    expect(drawn.slice(0, rest.length)).toEqual(rest);
    page.draw("more");
    await device.clock.advance(20_000);
    device.kill(page);
    const again = await device.open();
    expect(again.report).toEqual(WELL);
    expect(again.seen()).toEqual([...rest, "more"]);
  });

  test.each(["both heads", "everything"])(
    "is told where it is %s, and what is drawn then is kept",
    async (what) => {
      const { device, drawn, values } = await manyRuns(23);
      for (const name of values)
        if (what === "everything" || /-h/.test(name)) setValue(device, name, GARBAGE);
      const page = await device.open();
      expect(page.report).toEqual({ ...WELL, damaged: true });
      // What was recent was in the heads.
      const rest = what === "everything" ? [] : drawn.slice(0, page.seen().length);
      expect(page.seen()).toEqual(rest);
      expect(rest.length).toBeGreaterThanOrEqual(what === "everything" ? 0 : 800);
      page.draw("more");
      await device.clock.advance(20_000);
      device.kill(page);
      const again = await device.open();
      expect(again.report).toEqual(WELL);
      expect(again.seen()).toEqual([...rest, "more"]);
    },
  );

  test("but another board's shows nothing of it, keeps nothing, and is told", async () => {
    const { device } = await manyRuns(24);
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
    await device.clock.advance(20_000);
    device.kill(page);
    const again = await device.open(other);
    expect(again.seen()).toEqual(["own"]);
    expect(files.keys(`${other}-x`)).toEqual([]);
  });

  test.each(["h0/0", "h1/0", "r0a/0", "j1a/0"])(
    "but a newer version's is neither read nor overwritten: %s",
    async (name) => {
      const { device } = await manyRuns(25);
      if (name.startsWith("j"))
        for (const each of device.storage.values()) setValue(device, each, new Uint8Array(0));
      const newer = withVersion(storedValues(createDocument(), BOARD)[0]!.value, NEWER_VERSION);
      // Only where its twin is lost, it is come upon.
      if (name.startsWith("r"))
        for (const each of device.storage.values()) if (/-r/.test(each)) setValue(device, each, newer);
      setValue(device, `${BOARD}-${name}`, newer);
      const again = await device.open();
      expect(again.report.newer).toBe(true);
      const { writes } = device.storage;
      again.draw("not stored");
      again.journal.flush();
      await device.clock.advance(60_000);
      expect(device.storage.writes).toBe(writes);
      expect(valueOf(device, `${BOARD}-${name}`)).toEqual(newer);
    },
  );

  test("that came while the page was open is noticed before it is overwritten", async () => {
    const device = createDevice(26);
    const page = await device.open();
    page.draw("one");
    await device.clock.advance(ON_DISK_MS);
    const newer = withVersion(valueOf(device, `${BOARD}-h0/0`), NEWER_VERSION);
    for (const twin of [0, 1]) setValue(device, `${BOARD}-h${twin}/0`, newer);
    page.draw("two");
    await device.clock.advance(ON_DISK_MS);
    expect(valueOf(device, `${BOARD}-h0/0`)).toEqual(newer);
    expect(valueOf(device, `${BOARD}-h1/0`)).toEqual(newer);
  });
});

describe("a board of a former version", () => {
  function former(count: number): { doc: Y.Doc; drawn: string[] } {
    const doc = createDocument();
    doc.clientID = 7;
    const drawn = Array.from({ length: count }, (_, i) => `old ${i} ${Math.sin(i)}`);
    doc.getArray<Y.Text>("items").push(drawn.map((each) => new Y.Text(each)));
    return { doc, drawn };
  }

  test("is moved without being drawn on, and what was stored stays as it was until then", async () => {
    const device = createDevice(30);
    const { doc, drawn } = former(3000);
    const values = formerStoredValues(doc, BOARD);
    for (const { table, key, value } of values) device.storage.files.set(table, key, value);
    const page = await device.open();
    expect(page.seen()).toEqual(drawn);
    await device.clock.advance(20_000);
    device.kill(page);
    for (const { table, key, value } of values) expect(device.storage.files.get(table, key)).toEqual(value);
    device.storage.reads.length = 0;
    expect((await device.open()).seen()).toEqual(drawn);
    expect(device.storage.reads).toHaveLength(3);
  });

  test.each(Array.from({ length: 12 }, (_, i) => i))(
    "loses nothing, whenever it is killed: seed %i",
    async (seed) => {
      const device = createDevice(40 + seed);
      const { doc, drawn } = former(200);
      for (const { table, key, value } of formerStoredValues(doc, BOARD))
        device.storage.files.set(table, key, value);
      await device.clock.advance(5000);
      const all = new Set(drawn);
      for (let life = 0; life < 4; life++) {
        const page = await device.open();
        expect(page.report).toEqual(WELL);
        expect(new Set(page.seen())).toEqual(all);
        const until = device.clock.now() + device.prng.below(16_000);
        if (device.prng.chance(0.7)) {
          page.draw(`new ${life}`);
          await device.clock.advance(6000);
          all.add(`new ${life}`);
        }
        await device.clock.advance(Math.max(0, until - device.clock.now()));
        device.kill(page, "chance");
      }
    },
  );
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
