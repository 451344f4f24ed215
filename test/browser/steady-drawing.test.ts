import { expect, it, onTestFinished } from "vitest";
import { closeClean } from "./closing.ts";
import { openSimulator } from "./simulator.ts";
import { drawSteadily } from "./steady.ts";

it("two contacts lose nothing of 10 s of drawing at 60 Hz, well under the engine's limit", async () => {
  const simulator = await openSimulator();
  onTestFinished(() => closeClean(simulator));
  const drawn = await drawSteadily(simulator);
  expect(drawn.arrived).toBe(drawn.samples);
  expect(drawn.lost).toBe(0);
  console.info(
    `60 Hz drawing, ${drawn.seconds.toFixed(1)} s: ${drawn.messagesPerSecond.toFixed(1)} messages/s, ` +
      `${drawn.charactersPerSample.toFixed(1)} bytes a sample (${drawn.samples} samples)`,
  );
  expect(drawn.seconds).toBeGreaterThan(9);
  expect(drawn.messagesPerSecond).toBeLessThan(9);
});
