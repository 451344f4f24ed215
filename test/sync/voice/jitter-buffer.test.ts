import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AHEAD_MS, createJitterBuffer, PACKET_MS } from "../../../src/sync/voice/jitter-buffer.ts";
import type { JitterBuffer, Playout } from "../../../src/sync/voice/jitter-buffer.ts";

const BUNDLE = 12;
const bundleAt = (first: number, count = BUNDLE): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => Uint8Array.of(first + i, (first + i) >> 8));
const numberOf = ({ packet }: Playout): number | undefined => packet && packet[0]! + packet[1]! * 256;

/** Bundles that come at these times; what is played, looked at every 30 ms and 60 ms ahead. */
function play(
  buffer: JitterBuffer,
  arrivals: readonly { readonly at: number; readonly first: number; readonly count?: number }[],
  until: number,
): Playout[] {
  const out: Playout[] = [];
  const waiting = [...arrivals].sort((a, b) => a.at - b.at);
  for (let now = 0; now <= until; now += 5) {
    while (waiting[0] && waiting[0].at <= now) {
      const { first, count } = waiting.shift()!;
      buffer.push(first, bundleAt(first, count), now);
    }
    if (now % 30 === 0) out.push(...buffer.take(now + AHEAD_MS));
  }
  return out;
}

/** From one packet to the next. */
const gaps = (out: readonly Playout[]): number[] => out.slice(1).map(({ at }, i) => at - out[i]!.at);

/** Said without a pause from 0 on; each comes so long after its last packet was said. */
const steady = (bundles: number, delay: (n: number) => number) =>
  Array.from({ length: bundles }, (_, n) => ({
    first: n * BUNDLE,
    at: (n + 1) * BUNDLE * PACKET_MS + delay(n),
  }));

describe("[S21] the jitter buffer", () => {
  test("plays all packets in their order, 20 ms each, where none is late", () => {
    const buffer = createJitterBuffer();
    const out = play(
      buffer,
      steady(20, () => 80),
      6000,
    );
    const real = out.filter(({ packet }) => packet);
    expect(real.map(numberOf)).toEqual(Array.from({ length: 240 }, (_, i) => i));
    for (const [i, { at }] of real.entries()) expect(at - real[0]!.at).toBe(i * PACKET_MS);
    expect(buffer.counts()).toMatchObject({ played: 240, late: 0 });
    // The bundle itself, and little more.
    expect(buffer.delay()).toBeLessThanOrEqual(BUNDLE * PACKET_MS + AHEAD_MS + 20);
  });

  test("waits longer where bundles come unevenly, and less again when they do not", () => {
    const buffer = createJitterBuffer();
    const uneven = steady(40, (n) => (n % 5 === 3 ? 300 : 50));
    const calm = steady(140, () => 50).slice(40);
    play(buffer, uneven, 40 * BUNDLE * PACKET_MS);
    const before = buffer.counts();
    expect(buffer.delay()).toBeGreaterThan(BUNDLE * PACKET_MS + 250);
    // One that is so late comes after the next one.
    expect(before.late).toBeLessThan(30);
    const rest = createJitterBuffer();
    play(rest, [...uneven, ...calm], 140 * BUNDLE * PACKET_MS);
    expect(rest.delay()).toBeLessThan(BUNDLE * PACKET_MS + 150);
  });

  test("makes up what is lost, three packets at most in a row, and goes on in time", () => {
    const buffer = createJitterBuffer();
    const arrivals = steady(10, () => 80).filter((_, n) => n !== 4);
    const out = play(buffer, arrivals, 4000);
    expect(out.filter(({ packet }) => packet)).toHaveLength(9 * BUNDLE);
    const made = out.filter(({ packet }) => !packet).length;
    // In the gap, and after the last.
    expect(made).toBe(6);
    const after = out.find((each) => numberOf(each) === 5 * BUNDLE)!;
    const before = out.find((each) => numberOf(each) === 4 * BUNDLE - 1)!;
    expect(after.at - before.at).toBeGreaterThanOrEqual((BUNDLE + 1) * PACKET_MS);
  });

  test("drops what comes after its time, and what comes twice", () => {
    const buffer = createJitterBuffer();
    const all = steady(10, () => 80);
    const again = all.map(({ at, first }) => ({ at: at + 100, first }));
    const late = { first: 2 * BUNDLE, at: 8 * BUNDLE * PACKET_MS };
    const out = play(
      buffer,
      [...all.filter((_, n) => n !== 2), ...again.filter((_, n) => n !== 2), late],
      5000,
    );
    const numbers = out.map(numberOf).filter((each) => each !== undefined);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(numbers).toHaveLength(9 * BUNDLE);
  });

  test("keeps pauses, and begins anew after one with the delay that is needed by then", () => {
    const buffer = createJitterBuffer();
    const before = steady(10, (n) => (n === 1 ? 300 : 50));
    const pause = 500;
    const after = Array.from({ length: 60 }, (_, n) => ({
      first: 120 + pause + n * BUNDLE,
      at: (120 + pause + (n + 1) * BUNDLE) * PACKET_MS + 50,
    }));
    const out = play(buffer, [...before, ...after], 40_000);
    const numbers = out.map(numberOf);
    expect(numbers).toContain(119);
    expect(numbers).toContain(120 + pause);
    expect(Math.min(...gaps(out))).toBeGreaterThanOrEqual(PACKET_MS);
  });

  test("never plays anything twice, out of order, or two at a time, whatever comes", () => {
    const arrival = fc.record({
      at: fc.integer({ min: 0, max: 8000 }),
      first: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constantFrom(0, 2 ** 16, 2 ** 32 - 1, 2 ** 31)),
      count: fc.integer({ min: 1, max: 32 }),
    });
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 60 }), (arrivals) => {
        const out = play(createJitterBuffer(), arrivals, 12_000);
        expect(out.every(({ at }) => Number.isFinite(at))).toBe(true);
        expect(Math.min(...gaps(out), PACKET_MS)).toBe(PACKET_MS);
        expect(out.length).toBeLessThan(12_000 / PACKET_MS + arrivals.length * 40);
      }),
      { numRuns: 200 },
    );
  });
});
