import { expect, test } from "vitest";
import type { WriteId } from "../../../src/board/document/write-id.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { createWaitingUpdates } from "../../../src/sync/link/waiting.ts";
import { content, section } from "../../board/guard/raw-update.ts";

const GROUND = { client: 1, clock: 0 };
const there = (): boolean => true;

function update(name: number, bytes = 10): Uint8Array {
  return new Uint8Array(bytes).fill(name);
}

test("[S7] what was not settled waits for the next try", () => {
  const waiting = createWaitingUpdates<string>(createSimulatedClock());
  for (const name of [1, 2, 3]) waiting.add(update(name), GROUND, `from ${name}`);
  waiting.retry(there, ([name]) => (name === 2 ? undefined : GROUND));
  waiting.retry(there, ([name]) => (name === 2 ? undefined : GROUND));
  const left: unknown[] = [];
  waiting.retry(there, ([name], from) => void left.push([name, from]));
  expect(left).toHaveLength(2);
  for (const entry of [
    [1, "from 1"],
    [3, "from 3"],
  ])
    expect(left).toContainEqual(entry);
  expect(waiting.entries().length).toBe(0);
});

test("[S7] what builds on one another settles in one go, each looked at when its turn has come", () => {
  const waiting = createWaitingUpdates<undefined>(createSimulatedClock());
  let state = 0;
  for (let clock = 200; clock > 0; clock--)
    waiting.add(update(clock), { client: 1, clock: clock - 1 }, undefined);
  let looks = 0;
  const settle = ([name]: Uint8Array): undefined => {
    looks++;
    state = name! + 1;
  };
  waiting.retry(({ clock }) => clock < state, settle);
  expect(looks).toBe(0);
  state = 1;
  waiting.retry(({ clock }) => clock < state, settle);
  expect(waiting.entries().length).toBe(0);
  expect(looks).toBe(200);
});

test("[S7] nothing waits for longer than a minute", async () => {
  const clock = createSimulatedClock();
  const waiting = createWaitingUpdates<undefined>(clock);
  waiting.add(update(1), GROUND, undefined);
  await clock.advance(40_000);
  waiting.add(update(2), GROUND, undefined);
  await clock.advance(24_000);
  const offered: number[] = [];
  waiting.retry(there, ([name]) => {
    offered.push(name!);
    return GROUND;
  });
  expect(offered).toEqual([2]);
  expect(waiting.entries().length).toBe(1);
});

test("[S7] the queue is bounded in number and in bytes, and the newest stay", () => {
  const many = createWaitingUpdates<undefined>(createSimulatedClock());
  for (let i = 0; i < 3000; i++) many.add(update(i % 256), { client: 1, clock: i }, undefined);
  expect(many.entries().map(({ missing }) => missing.clock)).toEqual(
    Array.from({ length: 2048 }, (_, i) => 3000 - 2048 + i),
  );
  const large = createWaitingUpdates<undefined>(createSimulatedClock());
  for (let i = 0; i < 40; i++) large.add(update(i, 60_000), GROUND, undefined);
  expect(large.entries().length).toBe(17);
  let newest = 0;
  const settle = ([name]: Uint8Array): undefined => {
    newest = name!;
  };
  while (large.retry(there, settle));
  expect(newest).toBe(39);
});

test("[S7] of what waits not all is looked at in one go, and nothing is forgotten for that", () => {
  const waiting = createWaitingUpdates<undefined>(createSimulatedClock());
  for (let i = 0; i < 10; i++) waiting.add(update(i, 30_000), { client: i, clock: 0 }, undefined);
  const looks: number[] = [];
  for (let isMore = true; isMore;) {
    let bytes = 0;
    isMore = waiting.retry(there, (each) => void (bytes += each.length));
    looks.push(bytes);
  }
  expect(looks).toEqual([90_000, 90_000, 90_000, 30_000]);
  expect(waiting.entries()).toEqual([]);
});

test("[S7] what waits for one write after the other is dropped in the end", () => {
  const waiting = createWaitingUpdates<undefined>(createSimulatedClock());
  waiting.add(update(1), { client: 1, clock: 0 }, undefined);
  let looks = 0;
  for (let state = 1; state < 100; state++) {
    waiting.retry(
      ({ clock }) => clock < state,
      () => ({ client: 1, clock: ++looks }),
    );
  }
  expect(looks).toBe(LIMITS.waitingTries.takes);
  expect(waiting.entries()).toEqual([]);
});

test("[S7] a waiting update does not keep the message alive that it came in", () => {
  const waiting = createWaitingUpdates<undefined>(createSimulatedClock());
  waiting.add(new Uint8Array(100_000).subarray(5, 9), GROUND, undefined);
  waiting.retry(there, (kept) => {
    expect(kept.buffer.byteLength).toBe(4);
    return undefined;
  });
});

test("[S7] what they wait for, what they bring and whose they are is known, without what is too old", async () => {
  const clock = createSimulatedClock();
  const waiting = createWaitingUpdates<string>(clock);
  const ink = (client: number, at: number): Uint8Array =>
    section(
      client,
      at,
      { parent: "items", content: content.text() },
      { parent: { client, clock: at }, content: content.string("abc") },
    );
  const entry = (missing: WriteId, from: string, client: number, at: number) => ({
    missing,
    from,
    ranges: [{ client, from: at, to: at + 4 }],
  });
  waiting.add(ink(1, 5), { client: 1, clock: 4 }, "ann");
  await clock.advance(40_000);
  waiting.add(ink(2, 1), { client: 2, clock: 0 }, "bo");
  expect(waiting.entries()).toMatchObject([
    entry({ client: 1, clock: 4 }, "ann", 1, 5),
    entry({ client: 2, clock: 0 }, "bo", 2, 1),
  ]);
  // Settled in part: it waits for something else.
  waiting.retry(
    ({ client }) => client === 2,
    () => ({ client: 3, clock: 7 }),
  );
  expect(waiting.entries()[1]).toMatchObject(entry({ client: 3, clock: 7 }, "bo", 2, 1));
  await clock.advance(24_000);
  expect(waiting.entries()).toMatchObject([entry({ client: 3, clock: 7 }, "bo", 2, 1)]);
});

test("[S7] a new write is compared with the first of those that may wait for it, not with all", () => {
  const waiting = createWaitingUpdates<undefined>(createSimulatedClock());
  for (let i = 0; i < 2000; i++) waiting.add(update(1), { client: i % 20, clock: 100 + i }, undefined);
  let asked = 0;
  let settled = 0;
  const retry = (state: number): boolean =>
    waiting.retry(
      ({ client, clock }) => {
        asked++;
        return client === 7 && clock < state;
      },
      () => void settled++,
    );
  retry(0);
  expect(asked).toBe(20);
  asked = 0;
  retry(100 + 7 + 20 * 3 + 1);
  expect(settled).toBe(4);
  expect(asked).toBe(20 + settled);
});
