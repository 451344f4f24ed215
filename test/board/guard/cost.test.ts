import { describe, expect, test } from "vitest";
import { markKey, undoneKey } from "../../../src/board/document/marks.ts";
import { after, alone, chain, MAX_STEPS, useCostliest } from "./costs.ts";
import { bring, createDevice, draw, labelKey, STRANGER } from "./lab.ts";
import type { Device } from "./lab.ts";
import { content, encodeRaw, section } from "./raw-update.ts";
import type { RawStruct } from "./raw-update.ts";
import { stroke } from "./raw-writes.ts";

const costliest = useCostliest();

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
