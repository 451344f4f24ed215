import { describe, expect, test } from "vitest";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createSpeakers } from "../../../src/sync/voice/speakers.ts";

const said = (first: number) => ({ first, packets: Array.from({ length: 12 }, () => new Uint8Array(40)) });

describe("[S21] speakers", () => {
  test("are heard four at once, and a fifth when one of them is silent", async () => {
    const clock = createSimulatedClock();
    const speakers = createSpeakers(clock);
    for (const name of ["a", "b", "c", "d", "e"]) expect(speakers.receive(name, said(0))).toBe(true);
    expect(speakers.talking()).toBe(4);
    expect(speakers.isTalking("e")).toBe(false);
    expect([...speakers.take(10_000).keys()]).toEqual(["a", "b", "c", "d"]);
    await clock.advance(500);
    for (const name of ["b", "c", "d"]) speakers.receive(name, said(25));
    await clock.advance(300);
    speakers.receive("e", said(40));
    expect(speakers.isTalking("e")).toBe(true);
    speakers.keep(new Set(["e"]));
    expect(speakers.talking()).toBe(1);
  });
});
