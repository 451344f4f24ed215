import { describe, expect, test } from "vitest";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createHellos } from "../../../src/sync/link/hellos.ts";
import type { HelloDue } from "../../../src/sync/link/hellos.ts";
import { createPuller } from "../../support/puller.ts";

const hello = (change: Partial<HelloDue> = {}): HelloDue => ({
  to: undefined,
  reply: false,
  isWhole: false,
  isNaming: false,
  ...change,
});

function createDesk() {
  const clock = createSimulatedClock();
  const said: { readonly at: number; readonly hellos: readonly HelloDue[] }[] = [];
  const desk = { clock, said, woken: 0 };
  const hellos = createHellos(clock, () => {
    desk.woken++;
    pull();
  });
  const pull = createPuller({
    clock,
    dueAt: () => hellos.dueAt(),
    take: () => void said.push({ at: clock.now(), hellos: hellos.take() }),
  });
  return Object.assign(desk, { hellos });
}

describe("[S8] a hello", () => {
  test("leaves at once, and wakes who sends it", async () => {
    const { clock, said, hellos, ...desk } = createDesk();
    await clock.advance(100);
    expect(hellos.dueAt()).toBeUndefined();
    expect(desk.woken).toBe(0);
    hellos.say(hello({ reply: true }));
    expect(hellos.dueAt()).toBeLessThanOrEqual(100);
    await clock.advance(60_000);
    expect(said).toEqual([{ at: 100, hellos: [hello({ reply: true })] }]);
    expect(hellos.dueAt()).toBeUndefined();
    expect(clock.pending()).toBe(0);
  });

  test("is said once a second at most, however often it is asked for, and the last is not lost", async () => {
    const { clock, said, hellos } = createDesk();
    for (let i = 0; i < 500; i++) {
      hellos.say(hello());
      await clock.advance(10);
    }
    await clock.advance(5000);
    expect(said.map(({ at }) => at)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
    const gaps = said.slice(1).map(({ at }, i) => at - said[i]!.at);
    expect(Math.min(...gaps)).toBe(1000);
  });

  test("of several that are due for the same, one is said, with all that any of them wants", () => {
    const { hellos } = createDesk();
    hellos.say(hello({ reply: true }));
    hellos.say(hello({ isWhole: true }));
    hellos.say(hello({ isNaming: true }));
    hellos.say(hello());
    expect(hellos.take()).toEqual([hello({ reply: true, isWhole: true, isNaming: true })]);
    expect(hellos.take()).toEqual([]);
  });

  test("for everybody and for single sessions are different ones, in one message", async () => {
    const { clock, said, hellos } = createDesk();
    hellos.say(hello({ to: 7, reply: true }));
    hellos.say(hello({ isWhole: true }));
    hellos.say(hello({ to: 8, reply: true }));
    hellos.say(hello({ to: 7 }));
    await clock.advance(0);
    expect(said.map((each) => each.hellos)).toEqual([
      [hello({ to: 7, reply: true }), hello({ isWhole: true }), hello({ to: 8, reply: true })],
    ]);
  });

  test("to very many sessions fills no message, and leaves nothing behind", async () => {
    const { clock, said, hellos } = createDesk();
    for (let to = 0; to < 1000; to++) hellos.say(hello({ to, reply: true }));
    await clock.advance(60_000);
    expect(said).toHaveLength(1);
    expect(said[0]!.hellos.map(({ to }) => to)).toEqual([0, 1, 2, 3]);
  });
});

describe("[S8] an announcement", () => {
  test("is said again, ever slower, four times, until somebody is heard", async () => {
    const { clock, said, hellos } = createDesk();
    let isHeard = false;
    hellos.announce(hello({ reply: true, isWhole: true }), () => isHeard);
    await clock.advance(60_000);
    expect(said.map(({ at }) => at)).toEqual([0, 2500, 6500, 14_500, 30_500]);
    for (const { hellos: each } of said) expect(each).toEqual([hello({ reply: true, isWhole: true })]);
    expect(clock.pending()).toBe(0);

    said.length = 0;
    hellos.announce(hello({ reply: true }), () => isHeard);
    await clock.advance(3000);
    isHeard = true;
    await clock.advance(60_000);
    expect(said).toHaveLength(2);
    expect(clock.pending()).toBe(0);
  });

  test("is not said again while nobody looks, and begins anew with the next one", async () => {
    const { clock, said, hellos } = createDesk();
    hellos.announce(hello({ reply: true }), () => false);
    await clock.advance(1000);
    hellos.pause();
    await clock.advance(60_000);
    expect(said).toHaveLength(1);
    hellos.announce(hello({ reply: true }), () => false);
    await clock.advance(1000);
    hellos.announce(hello({ reply: true }), () => false);
    const from = clock.now();
    await clock.advance(60_000);
    expect(said.slice(2).map(({ at }) => at - from)).toEqual([0, 2500, 6500, 14_500, 30_500]);
  });

  test("that somebody who speaks is asked for is asked for again, ever slower, until it came", async () => {
    const { clock, said, hellos } = createDesk();
    const asked = hello({ to: 7, reply: true });
    let isHeard = false;
    hellos.seek(asked, () => isHeard);
    await clock.advance(5500);
    expect(said.map(({ at }) => at)).toEqual([0, 1500, 3000, 5000]);
    hellos.seek(asked, () => isHeard);
    await clock.advance(500);
    expect(said.length).toBe(5);
    isHeard = true;
    await clock.advance(120_000);
    expect(said.length).toBe(5);
  });
  test("is not asked for any more while nobody looks at the page", async () => {
    const { clock, said, hellos } = createDesk();
    hellos.seek(hello({ to: 7, reply: true }), () => false);
    hellos.pause();
    await clock.advance(120_000);
    expect(said.length).toBe(1);
  });
});
