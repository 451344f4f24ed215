import type { Clock } from "../../src/env/clock.ts";

interface Task {
  readonly at: number;
  run: (() => void) | undefined;
}

/** A clock without promises, for very many short steps; `pass` returns what the longest task took of the processor. */
export function createHandClock(startMeasure: () => () => number): {
  clock: Clock;
  pass(ms: number): number;
} {
  let now = 0;
  let tasks: Task[] = [];

  function nextDue(until: number): Task | undefined {
    let next: Task | undefined;
    for (const task of tasks) {
      if (task.run && task.at <= until && (!next || task.at < next.at)) next = task;
    }
    return next;
  }

  return {
    clock: {
      now: () => now,
      after(delay, run) {
        const task: Task = { at: now + Math.max(0, delay), run };
        tasks.push(task);
        return () => {
          task.run = undefined;
        };
      },
    },
    pass(ms) {
      const until = now + ms;
      let longest = 0;
      for (let task = nextDue(until); task; task = nextDue(until)) {
        now = task.at;
        const { run } = task;
        task.run = undefined;
        const worked = startMeasure();
        run?.();
        longest = Math.max(longest, worked());
      }
      now = until;
      tasks = tasks.filter((task) => task.run);
      return longest;
    },
  };
}
