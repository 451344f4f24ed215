import { describe, expect, test } from "vitest";
import { generateStrokes, loadRecordings } from "../support/strokes.ts";
import { BASELINES } from "./baselines.ts";
import { INKMESH } from "./inkmesh.ts";
import { measureLive } from "./live.ts";
import type { Scheme, Strokes } from "./scheme.ts";

/*
 * The goals that do not depend on how fast a machine is. `npm run bench` measures the rest.
 */
const SETS: readonly (readonly [name: string, strokes: Strokes])[] = [
  ...loadRecordings().map(({ name, strokes }) => [name, strokes.slice(0, 100)] as const),
  ["generated, 60 Hz", generateStrokes(1, 60, 60)],
  ["generated, 120 Hz", generateStrokes(1, 60, 120)],
];

const countOf = (strokes: Strokes): number => strokes.reduce((sum, { length }) => sum + length, 0);

describe.each(SETS)("[S12] ink costs little: %s", (_, strokes) => {
  test("live: at most 2.5 characters of base64 a captured sample, all messages counted", async () => {
    const { charsPerSample, messagesPerSecond, isEqual } = await measureLive(strokes);
    expect(isEqual).toBe(true);
    expect(charsPerSample).toBeLessThanOrEqual(2.5);
    expect(messagesPerSecond).toBeLessThan(9);
  });

  test("stored: at most 1.5 bytes a sample", () => {
    expect(INKMESH.keep(strokes).stored.length / countOf(strokes)).toBeLessThanOrEqual(1.5);
  });
});

test.each([INKMESH, ...BASELINES])("$name: what is sent and stored can be read", (scheme: Scheme) => {
  const strokes = generateStrokes(3, 12, 60);
  const messages = scheme.send(strokes);
  expect(messages.length).toBeGreaterThan(12);
  const points = scheme.read(messages);
  const count = countOf(strokes);
  // A segment joins two samples; of Inkmesh those count that are kept, which are fewer.
  const least = scheme === INKMESH ? count / 8 : count - strokes.length;
  expect(points).toBeGreaterThanOrEqual(least);
  expect(points).toBeLessThanOrEqual(count);
  expect(scheme.open(scheme.keep(strokes).stored, true)).toBeDefined();
});
