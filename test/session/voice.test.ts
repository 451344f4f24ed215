/*
 * Calls between people behind the simulated messenger: who rings, who is in, and how it ends, whatever is lost.
 */
import { describe, expect, test } from "vitest";
import { inkLatency } from "../bench/ink-latency.ts";
import { callAll, createCallRoom, gather } from "../support/callers.ts";
import type { CallRoom } from "../support/callers.ts";

const PAIR = { seed: 1, names: ["ann", "bo"] };

async function openPair(options: Partial<Parameters<typeof createCallRoom>[0]> = {}): Promise<CallRoom> {
  const room = createCallRoom({ ...PAIR, ...options });
  await gather(room);
  return room;
}

const phases = (room: CallRoom): unknown[] => room.names.map((name) => room.voice(name).phase());
const microphones = (room: CallRoom): boolean[] => room.names.map((name) => room.caller(name).isOpen());

describe("[S21] a call", () => {
  test("opens a microphone by a press on that side alone", async () => {
    const room = await openPair();
    expect([phases(room), microphones(room)]).toEqual([
      ["idle", "idle"],
      [false, false],
    ]);
    room.voice("ann").press();
    await room.clock.advance(1000);
    expect([phases(room), microphones(room)]).toEqual([
      ["ringing", "rung"],
      [true, false],
    ]);
    expect(room.voice("bo").by()).toBe("ann");
    room.voice("bo").press();
    await room.clock.advance(1000);
    expect([phases(room), microphones(room)]).toEqual([
      ["talking", "talking"],
      [true, true],
    ]);
    room.voice("bo").end();
    await room.clock.advance(1000);
    expect([phases(room), microphones(room)]).toEqual([
      ["idle", "idle"],
      [false, false],
    ]);
    expect([room.told("ann"), room.told("bo")]).toEqual([["ended bo"], []]);
  });

  test.each([1, 2, 3, 4, 5, 6])("is taken although frames are lost, with seed %d", async (seed) => {
    const room = await openPair({ seed, network: { loss: 0.4, duplication: 0.3, jitter: 300 } });
    room.voice("ann").press();
    expect(await room.clock.runUntil(() => room.voice("bo").phase() === "rung", 29_000)).toBe(true);
    room.voice("bo").press();
    const areIn = (): boolean => room.names.every((name) => room.voice(name).members().length === 1);
    expect(await room.clock.runUntil(areIn, 20_000)).toBe(true);
    room.voice("ann").end();
    expect(await room.clock.runUntil(() => room.voice("bo").phase() === "idle", 20_000)).toBe(true);
    expect(microphones(room)).toEqual([false, false]);
    await room.clock.advance(60_000);
    expect(phases(room)).toEqual(["idle", "idle"]);
  });

  test.each([1, 2, 3, 4])("that both press for at once is one, with seed %d", async (seed) => {
    const room = await openPair({ seed, network: { loss: 0.3, latency: 400 } });
    room.voice("ann").press();
    room.voice("bo").press();
    const areIn = (): boolean => room.names.every((name) => room.voice(name).members().length === 1);
    expect(await room.clock.runUntil(areIn, 20_000)).toBe(true);
    room.caller("ann").talks = true;
    await room.clock.runUntil(() => room.caller("bo").heard.length > 0, 10_000);
    room.voice("bo").end();
    expect(await room.clock.runUntil(() => room.voice("ann").phase() === "idle", 20_000)).toBe(true);
  });

  test("that is declined says so, and the same person's next does not ring for a while", async () => {
    const room = await openPair();
    room.voice("ann").press();
    await room.clock.advance(1000);
    room.voice("bo").decline();
    await room.clock.advance(1000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    expect([room.told("ann"), room.told("bo")]).toEqual([["declined bo"], []]);
    room.voice("ann").press();
    await room.clock.advance(5000);
    expect(room.voice("bo").phase()).toBe("idle");
    room.voice("ann").end();
    await room.clock.advance(30_000);
    room.voice("ann").press();
    await room.clock.advance(1000);
    expect(room.voice("bo").phase()).toBe("rung");
  });

  test("that nobody takes ends, and is told as missed", async () => {
    const room = await openPair();
    room.voice("ann").press();
    await room.clock.advance(45_000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    expect([room.told("ann"), room.told("bo")]).toEqual([["unanswered bo"], ["missed ann"]]);
    expect(microphones(room)).toEqual([false, false]);
  });

  test("is told as missed when who was away comes back, once", async () => {
    const room = await openPair();
    room.kill("bo");
    await room.clock.advance(60_000);
    room.voice("ann").press();
    await room.clock.advance(40_000);
    expect(room.told("ann")).toEqual(["unanswered bo"]);
    room.open("bo");
    await room.ready();
    await room.clock.advance(20_000);
    expect(room.told("bo")).toEqual(["missed ann"]);
  });

  test("is missed while the page is hidden, and told there", async () => {
    const room = await openPair();
    room.at("bo").session.hide();
    await room.clock.advance(1000);
    room.voice("ann").press();
    await room.clock.advance(40_000);
    room.at("bo").session.show();
    await room.clock.advance(20_000);
    expect(room.told("bo")).toEqual(["missed ann"]);
    expect(room.caller("bo").isOpen()).toBe(false);
  });

  test("ends for both when a page is hidden, and its microphone is closed at once", async () => {
    const room = createCallRoom(PAIR);
    await callAll(room);
    room.at("bo").session.hide();
    expect(room.caller("bo").isOpen()).toBe(false);
    await room.clock.advance(2000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    expect(microphones(room)).toEqual([false, false]);
    // Each is told, the one who was away on return.
    expect([room.told("ann"), room.told("bo")]).toEqual([["ended bo"], []]);
    room.at("bo").session.show();
    await room.clock.advance(2000);
    expect([room.told("ann"), room.told("bo")]).toEqual([["ended bo"], ["ended ann"]]);
    expect(microphones(room)).toEqual([false, false]);
  });

  test.each(["kill", "back", "leave"] as const)("ends when the contact's page is gone: %s", async (how) => {
    const room = createCallRoom(PAIR);
    await callAll(room);
    room[how]("bo");
    expect(await room.clock.runUntil(() => room.voice("ann").phase() === "idle", 10_000)).toBe(true);
    expect(room.told("ann")).toEqual(["ended bo"]);
    expect(room.caller("ann").isOpen()).toBe(false);
  });

  test("is over for a page that was opened anew, and rings there like any other", async () => {
    const room = createCallRoom(PAIR);
    await callAll(room);
    room.kill("bo");
    room.open("bo");
    await room.ready();
    expect(await room.clock.runUntil(() => room.voice("ann").phase() === "idle", 10_000)).toBe(true);
    room.voice("ann").press();
    expect(await room.clock.runUntil(() => room.voice("bo").phase() === "rung", 10_000)).toBe(true);
    expect(room.caller("bo").isOpen()).toBe(false);
  });

  test("cannot be made to a page without sound, which says that it is busy", async () => {
    const room = await openPair({ deaf: ["bo"] });
    expect(room.voice("bo").phase()).toBeUndefined();
    room.voice("ann").press();
    await room.clock.advance(3000);
    expect(room.told("ann")).toEqual(["declined bo"]);
  });

  test("of the messenger's own takes the place of ours", async () => {
    const room = createCallRoom(PAIR);
    await callAll(room);
    room.host("bo").displayCallBar("1", "Ann", 0);
    expect(room.voice("bo").outside()).toBe("Ann");
    await room.clock.advance(1000);
    expect([phases(room), microphones(room)]).toEqual([
      ["idle", "idle"],
      [false, false],
    ]);
    room.voice("bo").press();
    room.voice("ann").press();
    await room.clock.advance(3000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    expect(room.told("ann")).toEqual(["ended bo", "declined bo"]);
    room.host("bo").hideCallBar();
    expect(room.voice("bo").outside()).toBeUndefined();
    room.voice("ann").press();
    await room.clock.advance(3000);
    expect(room.voice("bo").phase()).toBe("rung");
  });

  test.each(["refused", "missing"] as const)(
    "can be listened to where the microphone is %s",
    async (state) => {
      const room = await openPair();
      room.caller("bo").answers = state;
      room.voice("ann").press();
      await room.clock.advance(1000);
      room.voice("bo").press();
      await room.clock.advance(1000);
      expect(room.voice("bo").microphone()).toBe(state);
      room.caller("ann").talks = true;
      await room.clock.advance(3000);
      expect(room.caller("bo").heard.length).toBeGreaterThan(100);
      // It may be there by now: pressing the button of the microphone asks again.
      room.caller("bo").answers = "open";
      room.voice("bo").setMuted(false);
      await room.clock.advance(100);
      expect(room.voice("bo").microphone()).toBe("open");
      room.caller("bo").take(true);
      expect([room.voice("bo").microphone(), room.voice("bo").level()]).toEqual(["taken", 0]);
      room.caller("bo").take(false);
      expect(room.voice("bo").microphone()).toBe("open");
      room.caller("bo").lose();
      expect(room.voice("bo").microphone()).toBe("lost");
      // Unplugged, it does not come back by itself, nor by a phone call that ends.
      room.caller("bo").take(false);
      expect(room.voice("bo").microphone()).toBe("lost");
      room.voice("bo").setMuted(false);
      await room.clock.advance(100);
      expect(room.voice("bo").microphone()).toBe("open");
      expect(phases(room)).toEqual(["talking", "talking"]);
    },
  );

  test("of a group goes on while anybody is in it, and who left may come back", async () => {
    const room = createCallRoom({ seed: 1, names: ["ann", "bo", "cy"], host: "next", kind: "group" });
    await callAll(room);
    room.voice("ann").end();
    await room.clock.advance(3000);
    expect(phases(room)).toEqual(["idle", "talking", "talking"]);
    expect(room.voice("ann").isRunning()).toBe(true);
    room.voice("ann").press();
    await room.clock.advance(3000);
    expect(room.names.map((name) => room.voice(name).members().length)).toEqual([2, 2, 2]);
  });
});

describe("[S21] what is said", () => {
  test("is heard, muted it is not, and silence costs nothing", async () => {
    const room = createCallRoom(PAIR);
    await callAll(room);
    const [ann, bo] = [room.caller("ann"), room.caller("bo")];
    await room.clock.advance(5000);
    expect(room.voice("ann").cost()).toBe(0);
    expect(bo.heard).toEqual([]);
    ann.talks = true;
    await room.clock.advance(5000);
    const saidAt = bo.heard.map((each) => each.saidAt);
    expect(saidAt.filter((each) => each !== undefined).length).toBeGreaterThan(200);
    expect(room.voice("bo").members()).toMatchObject([{ address: "ann", isTalking: true }]);
    expect(room.voice("ann").cost()).toBeGreaterThan(2000);
    expect(room.voice("ann").cost()).toBeLessThan(4500);
    room.voice("ann").setMuted(true);
    await room.clock.advance(2000);
    const before = bo.heard.length;
    await room.clock.advance(3000);
    expect(bo.heard.length).toBe(before);
    expect(room.voice("bo").members()).toMatchObject([{ isTalking: false }]);
  });

  test("is told to be lost in part where the bridge takes too little", async () => {
    const room = createCallRoom(PAIR);
    await callAll(room);
    room.caller("ann").talks = true;
    await room.clock.advance(3000);
    expect(room.voice("ann").isHeldUp()).toBe(false);
    // What else the page has to say, and to read.
    const { storage, env } = room.at("ann").page;
    const stop = room.clock.now() + 12_000;
    const read = (): void => {
      for (let i = 0; i < 6; i++) void storage.read("other", `${i}`);
      if (room.clock.now() < stop) env.clock.after(200, read);
    };
    read();
    expect(await room.clock.runUntil(() => room.voice("ann").isHeldUp(), 12_000)).toBe(true);
    await room.clock.advance(30_000);
    expect(room.voice("ann").isHeldUp()).toBe(false);
  });

  test("is late by what is told", async () => {
    const room = createCallRoom({ ...PAIR, network: { latency: 100, jitter: 0 } });
    await callAll(room);
    room.caller("ann").talks = true;
    await room.clock.advance(20_000);
    const last = room
      .caller("bo")
      .heard.filter(({ saidAt }) => saidAt !== undefined)
      .at(-1)!;
    const late = last.at - last.saidAt!;
    expect(late).toBeLessThan(600);
    expect(Math.abs(room.voice("bo").members()[0]!.latency - late)).toBeLessThan(150);
  });

  test.each([0, 80, 160, 240, 320, 480, 640, 960, 1280])(
    "from %d ms after they met is heard whole, whatever else they say to one another then",
    async (wait) => {
      const room = createCallRoom({ ...PAIR, network: { latency: 80, jitter: 0 } });
      await callAll(room);
      await room.clock.advance(wait);
      room.caller("ann").talks = true;
      await room.clock.advance(6000);
      const { heard } = room.caller("bo");
      const said = heard.flatMap(({ saidAt }) => saidAt ?? []);
      expect(said.length).toBe(heard.length);
      const gaps = said.slice(1).map((at, i) => at - said[i]!);
      expect(said.length).toBeGreaterThan(250);
      expect(new Set(gaps)).toEqual(new Set([20]));
    },
  );

  test.each([1, 2, 3])("by six at once is heard from the same four, with seed %d", async (seed) => {
    const names = ["ann", "bo", "cy", "di", "ed", "flo"];
    const room = createCallRoom({ seed, names, host: "next", kind: "group" });
    await callAll(room);
    for (const name of names) room.caller(name).talks = true;
    await room.clock.advance(6000);
    const talkersFor = (name: string): string[] => [
      ...room
        .voice(name)
        .members()
        .flatMap(({ address, isTalking }) => (isTalking ? [address] : [])),
      ...(room.voice(name).isFull() ? [] : [name]),
    ];
    const talkers = talkersFor("ann").sort();
    expect(talkers).toHaveLength(4);
    for (let second = 0; second < 10; second++) {
      await room.clock.advance(1000);
      // Who is not heard is told so, and everybody else hears nobody but the four.
      for (const name of names) expect(talkersFor(name).sort(), `${name} at ${second}`).toEqual(talkers);
    }
    const [silent] = talkers;
    const before = room.caller(silent!).heard.length;
    room.caller(silent!).talks = false;
    await room.clock.advance(4000);
    const others = talkersFor(silent!);
    expect(others).toHaveLength(4);
    expect(others).not.toContain(silent);
    expect(room.caller(silent!).heard.length).toBeGreaterThan(before + 500);
  });

  // As long as the engines count navigations back, and more.
  test.each(["chromium", "webkit"] as const)("is all heard while both draw in %s", async (engine) => {
    const room = createCallRoom({ ...PAIR, network: { latency: 80, jitter: 0 }, engine });
    await callAll(room);
    const quiet = await inkLatency(room);
    for (const name of PAIR.names) room.caller(name).talks = true;
    const from = room.clock.now();
    let strokes = 0;
    const draw = (): void => {
      room.draw("bo", 20);
      if (++strokes < 40) room.clock.after(700, draw);
    };
    draw();
    for (let round = 0; round < 2; round++) {
      const talking = await inkLatency(room);
      expect(talking.mean).toBeLessThan(2 * quiet.mean);
      expect(talking.late).toBeLessThan(2 * quiet.late);
    }
    const said = Math.floor((room.clock.now() - from) / 20);
    await room.clock.advance(2000);
    for (const name of PAIR.names) {
      const real = room.caller(name).heard.filter(({ saidAt }) => saidAt !== undefined);
      expect(real.length / said).toBeGreaterThan(0.97);
    }
  });

  test.each([1, 2, 3])("survives loss and jitter, with seed %d", async (seed) => {
    const room = createCallRoom({ ...PAIR, seed });
    await callAll(room);
    room.world.network.configure({ loss: 0.2, jitter: 300 });
    room.caller("ann").talks = true;
    await room.clock.advance(30_000);
    const { heard } = room.caller("bo");
    const real = heard.filter(({ saidAt }) => saidAt !== undefined);
    // A fifth is lost.
    expect(real.length).toBeGreaterThan(1500 * 0.65);
    expect(Math.min(...heard.slice(1).map(({ at }, i) => at - heard[i]!.at))).toBeGreaterThanOrEqual(20);
    expect(Math.max(...real.map(({ at, saidAt }) => at - saidAt!))).toBeLessThan(1500);
  });
});
