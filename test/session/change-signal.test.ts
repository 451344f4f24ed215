import { expect, test } from "vitest";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createPageClock } from "../../src/simulator/page-clock.ts";
import { createChangeSignal } from "../../src/session/change-signal.ts";

function createStage() {
  const clock = createSimulatedClock();
  const pageClock = createPageClock(clock);
  const errors: unknown[] = [];
  const signal = createChangeSignal(pageClock, (error) => errors.push(error));
  const told: number[] = [];
  const stop = signal.on(() => told.push(clock.now()));
  return { clock, pageClock, signal, told, errors, stop };
}

test("after a pause a change is told without delay, but not inside of what made it", async () => {
  const { clock, signal, told } = createStage();
  await clock.advance(1000);
  signal.soon();
  expect(told).toEqual([]);
  await clock.advance(0);
  expect(told).toEqual([1000]);
});

test("all that changes within a frame is told once, and the last of it is told too", async () => {
  const { clock, signal, told } = createStage();
  for (let at = 0; at < 160; at++) {
    signal.soon();
    signal.soon();
    await clock.advance(1);
  }
  await clock.advance(100);
  expect(told).toEqual(Array.from({ length: 11 }, (_, i) => 16 * i));
});

test("what must be known now is, with what was planned, and starts a frame", async () => {
  const { clock, signal, told } = createStage();
  await clock.advance(100);
  signal.soon();
  signal.now();
  expect(told).toEqual([100]);
  await clock.advance(1);
  signal.soon();
  await clock.advance(100);
  expect(told).toEqual([100, 116]);
});

test("nothing is told when nothing changed", async () => {
  const { clock, signal, told } = createStage();
  signal.flush();
  await clock.advance(1000);
  expect(told).toEqual([]);
});

test("to a page whose timers stand still it is told as soon as they run, or it asks", async () => {
  const { clock, pageClock, signal, told } = createStage();
  pageClock.setTimers("stopped");
  signal.soon();
  signal.soon();
  await clock.advance(60_000);
  expect(told).toEqual([]);
  signal.flush();
  expect(told).toEqual([60_000]);
  signal.soon();
  pageClock.setTimers("normal");
  await clock.advance(100);
  expect(told).toEqual([60_000, 60_016]);
});

test("a listener that throws is reported, and the others and later changes are told all the same", async () => {
  const { clock, signal, told, errors } = createStage();
  signal.on(() => {
    throw new Error("a listener's own");
  });
  const later: number[] = [];
  signal.on(() => later.push(clock.now()));
  signal.now();
  signal.soon();
  await clock.advance(100);
  expect(errors.length).toBe(2);
  expect(told).toEqual([0, 16]);
  expect(later).toEqual([0, 16]);
});

test("who stopped listening, or a closed session, hears nothing", async () => {
  const { clock, signal, told, stop } = createStage();
  signal.soon();
  stop();
  await clock.advance(100);
  signal.on(() => told.push(clock.now()));
  signal.soon();
  signal.close();
  signal.soon();
  signal.now();
  await clock.advance(100);
  expect(told).toEqual([]);
});
