/*
 * Storage that fails in the ways of a device: a board is drawn on, the messenger dies, and what is found when it is
 * opened again is compared with what was drawn.
 */
import { BOARD, createDevice } from "../board/storage/journal-device.ts";

type Device = ReturnType<typeof createDevice>;

/** What is safe by then: each head is written every two seconds, and by the host up to two seconds later. */
const SAFE_MS = 5500;
const LIVES = 8;

export interface FaultRuns {
  readonly runs: number;
  readonly strokes: number;
  /** Strokes that were lost although they were safe. */
  readonly lost: number;
  /** Openings that told of a loss. */
  readonly told: number;
}

/** Happens when the page is gone; says how many milliseconds of the past are gone, too. */
export type Fault = (device: Device) => number;

export const FAULTS: Readonly<Record<string, Fault>> = {
  "killed, files torn"(device) {
    device.storage.files.kill("chance");
    return 0;
  },
  "rolled back by up to 20 s"(device) {
    device.storage.files.kill("none");
    const ms = device.prng.below(20_000);
    device.storage.files.rollback(ms);
    return ms;
  },
  "one value damaged"(device) {
    device.storage.files.kill("none");
    change(device, (value) => {
      const at = device.prng.below(value.length);
      return value.map((byte, i) => (i === at ? byte ^ (1 + device.prng.below(255)) : byte));
    });
    return 0;
  },
  "one value empty"(device) {
    device.storage.files.kill("none");
    change(device, () => new Uint8Array(0));
    return 0;
  },
  "two values swapped"(device) {
    device.storage.files.kill("none");
    const { storage, prng } = device;
    const values = mainValues(device);
    if (values.length < 2) return 0;
    const [one, other] = [values[prng.below(values.length)]!, values[prng.below(values.length)]!];
    // Of one thing both twins gone is more than one fault.
    if (thingOf(one) === thingOf(other)) return 0;
    const [a, b] = [one, other].map((name) => name.split("/") as [string, string]) as [Name, Name];
    const kept = storage.files.get(...a)!;
    storage.files.set(...a, storage.files.get(...b)!);
    storage.files.set(...b, kept);
    return 0;
  },
};

type Name = [table: string, key: string];

function mainValues({ storage }: Device): string[] {
  return storage.values().filter((name) => !name.startsWith(`${BOARD}-x`));
}

function thingOf(name: string): string {
  return name.replace(/(-h)\d|(-r\d)[ab]/, "$1$2");
}

function change(device: Device, how: (value: Uint8Array) => Uint8Array): void {
  const values = mainValues(device);
  if (values.length === 0) return;
  const name = values[device.prng.below(values.length)]!.split("/") as Name;
  device.storage.files.set(...name, how(device.storage.files.get(...name)!));
}

export async function runFaults(fault: Fault, runs: number): Promise<FaultRuns> {
  let [strokes, lost, told] = [0, 0, 0];
  for (let seed = 1; seed <= runs; seed++) {
    const device = createDevice(seed);
    let drawn: { what: string; at: number }[] = [];
    /** What was drawn until then is safe. */
    let safeUntil = -Infinity;
    for (let life = 0; life < LIVES; life++) {
      const page = await device.open();
      const seen = new Set(page.seen());
      lost += drawn.filter(({ what, at }) => at < safeUntil && !seen.has(what)).length;
      if (page.report.damaged) told++;
      drawn = drawn.filter(({ what }) => seen.has(what));
      // By then a twin that was damaged in the life before is made good: one fault at a time.
      const end = device.clock.now() + 45_000 + device.prng.below(30_000);
      while (device.clock.now() < end) {
        const numbers = Array.from({ length: 1 + device.prng.below(60) }, () => device.prng.uint32());
        const what = `${strokes++}:${numbers.join("")}`;
        page.draw(what);
        drawn.push({ what, at: device.clock.now() });
        await device.clock.advance(device.prng.chance(0.1) ? 15_000 : device.prng.below(1500));
      }
      device.kill(page);
      safeUntil = device.clock.now() - SAFE_MS;
      safeUntil -= fault(device);
    }
  }
  return { runs, strokes, lost, told };
}
