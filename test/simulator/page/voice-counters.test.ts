/*
 * What the simulator counts of voice, against what its people said and would have heard.
 */
import { describe, expect, test } from "vitest";
import { createVoiceCounters } from "../../../src/simulator/page/voice-counters.ts";
import type { VoiceCounts } from "../../../src/simulator/page/voice-counters.ts";
import { callAll, createCallRoom } from "../../support/callers.ts";
import type { CallRoom } from "../../support/callers.ts";

interface Counted {
  readonly room: CallRoom;
  of(name: string): VoiceCounts;
  /** Packets that were played, and that were made up. */
  heard(name: string): { readonly real: number; readonly madeUp: number };
}

async function openCall(options: Parameters<typeof createCallRoom>[0]): Promise<Counted> {
  const room = createCallRoom(options);
  const counters = createVoiceCounters();
  room.world.onEvent((event) => counters.count(event));
  await callAll(room);
  return {
    room,
    of: (name) => counters.of(name, room.clock.now()),
    heard(name) {
      const { heard } = room.caller(name);
      const real = heard.filter(({ saidAt }) => saidAt !== undefined).length;
      return { real, madeUp: heard.length - real };
    },
  };
}

/** The app decides every 30 ms, and not when these are counted. */
const CLOSE = 2;
const PAIR = { seed: 1, names: ["ann", "bo"], network: { latency: 80, jitter: 0 } };

describe("the simulator's counters of voice", () => {
  test("have all that was said and heard, and its characters", async () => {
    const { room, of, heard } = await openCall(PAIR);
    expect(of("ann")).toEqual({ sent: 0, lost: 0, heard: 0, late: 0, concealed: 0, chars: 0 });
    room.caller("ann").talks = true;
    await room.clock.advance(10_000);
    expect(of("ann").chars).toBeGreaterThan(2000);
    expect(Math.abs(of("ann").chars - room.voice("ann").cost())).toBeLessThan(1000);
    room.caller("ann").talks = false;
    await room.clock.advance(3000);
    const { sent, ...rest } = of("ann");
    // With what follows the last word.
    expect(Math.abs(sent - 520)).toBeLessThan(5);
    expect(rest).toEqual({ lost: 0, heard: 0, late: 0, concealed: 0, chars: 0 });
    expect(sent - heard("bo").real).toBeLessThanOrEqual(CLOSE);
    const bo = of("bo");
    expect(bo.heard + bo.late).toBe(sent);
    expect(bo.late).toBeLessThanOrEqual(CLOSE);
  });

  test.each([1, 2, 3])("tell what the network does to it, with seed %d", async (seed) => {
    const { room, of, heard } = await openCall({ ...PAIR, seed });
    room.world.network.configure({ loss: 0.2, jitter: 300, reordering: 0.05 });
    room.caller("ann").talks = true;
    await room.clock.advance(30_000);
    room.caller("ann").talks = false;
    await room.clock.advance(3000);
    const { real, madeUp } = heard("bo");
    const { sent, lost } = of("ann");
    const bo = of("bo");
    expect(lost / sent).toBeGreaterThan(0.1);
    expect(lost / sent).toBeLessThan(0.3);
    expect(Math.abs(bo.heard - real)).toBeLessThan(0.03 * real);
    expect(Math.abs(bo.concealed - madeUp)).toBeLessThan(0.15 * madeUp + 5);
    expect(bo.concealed).toBeGreaterThan(20);
    expect(bo.late).toBeGreaterThan(0);
    expect(bo.heard + bo.late).toBeLessThanOrEqual(sent - lost);
  });

  test("count each listener of a group, and none who is not in the call", async () => {
    const names = ["ann", "bo", "cy"];
    const { room, of, heard } = await openCall({ ...PAIR, names, host: "next", kind: "group" });
    room.voice("cy").end();
    await room.clock.advance(3000);
    room.caller("ann").talks = true;
    await room.clock.advance(5000);
    room.world.network.block("ann", "bo");
    await room.clock.advance(2000);
    const { sent, lost } = of("ann");
    expect(sent).toBeGreaterThan(300);
    expect(lost).toBeGreaterThan(80);
    expect(lost).toBeLessThan(120);
    expect(of("cy")).toMatchObject({ sent: 0, heard: 0 });
    expect(Math.abs(of("bo").heard - heard("bo").real)).toBeLessThanOrEqual(CLOSE);
    // What was counted stays when the call is over.
    room.voice("ann").end();
    await room.clock.advance(10_000);
    expect(Math.abs(of("bo").heard - heard("bo").real)).toBeLessThanOrEqual(CLOSE);
    expect(of("ann")).toMatchObject({ sent, chars: 0 });
  });

  test("know nothing of other apps' messages", () => {
    const counters = createVoiceCounters();
    const packet = { packet: 1, kind: "data", from: "a", to: "b", bytes: 5, at: 0 } as const;
    for (const text of ["", "hello", "{}", "QUJD", "Rw=="])
      for (const type of ["sent", "dropped"] as const) counters.count({ ...packet, type, text });
    counters.count({ ...packet, type: "delivered", page: 1, text: "hello" });
    expect(counters.of("a", 1)).toMatchObject({ sent: 0, lost: 0, chars: 0 });
  });
});
