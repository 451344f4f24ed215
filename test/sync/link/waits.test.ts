import { expect, test } from "vitest";
import { createWaits } from "../../../src/sync/link/waits.ts";

test("[S4] where all that was lacking was lost, hardly any time is left for it to be late", () => {
  const waits = createWaits();
  expect(waits.late()).toBe(80);
  for (let i = 0; i < 100; i++) waits.wasLost();
  expect(waits.late()).toBe(20);
});

test("[S4] what was only late makes the wait twice as long as that took, up to 0.4 s", () => {
  const waits = createWaits();
  waits.wasLate(70);
  expect(waits.late()).toBe(140);
  waits.wasLate(10);
  expect(waits.late()).toBe(140);
  waits.wasLate(5000);
  expect(waits.late()).toBe(400);
});

test("[S4] an answer is waited for as long as answers take, and what they differ in", () => {
  const waits = createWaits();
  expect(waits.answer()).toBe(800);
  for (let i = 0; i < 100; i++) waits.answered(i % 2 === 0 ? 280 : 320, true);
  expect(waits.answer()).toBeGreaterThan(320);
  expect(waits.answer()).toBeLessThan(420);
  for (let i = 0; i < 100; i++) waits.answered(2, true);
  expect(waits.answer()).toBe(250);
  for (let i = 0; i < 100; i++) waits.answered(60_000, true);
  expect(waits.answer()).toBe(4000);
});

test("[S4] what may answer an earlier question counts where nothing else does", () => {
  const waits = createWaits();
  for (let i = 0; i < 20; i++) waits.answered(300, true);
  const before = waits.answer();
  for (let i = 0; i < 7; i++) waits.answered(3000, false);
  expect(waits.answer()).toBe(before);
  for (let i = 0; i < 20; i++) waits.answered(3000, false);
  expect(waits.answer()).toBeGreaterThan(3000);
});
