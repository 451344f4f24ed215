import { expect, test } from "vitest";
import { createLife } from "./storage-life.ts";
import { FAULTS, runFaults } from "./storage-faults.ts";

test.each(["android", "ios"] as const)("a board is there soon, in few values, on %s", async (platform) => {
  const life = createLife(1, platform);
  const empty = await life.open();
  expect(empty.readyMs).toBeLessThanOrEqual(250);
  await life.draw(300, 100, false);
  await life.leave();
  const { readyMs, values } = await life.open();
  expect(life.strokes()).toBe(300);
  expect(readyMs).toBeLessThanOrEqual(100);
  expect(values).toBeLessThanOrEqual(6);
});

test.each([40, 2000])(
  "50 strokes a minute on a board of %i strokes make the device write little",
  async (count) => {
    const life = createLife(2);
    await life.open();
    await life.draw(count, 100, false);
    await life.leave();
    await life.open();
    await life.draw(100, 1200, true);
    life.written();
    await life.draw(250, 1200, true);
    const { handedOver, rewritten } = life.written();
    expect(handedOver).toBeLessThan(60_000);
    expect(rewritten).toBeLessThan(200_000);
  },
);

test.each(Object.keys(FAULTS))("nothing that was safe is lost, and no alarm is given: %s", async (name) => {
  const { strokes, lost, told } = await runFaults(FAULTS[name]!, 2);
  expect(strokes).toBeGreaterThan(100);
  expect([lost, told]).toEqual([0, 0]);
});
