import { describe, expect, test } from "vitest";
import type { Clock } from "../../src/env/clock.ts";

export interface ClockFixture {
  readonly clock: Clock;
  /** Lets `ms` milliseconds pass. */
  advance(ms: number): Promise<void>;
  close?(): void;
}

/** What every `Clock` does. */
export function clockContract(name: string, create: () => ClockFixture): void {
  const withClock = (task: (fixture: ClockFixture) => Promise<void>) => async (): Promise<void> => {
    const fixture = create();
    try {
      await task(fixture);
    } finally {
      fixture.close?.();
    }
  };

  describe(`clock contract: ${name}`, () => {
    test(
      "time passes and never goes back",
      withClock(async ({ clock, advance }) => {
        const start = clock.now();
        await advance(250);
        expect(clock.now() - start).toBeCloseTo(250, 3);
      }),
    );

    test(
      "a task runs once, not before its delay and not inside the call that planned it",
      withClock(async ({ clock, advance }) => {
        const start = clock.now();
        const moments: number[] = [];
        clock.after(100, () => moments.push(clock.now() - start));
        clock.after(0, () => moments.push(clock.now() - start));
        expect(moments).toEqual([]);
        await advance(99);
        expect(moments).toHaveLength(1);
        await advance(1000);
        expect(moments).toHaveLength(2);
        expect(moments[1]).toBeGreaterThanOrEqual(100);
      }),
    );

    test(
      "tasks for one moment run in the order in which they were planned, whatever their delays",
      withClock(async ({ clock, advance }) => {
        const order: string[] = [];
        clock.after(40, () => order.push("first"));
        clock.after(20, () => clock.after(20, () => order.push("third")));
        clock.after(40, () => order.push("second"));
        clock.after(10, () => order.push("early"));
        await advance(100);
        expect(order).toEqual(["early", "first", "second", "third"]);
      }),
    );

    test(
      "a cancelled task never runs, and cancelling again does nothing",
      withClock(async ({ clock, advance }) => {
        const ran: string[] = [];
        const cancel = clock.after(10, () => ran.push("cancelled"));
        clock.after(10, () => ran.push("other"));
        cancel();
        cancel();
        await advance(50);
        cancel();
        expect(ran).toEqual(["other"]);
      }),
    );

    test(
      "a task may plan and cancel others",
      withClock(async ({ clock, advance }) => {
        const ran: string[] = [];
        clock.after(10, () => {
          cancelVictim();
          clock.after(0, () => ran.push("child"));
        });
        const cancelVictim = clock.after(10, () => ran.push("victim"));
        await advance(50);
        expect(ran).toEqual(["child"]);
      }),
    );
  });
}
