import { beforeEach, expect, it } from "vitest";
import { afterInput } from "../../../src/ui/widgets/after-input.ts";
import { createFrameClock, type FrameClock } from "./frame-clock.ts";

let clock: FrameClock;
let runs: number;
let cancel: () => void;

beforeEach(() => {
  clock = createFrameClock();
  runs = 0;
  cancel = afterInput(clock, 450, () => runs++);
});

it("runs in the frame after its time, once", () => {
  clock.paint();
  clock.pass(450);
  expect(runs).toBe(0);
  clock.paint();
  expect(runs).toBe(1);
  clock.pass(1000);
  clock.paint();
  expect(runs).toBe(1);
});

it("waits for what a busy page has still to hear", () => {
  clock.stall(700);
  clock.paint();
  clock.pass(99);
  clock.paint();
  expect(runs).toBe(0);
  clock.pass(1);
  clock.paint();
  expect(runs).toBe(1);
});

it.each<[string, () => void]>([
  ["before its time", () => undefined],
  ["between its time and the frame", () => clock.pass(450)],
  ["while a busy page catches up", () => clock.stall(700)],
])("can be taken back %s", (_when, wait) => {
  wait();
  cancel();
  clock.pass(1000);
  clock.paint();
  expect(runs).toBe(0);
});
