import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { addSize, isOver, MAX_SIZE, sizeOf } from "../../../src/board/guard/size.ts";
import type { Size } from "../../../src/board/guard/size.ts";
import { markKey, undoneKey } from "../../../src/board/document/marks.ts";
import {
  bring,
  createDevice,
  createLab,
  draw,
  expectAlive,
  labelKey,
  LATE_STRANGER,
  STRANGER,
} from "./lab.ts";
import type { Device } from "./lab.ts";
import { content, encodeRaw, section } from "./raw-update.ts";
import type { RawSection, RawStruct } from "./raw-update.ts";
import { useStepCounter } from "./steps.ts";

/**
 * Far below what any of these takes where the cost grows with the square. The command fuzz:guard, which
 * runs alone, holds each message to 250 ms.
 */
const MAX_STEPS = 1_000_000;
const stepsSoFar = useStepCounter();

const stroke = (): RawStruct => ({ parent: "items", content: content.text() });
const after = (client: number, clock: number): RawStruct => ({
  origin: { client, clock },
  content: content.text(),
});

/** The most steps that one of the updates took, and what the guard said to them. */
function costliest(
  device: Device,
  updates: Iterable<Uint8Array>,
): { steps: number; kinds: Map<string, number> } {
  let steps = 0;
  const kinds = new Map<string, number>();
  for (const update of updates) {
    const from = stepsSoFar();
    const { kind } = device.admit(update);
    steps = Math.max(steps, stepsSoFar() - from);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return { steps, kinds };
}

/** `count` empty strokes of one session, each after the one before, in messages of `size`. */
function* chain(client: number, count: number, size = 2000): Generator<Uint8Array> {
  for (let clock = 0; clock < count; clock += size) {
    const structs = Array.from({ length: Math.min(size, count - clock) }, (_, i) =>
      clock + i === 0 ? stroke() : after(client, clock + i - 1),
    );
    yield section(client, clock, ...structs);
  }
}

/** Each struct in a session of its own. */
function alone(structs: readonly RawStruct[], firstClient: number): Uint8Array {
  const sections: RawSection[] = structs.map((struct, i) => ({
    client: firstClient + structs.length - i,
    clock: 0,
    structs: [struct],
  }));
  return encodeRaw({ sections, deletions: [] });
}

describe("patterns that make Yjs compare everything with everything", () => {
  /** Low sessions stand in front, so that an entry of a higher one has to pass all of them. */
  const LOW = 10;
  const HIGH = 1_000_000;

  test.each([
    [
      "many sessions after one early stroke",
      () =>
        Array.from({ length: 10 }, (_, i) =>
          alone(
            Array.from({ length: 300 }, () => after(LOW, 0)),
            HIGH + i * 1000,
          ),
        ),
    ],
    [
      "one session, each time after an early stroke",
      () => Array.from({ length: 60 }, (_, i) => section(HIGH, i, after(LOW, i))),
    ],
    [
      "one session that goes backwards in one message",
      () => [section(HIGH, 0, ...Array.from({ length: 3000 }, (_, i) => after(LOW, 19_000 - i)))],
    ],
    [
      "many sessions that go backwards in one message",
      () => [
        alone(
          Array.from({ length: 3000 }, (_, i) => after(LOW, 19_000 - i)),
          HIGH,
        ),
      ],
    ],
    ["many sessions at the very beginning", () => [alone(Array.from({ length: 3000 }, stroke), HIGH)]],
    [
      "a chain and many sessions that come after its first stroke, in one message",
      () => [
        encodeRaw({
          sections: [
            ...Array.from({ length: 1500 }, (_, i) => ({
              client: HIGH + 5000 - i,
              clock: 0,
              structs: [after(LOW + 1, 0)],
            })),
            {
              client: LOW + 1,
              clock: 0,
              structs: [after(LOW, 5), ...Array.from({ length: 1500 }, (_, i) => after(LOW + 1, i))],
            },
          ],
          deletions: [],
        }),
      ],
    ],
  ] as [string, () => Uint8Array[]][])("%s", (_, make) => {
    const device = createDevice(5);
    for (const update of chain(LOW, 20_000)) expect(device.admit(update).kind).toBe("ready");
    const { steps } = costliest(device, make());
    expect(steps).toBeLessThan(MAX_STEPS);
    const honest = createDevice(6);
    draw(honest, 1);
    expect(bring(honest, device).map(({ kind }) => kind)).toEqual(["ready"]);
  });

  test("are told apart: costly, or refused", () => {
    const device = createDevice(5);
    for (const update of chain(LOW, 40_000)) device.admit(update);
    const costly = device.admit(section(HIGH, 0, after(LOW, 10)));
    expect(costly).toMatchObject({ kind: "ready", isCostly: true });
    const refused = device.admit(
      alone(
        Array.from({ length: 20 }, () => after(LOW, 11)),
        HIGH + 1,
      ),
    );
    expect(refused).toEqual({ kind: "refused", reason: "too much to compare" });
    const honest = device.admit(section(HIGH + 100, 0, after(LOW, 39_999)));
    expect(honest).toMatchObject({ kind: "ready", isCostly: false });
  });

  test("a stroke of as many runs as characters", () => {
    const device = createDevice(5);
    const structs: RawStruct[] = [stroke()];
    const key = undoneKey(markKey(STRANGER, 0));
    for (let clock = 1; clock < 3000; clock += 2) {
      structs.push(
        clock === 1
          ? { parent: { client: STRANGER, clock: 0 }, content: content.string("x") }
          : { origin: { client: STRANGER, clock: clock - 2 }, content: content.string("x") },
        clock === 1
          ? { parent: "marks", key, content: content.any(true) }
          : { origin: { client: STRANGER, clock: clock - 1 }, content: content.any(true) },
      );
    }
    expect(costliest(device, [section(STRANGER, 0, ...structs)])).toMatchObject({
      kinds: new Map([["ready", 1]]),
    });
    const more = Array.from({ length: 200 }, (_, i) =>
      section(STRANGER, structs.length + i, {
        origin: { client: STRANGER, clock: structs.length + i - (i === 0 ? 2 : 1) },
        content: content.string("y"),
      }),
    );
    const { steps, kinds } = costliest(device, more);
    expect(kinds).toEqual(new Map([["ready", 200]]));
    expect(steps).toBeLessThan(MAX_STEPS);
  });

  test("a key that a thousand sessions give a value at once", () => {
    const device = createDevice(5);
    const say = { parent: "meta", key: "format", content: content.any(1) };
    const { steps } = costliest(
      device,
      Array.from({ length: 40 }, (_, i) =>
        alone(
          Array.from({ length: 200 }, () => say),
          HIGH + i * 1000,
        ),
      ),
    );
    expect(steps).toBeLessThan(MAX_STEPS);
  });

  test("a key of very many values, and writes that Yjs puts before all of them", () => {
    const device = createDevice(5);
    const value = content.binary(new Uint8Array(3));
    const start = { parent: "attrs", key: "p.b", content: value };
    // Two by turns: what one session replaces in a row is one run.
    const turn = (i: number): { client: number; clock: number } => ({ client: LOW + (i % 2), clock: i >> 1 });
    for (let i = 0; i < 20_000; i += 500) {
      const sections = [0, 1].map((which) => ({
        client: LOW + which,
        clock: i >> 1,
        structs: Array.from({ length: 250 }, (_, k): RawStruct => {
          const n = i + k * 2 + which;
          return n === 0 ? start : { origin: turn(n - 1), content: value };
        }),
      }));
      expect(device.admit(encodeRaw({ sections, deletions: [] })).kind).toBe("ready");
    }
    const many = Array.from({ length: 3000 }, () => start);
    const { steps, kinds } = costliest(device, [alone(many, HIGH), section(STRANGER, 0, ...many)]);
    expect(kinds).toEqual(new Map([["refused", 2]]));
    expect(steps).toBeLessThan(MAX_STEPS);
    const honest = { origin: turn(19_999), content: value };
    expect(device.admit(section(HIGH - 1, 0, honest))).toMatchObject({ kind: "ready", isCostly: false });
  });

  describe("words", () => {
    /** A session with a text of one long run, and very many strokes behind it. */
    function createWordy(): Device {
      const device = createDevice(5);
      const made = [
        stroke(),
        { parent: "labels", key: labelKey({ client: LOW, clock: 0 }), content: content.text() },
        { parent: { client: LOW, clock: 1 }, content: content.string("x".repeat(9000)) },
      ];
      expect(device.admit(section(LOW, 0, ...made)).kind).toBe("ready");
      for (let clock = 9002; clock < 60_000; clock += 4000) {
        const strokes = Array.from({ length: 4000 }, (_, i) =>
          after(LOW, clock + i === 9002 ? 0 : clock + i - 1),
        );
        expect(device.admit(section(LOW, clock, ...strokes)).kind).toBe("ready");
      }
      return device;
    }

    const between = (clock: number): RawStruct => ({
      origin: { client: LOW, clock: 2 + clock },
      rightOrigin: { client: LOW, clock: 3 + clock },
      content: content.string("y"),
    });
    const all = Array.from({ length: 4000 }, (_, i) => i * 2);

    test("that cut a long run everywhere", () => {
      const device = createWordy();
      const { steps, kinds } = costliest(device, [
        section(HIGH, 0, ...all.map(between)),
        alone(all.map(between), HIGH + 10),
      ]);
      expect(kinds).toEqual(new Map([["refused", 2]]));
      expect(steps).toBeLessThan(MAX_STEPS);
      expect(device.admit(section(HIGH, 0, between(7)))).toMatchObject({ kind: "ready", isCostly: false });
    });

    test("that are known, and claim to cut a long run everywhere", () => {
      const device = createWordy();
      const known = all.map((clock) => between(clock % 2));
      device.admit(section(HIGH, 0, ...known.slice(0, 1000)));
      const claimed = [...all.slice(0, 1000).map(between), stroke()];
      const { steps, kinds } = costliest(device, [section(HIGH, 0, ...claimed)]);
      expect(kinds).toEqual(new Map([["refused", 1]]));
      expect(steps).toBeLessThan(MAX_STEPS);
    });

    test("of very many sessions at one place", () => {
      const device = createWordy();
      const same = (client: number): RawStruct => ({
        origin: { client: LOW, clock: 2 },
        content: content.string(String.fromCharCode(97 + (client % 26))),
      });
      const updates = Array.from({ length: 12 }, (_, i) =>
        alone(
          Array.from({ length: 700 }, (__, k) => same(k)),
          HIGH + i * 1000,
        ),
      );
      const { steps, kinds } = costliest(device, updates);
      expect(kinds.get("refused") ?? 0).toBeGreaterThan(0);
      expect(steps).toBeLessThan(MAX_STEPS);
    });
  });

  test("references that lead from session to session through all of an update", () => {
    const device = createDevice(5);
    const count = 3000;
    const sections = Array.from({ length: count }, (_, i) => ({
      client: 100 + i,
      clock: 0,
      structs: [i === 0 ? stroke() : after(99 + i, 0)],
    }));
    for (const each of [sections, [...sections].reverse()]) {
      const { steps, kinds } = costliest(createDevice(6), [encodeRaw({ sections: each, deletions: [] })]);
      expect(kinds).toEqual(new Map([["ready", 1]]));
      expect(steps).toBeLessThan(MAX_STEPS);
    }
    device.close();
  });
});

describe("floods", () => {
  test("of marks end where the board is full; ink goes on", () => {
    const device = createDevice(5);
    const contact = createDevice(6);
    draw(contact, 1);
    bring(contact, device);
    const value = content.binary(new Uint8Array(40_000).fill(99));
    let verdict: Verdict | undefined;
    let n = 0;
    for (; verdict === undefined || verdict.kind === "ready"; n++) {
      verdict = device.admit(
        section(STRANGER, n, { parent: "marks", key: markKey(STRANGER, n), content: value }),
      );
    }
    expect(verdict.kind).toBe("full");
    expect((n - 1) * 40_000).toBeLessThanOrEqual(MAX_SIZE.marks);
    expect(n * 40_000).toBeGreaterThan(MAX_SIZE.marks);
    draw(contact, 2);
    expect(bring(contact, device).map(({ kind }) => kind)).toEqual(["ready"]);
    expect(device.board.board.items().length).toBe(2);
  });

  test("of new sessions end where the board is full; those that it has go on", () => {
    const device = createDevice(5);
    const contact = createDevice(6);
    draw(contact, 1);
    bring(contact, device);
    const kinds: string[] = [];
    for (let i = 0; i * 1000 < MAX_SIZE.sessions + 1000; i++) {
      const sections = Array.from({ length: 1000 }, (_, k) => {
        const client = 10_000 + i * 1000 + k;
        const mark = { parent: "marks", key: markKey(client, 0), content: content.binary(new Uint8Array(1)) };
        return { client, clock: 0, structs: [mark] };
      });
      kinds.push(device.admit(encodeRaw({ sections, deletions: [] })).kind);
    }
    expect(kinds.at(-1)).toBe("full");
    expect(kinds.filter((kind) => kind === "ready").length).toBe(Math.floor(MAX_SIZE.sessions / 1000));
    expect(device.doc.store.clients.size).toBeLessThanOrEqual(MAX_SIZE.sessions);
    draw(contact, 2);
    expect(bring(contact, device).map(({ kind }) => kind)).toEqual(["ready"]);
  });

  test("are counted as they came: what the guard adds up is what is there", () => {
    const lab = createLab();
    const start = createDevice(LATE_STRANGER);
    let sum = sizeOf(start.doc);
    for (const verdict of bring(lab.page, start, 100)) {
      if (verdict.kind === "ready") sum = addSize(sum, verdict.size);
    }
    const counted = sizeOf(start.doc);
    // Runs that Yjs merges are fewer writes afterwards.
    expect({ ...sum, writes: 0 }).toEqual({ ...counted, writes: 0 });
    expect(sum.writes).toBeGreaterThanOrEqual(counted.writes);
  });

  test.each(Object.keys(MAX_SIZE) as (keyof Size)[])("of %s are noticed", (what) => {
    expect(isOver(MAX_SIZE)).toBe(false);
    expect(isOver({ ...MAX_SIZE, [what]: MAX_SIZE[what] + 1 })).toBe(true);
  });

  test("of rubbish cost little and leave nothing", () => {
    const lab = createLab();
    const prng = createPrng(9);
    const updates = Array.from({ length: 300 }, () =>
      Uint8Array.from({ length: 60_000 }, () => prng.below(256)),
    );
    expect(costliest(lab.page, updates).steps).toBeLessThan(MAX_STEPS);
    expectAlive(lab);
  });
});
