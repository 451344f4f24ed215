import { describe, expect, test } from "vitest";
import type { Preview } from "../../../src/board/previews/preview.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createOwnPreview } from "../../../src/sync/presence/own-preview.ts";
import type { PreviewFrame } from "../../../src/sync/wire/preview-codec.ts";
import { createPuller } from "../../support/puller.ts";
import { moved, shine, frame } from "./gestures.ts";

describe("[S14] when it is told", () => {
  function createDesk() {
    const clock = createSimulatedClock();
    const sent: { at: number; frame: PreviewFrame }[] = [];
    const desk = { clock, sent, here: 1, written: 0, updateDueAt: undefined as number | undefined };
    const own = createOwnPreview({
      clock,
      listeners: () => desk.here,
      written: () => desk.written,
      updateDueAt: () => desk.updateDueAt,
    });
    const pull = createPuller({
      clock,
      dueAt: () => own.dueAt(),
      take() {
        const taken = own.takeDue();
        if (taken) sent.push({ at: clock.now(), frame: taken });
      },
    });
    const set = (preview: Preview | undefined, document = 0): void => {
      own.set(preview, document);
      pull();
    };
    const renew = (): void => {
      own.renew();
      pull();
    };
    const kinds = (): (string | undefined)[] => sent.map(({ frame: each }) => each.preview?.kind);
    return Object.assign(desk, { own: { ...own, set, renew }, kinds });
  }
  type Desk = ReturnType<typeof createDesk>;

  /** Moves for so long, a step each 10 ms. */
  async function drag({ own, clock }: Desk, milliseconds: number): Promise<void> {
    for (let x = 0; x < milliseconds / 10; x++) {
      own.set(moved(x));
      await clock.advance(10);
    }
  }

  test("about six times a second while it changes, then once that it is over, and nothing more", async () => {
    const desk = createDesk();
    await drag(desk, 10_000);
    expect(desk.sent.length).toBeGreaterThan(50);
    expect(desk.sent.length).toBeLessThanOrEqual(62);
    const end = desk.clock.now();
    desk.own.set(undefined);
    await desk.clock.advance(600_000);
    expect(desk.sent.at(-1)).toMatchObject({ at: end, frame: { preview: undefined } });
    expect(desk.kinds().filter((kind) => kind === undefined)).toHaveLength(1);
    const revisions = desk.sent.map(({ frame: each }) => each.revision);
    expect(revisions).toEqual([...revisions.keys()]);
  });

  test("what stands still is told again before it is forgotten, until it is over", async () => {
    const desk = createDesk();
    desk.own.set(moved(1));
    await desk.clock.advance(10_000);
    expect(desk.sent.length).toBeGreaterThan(4);
    expect(desk.sent.length).toBeLessThan(9);
    desk.own.set(undefined);
    await desk.clock.advance(1);
    const told = desk.sent.length;
    await desk.clock.advance(60_000);
    expect(desk.sent.length).toBe(told);
  });

  test("the end goes along with the update that comes of it, and once more with a sign of life", async () => {
    const desk = createDesk();
    await drag(desk, 500);
    const told = desk.sent.length;
    desk.updateDueAt = desk.clock.now() + 200;
    desk.written = 5;
    desk.own.set(undefined);
    expect(desk.own.dueAt()).toBe(desk.updateDueAt);
    await desk.clock.advance(199);
    expect(desk.sent.length).toBe(told);
    expect(desk.own.takeNews()).toMatchObject({ preview: undefined, clock: 5 });
    desk.updateDueAt = undefined;
    expect(desk.own.dueAt()).toBeUndefined();
    expect(desk.own.takeNews()).toBeUndefined();
    // As of the end: what was written since did not come of the gesture.
    desk.written = 14;
    expect(desk.own.takeForBeat()).toMatchObject({ preview: undefined, clock: 5 });
    expect(desk.own.takeForBeat()).toBeUndefined();
    await desk.clock.advance(60_000);
    expect(desk.sent.length).toBe(told);
  });

  test("an update that was due and does not come is not waited for", async () => {
    const desk = createDesk();
    desk.own.set(moved(1));
    await desk.clock.advance(10);
    desk.updateDueAt = desk.clock.now() + 100;
    desk.own.set(undefined);
    await desk.clock.advance(99);
    expect(desk.kinds()).toEqual(["transform"]);
    desk.updateDueAt = undefined;
    await desk.clock.advance(1);
    expect(desk.kinds()).toEqual(["transform", undefined]);
  });

  test("ink that is written during the gesture takes it along, though it is the same", async () => {
    const desk = createDesk();
    desk.own.set(moved(1));
    await desk.clock.advance(10);
    expect(desk.own.takeNews()).toBeUndefined();
    desk.written = 9;
    expect(desk.own.takeNews()).toMatchObject({ preview: moved(1), clock: 9 });
  });

  test("a gesture that was never told has no end", async () => {
    const desk = createDesk();
    desk.own.set(moved(1));
    desk.own.set(undefined);
    await desk.clock.advance(60_000);
    expect(desk.sent).toEqual([]);
    expect(desk.own.takeForBeat()).toBeUndefined();
  });

  test("what is too long to be told is no preview", async () => {
    const desk = createDesk();
    desk.own.set(moved(1));
    await desk.clock.advance(500);
    const ids = Array.from({ length: 5000 }, (_, i) => `7.${i * 50}`);
    desk.own.set({ kind: "erase", ids, cuts: new Map() });
    await desk.clock.advance(10_000);
    expect(desk.kinds()).toEqual(["transform", undefined]);
  });

  test("who comes is told what stands, and nothing leaves while nobody is here", async () => {
    const desk = createDesk();
    desk.here = 0;
    await drag(desk, 5000);
    expect(desk.sent).toEqual([]);
    desk.here = 1;
    desk.own.renew();
    await desk.clock.advance(300);
    expect(desk.kinds()).toEqual(["transform"]);
    desk.own.renew();
    await desk.clock.advance(300);
    expect(desk.kinds()).toEqual(["transform", "transform"]);
  });

  test("as often to a few as to one, rarer among many, down to 2.5 times", async () => {
    const count = async (here: number): Promise<number> => {
      const desk = Object.assign(createDesk(), { here });
      await drag(desk, 12_000);
      return desk.sent.length;
    };
    const usual = await count(1);
    expect(await count(8)).toBe(usual);
    const among16 = await count(16);
    expect(among16).toBeGreaterThan(usual / 2.2);
    expect(among16).toBeLessThan(usual / 1.8);
    const among20 = await count(20);
    expect(among20).toBeGreaterThan(usual / 2.8);
    expect(among20).toBeLessThan(usual / 2.2);
    expect(await count(100)).toBe(among20);
  });

  test("what waits for a busy bridge is the latest when it leaves, and counts as told then only", async () => {
    const clock = createSimulatedClock();
    const own = createOwnPreview({
      clock,
      listeners: () => 1,
      written: () => 0,
      updateDueAt: () => undefined,
    });
    for (let x = 0; x < 100; x++) {
      own.set(moved(x), 0);
      await clock.advance(10);
    }
    expect(own.dueAt()).toBeLessThan(clock.now());
    expect(own.takeDue()).toEqual(frame(0, moved(99)));
    expect(own.takeDue()).toBeUndefined();
    expect(own.dueAt()).toBeGreaterThan(clock.now());
  });

  test("a laser's points get older until they are told, and its last light is told", async () => {
    const desk = createDesk();
    desk.own.set(shine({ x: 1, y: 0, age: 0 }));
    await desk.clock.advance(10);
    desk.own.set(shine({ x: 1, y: 0, age: 10 }, { x: 2, y: 0, age: 0 }));
    desk.own.set(undefined);
    await desk.clock.advance(60_000);
    expect(desk.sent.map(({ frame: each }) => each.preview)).toEqual([
      shine({ x: 1, y: 0, age: 0 }),
      shine({ x: 1, y: 0, age: 165 }, { x: 2, y: 0, age: 155 }),
    ]);
  });

  test("a laser that only fades is no news, and one that rests is told now and then", async () => {
    const desk = createDesk();
    for (let ms = 0; ms < 1000; ms += 20) {
      desk.own.set(shine({ x: 1, y: 0, age: ms }));
      await desk.clock.advance(20);
    }
    expect(desk.sent).toHaveLength(1);
    for (let ms = 0; ms < 6000; ms += 20) {
      desk.own.set(shine({ x: 1, y: 0, age: 0 }));
      await desk.clock.advance(20);
    }
    expect(desk.sent.length).toBeGreaterThan(8);
    expect(desk.sent.length).toBeLessThan(13);
  });
});
