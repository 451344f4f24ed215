import { expect, test } from "vitest";
import { createBrowserClock } from "../../src/spixi/browser-clock.ts";

test("a timer that fires early, or cannot wait that long, is set again", () => {
  let now = 0.5;
  const delays: number[] = [];
  let fire: () => void = () => undefined;
  const clock = createBrowserClock({
    performance: { now: () => now },
    setTimeout(task, delay) {
      delays.push(delay);
      fire = task;
      return delays.length;
    },
    clearTimeout: () => undefined,
  });
  let runs = 0;
  clock.after(100, () => runs++);
  now = 100.1;
  fire();
  expect([runs, delays]).toEqual([0, [100, 1]]);
  now = 100.5;
  fire();
  expect(runs).toBe(1);

  const month = 31 * 24 * 3600 * 1000;
  clock.after(month, () => runs++);
  now += 2 ** 31 - 1;
  fire();
  expect(runs).toBe(1);
  now += month;
  fire();
  expect(runs).toBe(2);
});
