import { describe, expect, test } from "vitest";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createScheduler } from "../../../src/sync/sending/scheduler.ts";
import type { Lane } from "../../../src/sync/sending/scheduler.ts";

/** A lane that says what was put into it, each text when it is due. */
function createQueue(options: { readonly leaves?: number } = {}) {
  const texts: { readonly text: string; readonly at: number }[] = [];
  const queue = {
    made: 0,
    put: (text: string, at = -Infinity): void => void texts.push({ text, at }),
    clear: (): void => void (texts.length = 0),
    lane: {
      ...options,
      dueAt: () => texts[0]?.at,
      take() {
        queue.made++;
        return texts.shift()?.text;
      },
    } satisfies Lane,
  };
  return queue;
}

/** A scheduler at a bridge that is free when the test says so. */
function createDesk(lanes: readonly Lane[], longest = Infinity) {
  const clock = createSimulatedClock();
  const sent: { readonly at: number; readonly text: string }[] = [];
  const desk = { clock, sent, asked: 0, tooLarge: 0 };
  let waiting: ((spare: number) => void) | undefined;
  const scheduler = createScheduler({
    clock,
    host: {
      send(text) {
        if (text.length > longest) return "too-large";
        sent.push({ at: clock.now(), text });
        return "queued";
      },
      whenFree(task) {
        desk.asked++;
        waiting = task;
      },
    },
    lanes,
    tooLarge: () => desk.tooLarge++,
  });
  return Object.assign(desk, {
    scheduler,
    isWaiting: () => waiting !== undefined,
    texts: () => sent.map(({ text }) => text),
    /** The bridge is free, as often as it is asked for, `times` at most. */
    free(spare = 100, times = Infinity): void {
      for (let left = times; waiting && left > 0; left--) {
        const task = waiting;
        waiting = undefined;
        task(spare);
      }
    },
  });
}

describe("[S3] what leaves next", () => {
  test("is of the first lane that is due, one message whenever the bridge is free", () => {
    const [ink, control, answers] = [createQueue(), createQueue(), createQueue()];
    const { scheduler, free, texts, isWaiting } = createDesk([ink.lane, control.lane, answers.lane]);
    answers.put("a1");
    answers.put("a2");
    control.put("c1");
    ink.put("i1");
    scheduler.wake();
    free(100, 1);
    expect(texts()).toEqual(["i1"]);
    free(100, 1);
    expect(texts()).toEqual(["i1", "c1"]);
    // What comes meanwhile overtakes what waited longer.
    free(100, 1);
    ink.put("i2");
    control.put("c2");
    free();
    expect(texts()).toEqual(["i1", "c1", "a1", "i2", "c2", "a2"]);
    expect(isWaiting()).toBe(false);
  });

  test("is not made before it leaves", async () => {
    const [ink, answers] = [createQueue(), createQueue()];
    const { clock, scheduler, free } = createDesk([ink.lane, answers.lane]);
    ink.put("i");
    answers.put("a");
    scheduler.wake();
    await clock.advance(10_000);
    scheduler.wake();
    expect([ink.made, answers.made]).toEqual([0, 0]);
    free(100, 1);
    expect([ink.made, answers.made]).toEqual([1, 0]);
    free(100, 1);
    expect([ink.made, answers.made]).toEqual([1, 1]);
  });

  test("is the latest of what changed while it waited, and that once", async () => {
    let latest: number | undefined;
    const lane: Lane = {
      dueAt: () => (latest === undefined ? undefined : -Infinity),
      take() {
        const text = `${latest}`;
        latest = undefined;
        return text;
      },
    };
    const desk = createDesk([lane]);
    for (let i = 0; i < 50; i++) {
      latest = i;
      desk.scheduler.wake();
      await desk.clock.advance(10);
    }
    expect(desk.asked).toBe(1);
    desk.free();
    expect(desk.texts()).toEqual(["49"]);
    expect(desk.asked).toBe(1);
  });

  test("is nothing, where what was due is not any more", () => {
    const [ink, control] = [createQueue(), createQueue()];
    const desk = createDesk([ink.lane, control.lane]);
    ink.put("i");
    desk.scheduler.wake();
    ink.clear();
    desk.free();
    expect(desk.texts()).toEqual([]);
    expect(ink.made).toBe(0);
    expect(desk.isWaiting()).toBe(false);
    control.put("c");
    desk.scheduler.wake();
    desk.free();
    expect(desk.texts()).toEqual(["c"]);
  });

  test("is the next lane's, where one that is due has nothing to say after all", () => {
    const control = createQueue();
    let isDue = true;
    const silent: Lane = {
      dueAt: () => (isDue ? -Infinity : undefined),
      take() {
        isDue = false;
        return undefined;
      },
    };
    const desk = createDesk([silent, control.lane]);
    control.put("c");
    desk.scheduler.wake();
    desk.free(100, 1);
    expect(desk.texts()).toEqual(["c"]);
  });

  test("leaves room for the lanes before it, and goes on by itself when there is room again", async () => {
    const [ink, answers] = [createQueue(), createQueue({ leaves: 40 })];
    const desk = createDesk([ink.lane, answers.lane]);
    answers.put("a1");
    answers.put("a2");
    ink.put("i1");
    desk.scheduler.wake();
    desk.free(40, 1);
    desk.free(40);
    expect(desk.texts()).toEqual(["i1"]);
    expect(desk.isWaiting()).toBe(false);
    // Others are not held up by it.
    ink.put("i2");
    desk.scheduler.wake();
    desk.free(1);
    expect(desk.texts()).toEqual(["i1", "i2"]);
    expect(answers.made).toBe(0);
    await desk.clock.advance(1000);
    desk.free(41);
    expect(desk.texts()).toEqual(["i1", "i2", "a1", "a2"]);
  });

  test("is what gets due while a lane leaves room for others, at its time", async () => {
    const [ink, answers] = [createQueue(), createQueue({ leaves: 40 })];
    const desk = createDesk([ink.lane, answers.lane]);
    answers.put("a");
    desk.scheduler.wake();
    // The bridge is being waited for already.
    ink.put("i", 50);
    desk.scheduler.wake();
    desk.free(10, 1);
    await desk.clock.advance(50);
    desk.free(10, 1);
    expect(desk.sent).toEqual([{ at: 50, text: "i" }]);
    expect(answers.made).toBe(0);
  });

  test("does not ask again and again while a lane leaves room for others", async () => {
    const answers = createQueue({ leaves: 40 });
    const desk = createDesk([answers.lane]);
    answers.put("a");
    desk.scheduler.wake();
    for (let i = 0; i < 100; i++) {
      desk.free(10, 1);
      await desk.clock.advance(100);
    }
    expect(desk.asked).toBeGreaterThan(10);
    expect(desk.asked).toBeLessThan(60);
    expect(desk.texts()).toEqual([]);
  });

  test("waits for its time, without asking the bridge before, and the earliest comes first", async () => {
    const [ink, control] = [createQueue(), createQueue()];
    const desk = createDesk([ink.lane, control.lane]);
    ink.put("i", 500);
    desk.scheduler.wake();
    expect(desk.clock.pending()).toBe(1);
    control.put("c", 300);
    desk.scheduler.wake();
    expect(desk.clock.pending()).toBe(1);
    await desk.clock.advance(299);
    expect(desk.asked).toBe(0);
    await desk.clock.advance(1);
    expect(desk.asked).toBe(1);
    desk.free();
    await desk.clock.advance(199);
    expect(desk.asked).toBe(1);
    await desk.clock.advance(1);
    desk.free();
    expect(desk.sent).toEqual([
      { at: 300, text: "c" },
      { at: 500, text: "i" },
    ]);
  });

  test("wakes nobody up while nothing is due", async () => {
    const [ink, control] = [createQueue(), createQueue()];
    const desk = createDesk([ink.lane, control.lane]);
    desk.scheduler.wake();
    ink.put("i");
    desk.scheduler.wake();
    desk.free();
    await desk.clock.advance(600_000);
    expect(desk.asked).toBe(1);
    expect(desk.clock.pending()).toBe(0);
  });

  test("that is over the host's limit is told, and the others go on", () => {
    const ink = createQueue();
    const desk = createDesk([ink.lane], 5);
    for (const text of ["one", "too long", "two"]) ink.put(text);
    desk.scheduler.wake();
    desk.free();
    expect(desk.texts()).toEqual(["one", "two"]);
    expect(desk.tooLarge).toBe(1);
  });

  test("is nothing any more after it was closed", async () => {
    const [ink, control] = [createQueue(), createQueue()];
    const desk = createDesk([ink.lane, control.lane]);
    control.put("c", 500);
    desk.scheduler.wake();
    ink.put("i");
    desk.scheduler.wake();
    desk.scheduler.close();
    desk.free();
    desk.scheduler.wake();
    await desk.clock.advance(1000);
    expect(desk.texts()).toEqual([]);
    expect(desk.asked).toBe(1);
    expect(desk.clock.pending()).toBe(0);
  });
});
