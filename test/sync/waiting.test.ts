import { expect, test } from "vitest";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createWaitingUpdates } from "../../src/sync/waiting.ts";

function update(name: number, bytes = 10): Uint8Array {
  return new Uint8Array(bytes).fill(name);
}

test("[S7] what was not settled waits for the next try", () => {
  const waiting = createWaitingUpdates(createSimulatedClock());
  for (const name of [1, 2, 3]) waiting.add(update(name));
  waiting.retry(([name]) => name === 2);
  const left: number[] = [];
  waiting.retry(([name]) => left.push(name!) > 0);
  expect(left).toEqual([1, 3]);
  expect(waiting.size()).toBe(0);
});

test("[S7] nothing waits for longer than 15 s", async () => {
  const clock = createSimulatedClock();
  const waiting = createWaitingUpdates(clock);
  waiting.add(update(1));
  await clock.advance(10_000);
  waiting.add(update(2));
  await clock.advance(6000);
  const offered: number[] = [];
  waiting.retry(([name]) => {
    offered.push(name!);
    return false;
  });
  expect(offered).toEqual([2]);
  expect(waiting.size()).toBe(1);
});

test("[S7] the queue is bounded in number and in bytes, and the newest stay", () => {
  const many = createWaitingUpdates(createSimulatedClock());
  for (let i = 0; i < 1000; i++) many.add(update(i % 256));
  expect(many.size()).toBe(256);
  const large = createWaitingUpdates(createSimulatedClock());
  for (let i = 0; i < 40; i++) large.add(update(i, 60_000));
  expect(large.size()).toBe(17);
  let newest = 0;
  large.retry(([name]) => (newest = name!) < 0);
  expect(newest).toBe(39);
});
