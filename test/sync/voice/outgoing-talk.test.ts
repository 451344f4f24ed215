import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createOutgoingTalk } from "../../../src/sync/voice/outgoing-talk.ts";

const LOUD = 0.2;
const QUIET = 0.002;

function record(isGroup = false, isHeld = () => false) {
  const clock = createSimulatedClock();
  const talk = createOutgoingTalk(clock, isGroup, isHeld);
  return {
    clock,
    talk,
    isDue: (): boolean => (talk.dueAt() ?? Infinity) <= clock.now(),
    async say(count: number, level: number, bytes = 40): Promise<void> {
      for (let i = 0; i < count; i++) {
        talk.add(new Uint8Array(bytes), level);
        await clock.advance(20);
      }
    },
  };
}

describe("[S21] what a person says", () => {
  test.each([
    [false, 12],
    [true, 15],
  ])("is bundled; in a group: %s, so many packets: %d", async (isGroup, count) => {
    const { talk, isDue, say } = record(isGroup);
    await say(count - 1, LOUD);
    expect(isDue()).toBe(false);
    await say(1, LOUD);
    expect(isDue()).toBe(true);
    expect(talk.take()).toMatchObject({ first: 0 });
    await say(count, LOUD);
    expect(talk.take()).toMatchObject({ first: count, packets: { length: count } });
  });

  test.each([
    [false, 6],
    [true, 8],
  ])(
    "goes along with a message that leaves anyway, in a group: %s, from %d packets on",
    async (isGroup, count) => {
      const { talk, isDue, say } = record(isGroup);
      await say(count - 1, LOUD);
      expect(talk.isWorthwhile()).toBe(false);
      await say(1, LOUD);
      expect([talk.isWorthwhile(), isDue()]).toEqual([true, false]);
      expect(talk.take()?.packets).toHaveLength(count);
      expect(talk.isWorthwhile()).toBe(false);
    },
  );

  test("waits while it is heard in another way, and then the last 0.7 s leave", async () => {
    let isHeld = true;
    const { talk, isDue, say } = record(false, () => isHeld);
    await say(100, LOUD);
    expect(isDue()).toBe(false);
    expect(talk.take()).toBeUndefined();
    isHeld = false;
    expect(isDue()).toBe(true);
    expect(talk.take()?.first).toBeGreaterThanOrEqual(100 - 35);
  });

  test("is silence where it is quiet, however loud the room is, and steady noise is not", async () => {
    const { talk, say } = record();
    for (const level of [0, QUIET, 0.01, 0.03]) {
      await say(200, level);
      talk.clear();
      await say(100, level);
      expect(talk.take(), String(level)).toBeUndefined();
    }
    await say(2, LOUD);
    // With what was before it.
    expect(talk.take()?.packets).toHaveLength(5);
    expect(talk.isTalking()).toBe(true);
  });

  test("ends with what follows the last word, which waits for no more; numbers count silence", async () => {
    const { talk, isDue, say } = record();
    await say(5, LOUD);
    await say(60, QUIET);
    expect(isDue()).toBe(true);
    let packets = 0;
    for (let bundle = talk.take(); bundle; bundle = talk.take()) packets += bundle.packets.length;
    expect(packets).toBeLessThan(25);
    expect(talk.isTalking()).toBe(false);
    await say(3, LOUD);
    expect(talk.take()?.first).toBe(62);
  });

  test("is dropped when it is late", async () => {
    const { clock, talk, say } = record();
    await say(12, LOUD);
    await clock.advance(1000);
    expect(talk.take()).toBeUndefined();
    await say(100, LOUD);
    const bundle = talk.take()!;
    expect(bundle.first).toBeGreaterThan(70);
  });

  test("has so many packets in one frame", async () => {
    const { talk, say } = record();
    await say(30, LOUD);
    expect(talk.take()?.packets).toHaveLength(LIMITS.voicePackets.writes);
    expect(talk.take()?.packets).toHaveLength(15);
  });

  test("leaves out packets that are too long", async () => {
    const { talk, say } = record();
    await say(3, LOUD);
    await say(1, LOUD, LIMITS.voicePacketBytes.writes + 1);
    await say(3, LOUD, LIMITS.voicePacketBytes.writes);
    expect(talk.take()).toMatchObject({ first: 0, packets: { length: 3 } });
    expect(talk.take()).toMatchObject({ first: 4, packets: { length: 3 } });
  });
});
