import { expect } from "vitest";
import { bothReady } from "./meeting.ts";
import { spiral } from "./places.ts";
import type { SimulatorPage } from "./simulator.ts";

/** What was counted while one person drew. */
export interface SteadyDrawing {
  readonly seconds: number;
  readonly samples: number;
  /** Samples with ink at the contact. */
  readonly arrived: number;
  readonly messagesPerSecond: number;
  /** Base64, of whole messages. */
  readonly charactersPerSample: number;
  /** Navigations and messages. */
  readonly lost: number;
}

/** Alice draws for some 10 s, six strokes with a place in each frame of a screen of 60 Hz. */
export async function drawSteadily(simulator: SimulatorPage): Promise<SteadyDrawing> {
  const [alice, bob] = await bothReady(simulator);
  const strokes = Array.from({ length: 6 }, (_, i) =>
    spiral([90 + (i % 2) * 180, 170 + Math.floor(i / 2) * 130], 4, 55, 100, 4),
  );
  const before = await alice.traffic();
  const start = performance.now();
  for (const places of strokes) await alice.drawSteadily(places);
  const seconds = (performance.now() - start) / 1000;
  expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(0);
  const samples = strokes.flat();
  const arrived = await bob.inkedPlaces(samples);
  const after = await alice.traffic();
  return {
    seconds,
    samples: samples.length,
    arrived,
    messagesPerSecond: (after.messages - before.messages) / seconds,
    charactersPerSample: (after.bytes - before.bytes) / samples.length,
    lost: after.lost,
  };
}
