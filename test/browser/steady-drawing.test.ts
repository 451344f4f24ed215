import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { spiral } from "./places.ts";
import { openSimulator } from "./simulator.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

it("two contacts lose nothing of 10 s of drawing at 60 Hz, well under the engine's limit", async () => {
  const simulator = await openSimulator(browser);
  const [alice, bob] = [simulator.phone("Alice"), simulator.phone("Bob")];
  await alice.ready();
  await bob.ready();
  // Six strokes of 100 places, one place in each frame.
  const strokes = Array.from({ length: 6 }, (_, i) =>
    spiral([90 + (i % 2) * 180, 170 + Math.floor(i / 2) * 130], 4, 55, 100, 4),
  );
  const before = await alice.traffic();
  const start = performance.now();
  for (const places of strokes) await alice.drawSteadily(places);
  const seconds = (performance.now() - start) / 1000;
  expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(0);
  for (const places of strokes) expect(await bob.inkedPlaces(places)).toBe(100);
  const after = await alice.traffic();
  expect(after.lost).toBe(0);
  const messages = (after.messages - before.messages) / seconds;
  const bytes = (after.bytes - before.bytes) / 600;
  console.info(
    `60 Hz drawing, ${seconds.toFixed(1)} s: ${messages.toFixed(1)} messages/s, ` +
      `${bytes.toFixed(1)} bytes a sample (600 samples)`,
  );
  expect(seconds).toBeGreaterThan(9);
  expect(messages).toBeLessThan(9);
  expect(simulator.problems()).toEqual([]);
  await simulator.close();
});
