import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createHeartbeat } from "../../../src/sync/sending/heartbeat.ts";

function createHeart(seed = 1, crowd = 1, isBehind = () => false) {
  const clock = createSimulatedClock();
  const beats: { at: number; next: number }[] = [];
  const heartbeat = createHeartbeat({
    clock,
    random: createPrng(seed),
    crowd,
    isBehind,
    beat: (next) => beats.push({ at: clock.now(), next }),
  });
  return { clock, beats, heartbeat };
}

describe("[S6] signs of life", () => {
  test("get rarer while nothing changes, and say when the next one is due", async () => {
    const { clock, beats, heartbeat } = createHeart();
    heartbeat.start();
    await clock.advance(600_000);
    for (let i = 1; i < beats.length; i++) {
      expect(beats[i]!.at - beats[i - 1]!.at).toBeLessThanOrEqual(beats[i - 1]!.next * 1000);
    }
    const lastMinutes = beats.filter(({ at }) => at > 300_000);
    expect(lastMinutes.length).toBeLessThanOrEqual(15);
    expect(lastMinutes.length).toBeGreaterThanOrEqual(8);
  });

  test("do not get rarer while the contact is not known to have everything", async () => {
    let behind = true;
    const { clock, beats, heartbeat } = createHeart(1, 1, () => behind);
    heartbeat.start();
    await clock.advance(120_000);
    expect(beats.length).toBeGreaterThanOrEqual(20);
    behind = false;
    await clock.advance(120_000);
    beats.length = 0;
    await clock.advance(120_000);
    expect(beats.length).toBeLessThanOrEqual(6);
  });

  test("get rare after three minutes without a change, whatever the contact has", async () => {
    const { clock, beats, heartbeat } = createHeart(1, 1, () => true);
    heartbeat.start();
    heartbeat.traffic();
    await clock.advance(360_000);
    beats.length = 0;
    await clock.advance(120_000);
    expect(beats.length).toBeLessThanOrEqual(6);
  });

  test("come 1.2 s after changes stopped, and about every 5 s while they go on", async () => {
    const { clock, beats, heartbeat } = createHeart();
    heartbeat.start();
    await clock.advance(200_000);
    beats.length = 0;
    const from = clock.now();
    for (let i = 0; i < 300; i++) {
      heartbeat.traffic();
      await clock.advance(100);
    }
    expect(beats.length).toBeGreaterThanOrEqual(5);
    expect(beats.length).toBeLessThanOrEqual(8);
    beats.length = 0;
    const stopped = from + 299 * 100;
    await clock.advance(2000);
    expect(beats.map(({ at }) => at)).toContain(stopped + 1200);
  });

  test("stop, and a change does not start them again", async () => {
    const { clock, beats, heartbeat } = createHeart();
    heartbeat.start();
    heartbeat.stop();
    heartbeat.traffic();
    await clock.advance(100_000);
    expect(beats).toEqual([]);
  });

  test("come faster while messages are lost, among many less so, and then ever slower again", async () => {
    const firstAfterHurry = async (crowd: number): Promise<number> => {
      const { clock, beats, heartbeat } = createHeart(1, crowd);
      heartbeat.start();
      await clock.advance(200_000);
      beats.length = 0;
      const from = clock.now();
      heartbeat.hurry();
      await clock.advance(60_000);
      const gaps = beats.slice(1).map(({ at }, i) => at - beats[i]!.at);
      expect(gaps.at(-1)).toBeGreaterThan(gaps[0]!);
      for (let i = 1; i < beats.length; i++)
        expect(beats[i]!.at - beats[i - 1]!.at).toBeLessThanOrEqual(beats[i - 1]!.next * 1000);
      return beats[0]!.at - from;
    };
    const ofTwo = await firstAfterHurry(1);
    expect(ofTwo).toBeGreaterThanOrEqual(1200);
    expect(ofTwo).toBeLessThanOrEqual(1800);
    expect(await firstAfterHurry(6)).toBe(ofTwo);
    const ofThirteen = await firstAfterHurry(12);
    expect(ofThirteen).toBeGreaterThanOrEqual(2400);
    expect(ofThirteen).toBeLessThanOrEqual(3600);
    const ofHundred = await firstAfterHurry(99);
    expect(ofHundred).toBeGreaterThanOrEqual(4000);
    expect(ofHundred).toBeLessThanOrEqual(6000);
  });

  test("of two pages do not stay together", async () => {
    const [a, b] = [createHeart(1), createHeart(2)];
    for (const { heartbeat, clock } of [a, b]) {
      heartbeat.start();
      await clock.advance(60_000);
    }
    expect(a.beats.map(({ at }) => at)).not.toEqual(b.beats.map(({ at }) => at));
  });
});
