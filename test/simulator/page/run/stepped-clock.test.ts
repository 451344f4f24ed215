import { describe, expect, test } from "vitest";
import { createSteppedClock } from "../../../../src/simulator/page/run/stepped-clock.ts";

describe("the clock of a recorded run", () => {
  test("runs tasks in the order of their moments, those of one moment as they were planned", () => {
    const seen: string[] = [];
    const clock = createSteppedClock(() => undefined);
    for (const [delay, name] of [
      [20, "c"],
      [10, "a"],
      [10, "b"],
      [-5, "now"],
    ] as const)
      clock.after(delay, () => seen.push(`${name} ${clock.now()}`));
    while (clock.nextAt() !== undefined) clock.runNext();
    expect(seen).toEqual(["now 0", "a 10", "b 10", "c 20"]);
    expect(clock.steps()).toBe(4);
  });

  test("does not count what was cancelled, and says when something is planned", () => {
    let planned = 0;
    const clock = createSteppedClock(() => planned++);
    const cancel = clock.after(5, () => expect.unreachable());
    clock.after(7, () => clock.after(1, () => undefined));
    cancel();
    cancel();
    expect(clock.nextAt()).toBe(7);
    clock.runNext();
    expect([clock.now(), clock.nextAt(), clock.steps(), planned]).toEqual([7, 8, 1, 3]);
  });

  test("lets a task that comes late see what time it is by then, and never goes back", () => {
    const clock = createSteppedClock(() => undefined);
    let seen = 0;
    clock.after(5, () => {
      seen = clock.now();
    });
    clock.moveTo(30);
    clock.moveTo(20);
    clock.runNext();
    clock.runNext();
    expect([seen, clock.now(), clock.steps()]).toEqual([30, 30, 1]);
  });
});
