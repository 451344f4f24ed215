/*
 * Calls as people make them: too fast, too late, at the same moment, and while something else begins or ends.
 */
import { describe, expect, test } from "vitest";
import { callAll, createCallRoom, gather } from "../support/callers.ts";
import type { CallRoom } from "../support/callers.ts";

const PAIR = { seed: 1, names: ["ann", "bo"], network: { latency: 300, jitter: 0 } };
const TRIO = { seed: 1, names: ["ann", "bo", "cy"], host: "next", kind: "group" } as const;

async function openPair(): Promise<CallRoom> {
  const room = createCallRoom(PAIR);
  await gather(room);
  return room;
}

const phases = (room: CallRoom): unknown[] => room.names.map((name) => room.voice(name).phase());
const microphones = (room: CallRoom): boolean[] => room.names.map((name) => room.caller(name).isOpen());
const isRung = (room: CallRoom, name: string) => (): boolean => room.voice(name).phase() === "rung";

async function expectTalk(room: CallRoom): Promise<void> {
  for (const name of room.names) room.caller(name).talks = true;
  await room.clock.advance(4000);
  for (const name of room.names) {
    expect(
      room
        .voice(name)
        .members()
        .map(({ isTalking }) => isTalking),
    ).toEqual(room.names.slice(1).map(() => true));
    expect(room.caller(name).heard.length).toBeGreaterThan(50);
  }
}

describe("[S21] two people", () => {
  test.each([0, 150, 290, 310, 600])("who press %d ms after each other are in one call", async (apart) => {
    const room = await openPair();
    room.voice("ann").press();
    await room.clock.advance(apart);
    room.voice("bo").press();
    await room.clock.advance(2000);
    expect(phases(room)).toEqual(["talking", "talking"]);
    await expectTalk(room);
    expect([...room.told("ann"), ...room.told("bo")]).toEqual([]);
  });

  test("of whom one presses twice ring once", async () => {
    const room = await openPair();
    room.voice("ann").press();
    room.voice("ann").press();
    await room.clock.advance(1000);
    room.voice("ann").press();
    expect(phases(room)).toEqual(["ringing", "rung"]);
    room.voice("bo").press();
    room.voice("bo").press();
    await room.clock.advance(1000);
    room.voice("bo").press();
    expect(phases(room)).toEqual(["talking", "talking"]);
    expect(microphones(room)).toEqual([true, true]);
  });

  test("of whom one hangs up and calls again at once are in the second call", async () => {
    const room = await openPair();
    room.voice("ann").press();
    await room.clock.runUntil(isRung(room, "bo"), 5000);
    room.voice("ann").end();
    room.voice("ann").press();
    expect(microphones(room)).toEqual([true, false]);
    await room.clock.advance(1000);
    expect(await room.clock.runUntil(isRung(room, "bo"), 6000)).toBe(true);
    room.voice("bo").press();
    await room.clock.advance(2000);
    expect(phases(room)).toEqual(["talking", "talking"]);
    await expectTalk(room);
  });

  test("of whom one takes a call that is over already are in none, and both know it", async () => {
    const room = await openPair();
    room.voice("ann").press();
    await room.clock.runUntil(isRung(room, "bo"), 5000);
    room.voice("ann").end();
    room.voice("bo").press();
    expect(microphones(room)).toEqual([false, true]);
    await room.clock.advance(3000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    expect(microphones(room)).toEqual([false, false]);
    expect([room.told("ann"), room.told("bo")]).toEqual([[], ["ended ann"]]);
  });

  test("of whom the one who rings is hidden are in none; it is missed", async () => {
    const room = await openPair();
    room.voice("ann").press();
    await room.clock.runUntil(isRung(room, "bo"), 5000);
    room.at("ann").session.hide();
    expect(room.caller("ann").isOpen()).toBe(false);
    await room.clock.advance(3000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    expect(room.told("bo")).toEqual(["missed ann"]);
    room.at("ann").session.show();
    await room.clock.advance(3000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    expect(microphones(room)).toEqual([false, false]);
  });

  test("of whom the one who is rung looks away for a moment can still talk", async () => {
    const room = await openPair();
    room.voice("ann").press();
    await room.clock.runUntil(isRung(room, "bo"), 5000);
    room.at("bo").session.hide();
    await room.clock.advance(3000);
    room.at("bo").session.show();
    expect(await room.clock.runUntil(isRung(room, "bo"), 5000)).toBe(true);
    room.voice("bo").press();
    await room.clock.advance(2000);
    expect(phases(room)).toEqual(["talking", "talking"]);
  });
});

describe("[S21] a third person", () => {
  test("who rings while two talk is with them, and opens nobody's microphone", async () => {
    const room = createCallRoom(TRIO);
    await gather(room);
    room.voice("ann").press();
    await room.clock.runUntil(isRung(room, "bo"), 5000);
    room.voice("bo").press();
    await room.clock.runUntil(isRung(room, "cy"), 5000);
    room.voice("cy").decline();
    await room.clock.advance(5000);
    expect(phases(room)).toEqual(["talking", "talking", "idle"]);
    expect(microphones(room)).toEqual([true, true, false]);
    room.voice("cy").press();
    await room.clock.advance(5000);
    expect(phases(room)).toEqual(["talking", "talking", "talking"]);
    await expectTalk(room);
  });

  test("who was muted, and left, is asked for by a press alone when there is somebody to come back to", async () => {
    const room = createCallRoom(TRIO);
    await callAll(room);
    room.voice("cy").setMuted(true);
    room.voice("cy").setVolume("ann", 0);
    room.voice("cy").end();
    await room.clock.advance(30_000);
    expect(phases(room)).toEqual(["talking", "talking", "idle"]);
    expect(room.caller("cy").isOpen()).toBe(false);
    room.voice("cy").press();
    await room.clock.advance(3000);
    expect(phases(room)).toEqual(["talking", "talking", "talking"]);
    expect(
      room
        .voice("cy")
        .members()
        .map(({ address, volume }) => [address, volume]),
    ).toEqual(
      expect.arrayContaining([
        ["ann", 0],
        ["bo", 1],
      ]),
    );
  });
});

describe("[S21] the messenger's own call", () => {
  test.each([
    ["nothing", [], "Spixi"],
    ["no text", ["1", undefined, 0], "Spixi"],
    ["nothing that can be seen", ["1", " \u200b\u202e ", 0], "Spixi"],
    ["a thing", ["1", ["x"], 0], "Spixi"],
    ["HTML", ["1", "<b onclick=x>Bo</b>", 0], "<b onclick=x>Bo</b>"],
    ["lines and turned letters", ["1", "Bo\n\n\u202ecod", 0], "Bo cod"],
    ["very much", ["1", "x".repeat(10_000), 0], "x".repeat(80)],
  ] as const)("that says %s is shown all the same", async (_, given, shown) => {
    const room = await openPair();
    room.host("bo").displayCallBar(...given);
    expect(room.voice("bo").outside()).toBe(shown);
    room.host("bo").hideCallBar();
    expect(room.voice("bo").outside()).toBeUndefined();
  });

  test("that is hidden without being shown, shown twice, and hidden twice, is as it was told last", async () => {
    const room = await openPair();
    room.host("bo").hideCallBar();
    expect(room.voice("bo").outside()).toBeUndefined();
    room.voice("ann").press();
    await room.clock.runUntil(isRung(room, "bo"), 5000);
    room.host("bo").hideCallBar();
    expect(room.voice("bo").phase()).toBe("rung");
    room.voice("bo").press();
    await room.clock.advance(2000);
    expect(phases(room)).toEqual(["talking", "talking"]);
    room.host("bo").displayCallBar("1", "Cy", 0);
    room.host("bo").displayCallBar("1", "Cy, 0:12", 0);
    expect(room.voice("bo").outside()).toBe("Cy, 0:12");
    expect(room.caller("bo").isOpen()).toBe(false);
    await room.clock.advance(2000);
    expect(phases(room)).toEqual(["idle", "idle"]);
    room.host("bo").hideCallBar();
    room.host("bo").hideCallBar();
    room.voice("bo").press();
    await room.clock.runUntil(isRung(room, "ann"), 5000);
    room.voice("ann").press();
    await room.clock.advance(2000);
    expect(phases(room)).toEqual(["talking", "talking"]);
  });
});

describe("a microphone that is gone", () => {
  test("is asked for by who wants to be heard, and by nobody who wants to be muted", async () => {
    const room = createCallRoom(PAIR);
    await callAll(room);
    room.caller("bo").lose();
    room.voice("bo").setMuted(true);
    await room.clock.advance(100);
    expect([room.voice("bo").microphone(), room.caller("bo").isOpen()]).toEqual(["lost", false]);
    expect(room.voice("bo").isMuted()).toBe(true);
    room.voice("bo").setMuted(false);
    await room.clock.advance(100);
    expect([room.voice("bo").microphone(), room.voice("bo").isMuted()]).toEqual(["open", false]);
  });
});
