import { expect, test } from "vitest";
import { createWalk } from "../../../src/ui/memory/walk.ts";
import { createFrameClock } from "../widgets/frame-clock.ts";

function createTestWalk(count: number) {
  let at = count;
  const seen: number[] = [];
  const clock = createFrameClock();
  const past = { at: () => at, show: (next: number) => void (at = next), steps: { length: count } as never };
  const walk = createWalk(past, clock.requestFrame, () => seen.push(at));
  return { walk, seen, clock };
}

test("a moment that is near is there at once, one that is far in a few frames", () => {
  const { walk, seen, clock } = createTestWalk(1200);
  walk.goTo(1100);
  expect([seen, walk.isUnderWay()]).toEqual([[1100], false]);
  walk.goTo(-5);
  expect([seen.at(-1), walk.target(), walk.isUnderWay()]).toEqual([600, 0, true]);
  for (let i = 0; i < 4; i++) clock.paint();
  expect(seen.slice(1)).toEqual([600, 100, 0]);
  expect(walk.isUnderWay()).toBe(false);
});

test("whoever goes elsewhere on the way, leaps, or stops, goes no further", () => {
  const { walk, seen, clock } = createTestWalk(3000);
  walk.goTo(0);
  walk.goTo(2600);
  expect(seen).toEqual([2500, 2600]);
  walk.goTo(0);
  walk.leap(3000);
  walk.goTo(0);
  walk.stop();
  clock.paint();
  expect(seen.slice(2)).toEqual([2100, 3000, 2500]);
});
