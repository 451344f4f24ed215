/*
 * What an update costs the guard and Yjs, in steps, and the writes that are made to cost most.
 */
import type { Device } from "./lab.ts";
import { content, encodeRaw, section } from "./raw-update.ts";
import type { RawSection, RawStruct } from "./raw-update.ts";
import { stroke } from "./raw-writes.ts";
import { useStepCounter } from "./steps.ts";

/**
 * Far below what any of these takes where the cost grows with the square. The command fuzz:guard, which
 * runs alone, holds each message to 250 ms.
 */
export const MAX_STEPS = 1_000_000;

export const after = (client: number, clock: number): RawStruct => ({
  origin: { client, clock },
  content: content.text(),
});

/** `count` empty strokes of one session, each after the one before, in messages of `size`. */
export function* chain(client: number, count: number, size = 2000): Generator<Uint8Array> {
  for (let clock = 0; clock < count; clock += size) {
    const structs = Array.from({ length: Math.min(size, count - clock) }, (_, i) =>
      clock + i === 0 ? stroke() : after(client, clock + i - 1),
    );
    yield section(client, clock, ...structs);
  }
}

/** Each struct in a session of its own. */
export function alone(structs: readonly RawStruct[], firstClient: number): Uint8Array {
  const sections: RawSection[] = structs.map((struct, i) => ({
    client: firstClient + structs.length - i,
    clock: 0,
    structs: [struct],
  }));
  return encodeRaw({ sections, deletions: [] });
}

interface Cost {
  /** The most that one of the updates took. */
  readonly steps: number;
  /** How often the guard said what. */
  readonly kinds: Map<string, number>;
}

/** Counts in the tests of a file; returns what tells the cost of the updates that it hands to a device. */
export function useCostliest(): (device: Device, updates: Iterable<Uint8Array>) => Cost {
  const stepsSoFar = useStepCounter();
  return (device, updates) => {
    let steps = 0;
    const kinds = new Map<string, number>();
    for (const update of updates) {
      const from = stepsSoFar();
      const { kind } = device.admit(update);
      steps = Math.max(steps, stepsSoFar() - from);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    return { steps, kinds };
  };
}
