import { expect, test } from "vitest";
import { createSequence } from "../../src/sync/sequence.ts";

test("[S2] a missing number is a gap until it comes", () => {
  const sequence = createSequence();
  sequence.see(10);
  expect(sequence.hasGap()).toBe(false);
  sequence.see(13);
  expect(sequence.hasGap()).toBe(true);
  sequence.see(11);
  expect(sequence.hasGap()).toBe(true);
  sequence.see(12);
  expect(sequence.hasGap()).toBe(false);
});

test("[S2] a repeated or an older number is no news", () => {
  const sequence = createSequence();
  for (const number of [5, 6, 6, 5, 2, 7]) sequence.see(number);
  expect(sequence.hasGap()).toBe(false);
});

test("[S4] what came another way is no longer missing", () => {
  const sequence = createSequence();
  sequence.see(0);
  sequence.see(5);
  sequence.forgive();
  expect(sequence.hasGap()).toBe(false);
  sequence.see(6);
  expect(sequence.hasGap()).toBe(false);
});

test("a number from far ahead costs no memory", () => {
  const sequence = createSequence();
  sequence.see(0);
  for (let far = 1; far < 40; far++) sequence.see(far * 2 ** 40);
  expect(sequence.hasGap()).toBe(true);
});
