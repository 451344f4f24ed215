import { describe, expect, test } from "vitest";
import { createPuller } from "../../support/puller.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createOwnPresence } from "../../../src/sync/presence/own-presence.ts";
import { createSeenPresence } from "../../../src/sync/presence/seen-presence.ts";
import type { Presence, PresenceFrame } from "../../../src/sync/wire/presence-frame.ts";
import { PRESENCE, pointing } from "./pointing.ts";

describe("[S13] when it is told", () => {
  function createDesk() {
    const clock = createSimulatedClock();
    const sent: { at: number; frame: PresenceFrame }[] = [];
    const desk = { clock, sent, here: 1 };
    const own = createOwnPresence({ clock, listeners: () => desk.here });
    const pull = createPuller({
      clock,
      dueAt: () => own.dueAt(),
      take() {
        const frame = own.takeNews();
        if (frame) sent.push({ at: clock.now(), frame });
      },
    });
    const set = (presence: Presence): void => {
      own.set(presence);
      pull();
    };
    const renew = (): void => {
      own.renew();
      pull();
    };
    return Object.assign(desk, { own: { ...own, set, renew } });
  }

  test("about three times a second while a pointer moves, the latest each time, then never again", async () => {
    const { clock, sent, own } = createDesk();
    for (let x = 0; x < 300; x++) {
      own.set(pointing(x));
      await clock.advance(10);
    }
    expect(sent.length).toBeGreaterThan(7);
    expect(sent.length).toBeLessThan(11);
    await clock.advance(600_000);
    expect(sent.length).toBeLessThan(12);
    expect(sent.at(-1)!.frame.presence.cursor).toEqual({ x: 299, y: 0 });
    const revisions = sent.map(({ frame }) => frame.revision);
    expect(revisions).toEqual([...revisions.keys()]);
  });

  test("another name and another tool are news", async () => {
    const { clock, sent, own } = createDesk();
    own.set(PRESENCE);
    await clock.advance(1000);
    own.set({ ...PRESENCE, name: "Bo" });
    await clock.advance(1000);
    own.set({ ...PRESENCE, name: "Bo", tool: "laser" });
    await clock.advance(60_000);
    expect(sent.map(({ frame }) => [frame.presence.name, frame.presence.tool])).toEqual([
      ["", "pen"],
      ["Bo", "pen"],
      ["Bo", "laser"],
    ]);
  });

  test("ink takes it along, where something is new", async () => {
    const { clock, sent, own } = createDesk();
    own.set(pointing(1));
    expect(own.takeNews()?.presence.cursor).toEqual({ x: 1, y: 0 });
    expect(own.takeNews()).toBeUndefined();
    await clock.advance(1000);
    expect(sent).toEqual([]);
  });

  test("a pen that goes down or up and a pointer that leaves are no news", async () => {
    const { clock, sent, own } = createDesk();
    own.set(pointing(1));
    await clock.advance(1000);
    for (const penDown of [true, false]) own.set({ ...PRESENCE, penDown });
    expect(own.takeNews()).toBeUndefined();
    await clock.advance(1000);
    expect(sent).toHaveLength(1);
  });

  test("a sign of life repeats it once", () => {
    const { own } = createDesk();
    expect(own.takeForBeat()).toBeUndefined();
    own.set(pointing(1));
    own.takeNews();
    expect(own.takeForBeat()?.presence).toEqual(pointing(1));
    expect(own.takeForBeat()).toBeUndefined();
  });

  test("nothing leaves while nobody is here or the page is hidden, and who comes is told", async () => {
    const desk = createDesk();
    desk.here = 0;
    for (let x = 0; x < 300; x++) {
      desk.own.set(pointing(1));
      await desk.clock.advance(200);
    }
    expect(desk.sent).toEqual([]);
    expect(desk.own.dueAt()).toBeUndefined();
    expect(desk.clock.pending()).toBe(0);
    desk.here = 1;
    desk.own.renew();
    await desk.clock.advance(1000);
    expect(desk.sent).toHaveLength(1);
    expect(desk.sent[0]!.frame.presence).toEqual(pointing(1));
  });

  test("as often to a few as to one, rarer among many, down to a third", async () => {
    const count = async (here: number): Promise<number> => {
      const desk = Object.assign(createDesk(), { here });
      for (let x = 0; x < 1200; x++) {
        desk.own.set(pointing(x));
        await desk.clock.advance(10);
      }
      return desk.sent.length;
    };
    const usual = await count(1);
    expect(await count(6)).toBe(usual);
    const among12 = await count(12);
    expect(among12).toBeGreaterThan(usual / 2.3);
    expect(among12).toBeLessThan(usual / 1.7);
    const among18 = await count(18);
    expect(among18).toBeGreaterThan(usual / 3.5);
    expect(among18).toBeLessThan(usual / 2.6);
    expect(await count(100)).toBe(among18);
  });

  test("what waits for a busy bridge is the latest when it leaves, and counts as told then only", async () => {
    const clock = createSimulatedClock();
    const own = createOwnPresence({ clock, listeners: () => 1 });
    for (let x = 0; x < 100; x++) {
      own.set(pointing(x));
      await clock.advance(50);
    }
    expect(own.dueAt()).toBeLessThan(clock.now());
    expect(own.takeNews()).toMatchObject({ revision: 0, presence: { cursor: { x: 99, y: 0 } } });
    expect(own.dueAt()).toBeUndefined();
  });
});

test("[S13] of what was seen, the highest revision of the same session counts", () => {
  const seen = createSeenPresence();
  const frame = (revision: number, x: number): PresenceFrame => ({
    type: "presence",
    revision,
    presence: pointing(x),
  });
  expect([seen.see(7, frame(4, 1)), seen.see(7, frame(3, 2)), seen.see(7, frame(4, 3))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(seen.of(7)).toEqual(pointing(1));
  expect(seen.of(8)).toBeUndefined();
  expect(seen.see(8, frame(0, 9))).toBe(true);
  expect(seen.of(7)).toBeUndefined();
  seen.forget();
  expect(seen.of(8)).toBeUndefined();
});
