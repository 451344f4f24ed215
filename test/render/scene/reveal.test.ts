import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InkPoint } from "../../../src/ink/stroke.ts";
import { createReveal } from "../../../src/render/scene/reveal.ts";

const FRAME = 16;
const line = (count: number): InkPoint[] =>
  Array.from({ length: count }, (_, i) => ({ x: i * 10, y: 0, pressure: 0.5 }));

/** How far the shown ink reaches, in points. */
const reachOf = (shown: readonly InkPoint[]): number => shown.at(-1)!.x / 10 + 1;

describe("a contact's ink", () => {
  test("flows evenly between arrivals, from its first points on", () => {
    let time = 1000;
    const reveal = createReveal(() => time);
    const points = line(5);
    reveal.arrived("a", 5);
    expect(reveal.shown("a", points)).toHaveLength(5);
    time += 150;
    points.push(...line(35).slice(5));
    reveal.arrived("a", 35);
    const steps: number[] = [];
    for (let before = 5; reveal.holds("a"); time += 15) {
      const reach = reachOf(reveal.shown("a", points));
      steps.push(reach - before);
      before = reach;
    }
    expect(steps.length).toBe(10);
    expect(Math.max(...steps)).toBeCloseTo(3);
    expect(reveal.shown("a", points)).toEqual(points);
    expect(reveal.resting()).toBe(true);
    expect(reveal.settle()).toEqual(["a"]);
  });

  test("never goes back, and no point waits longer than 250 ms", () => {
    const arrivals = fc.array(
      fc.record({ after: fc.integer({ min: 1, max: 900 }), points: fc.integer({ min: 0, max: 80 }) }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(arrivals, (list) => {
        let time = 0;
        const reveal = createReveal(() => time);
        const cameAt: number[] = [];
        const come = (count: number): void => {
          for (let i = 0; i < count; i++) cameAt.push(time);
          reveal.arrived("a", cameAt.length);
        };
        come(1);
        let before = 0;
        const look = (): void => {
          const reach = reachOf(reveal.shown("a", line(cameAt.length)));
          expect(reach).toBeGreaterThanOrEqual(before - 1e-9);
          before = reach;
          // Those that are held back have just come.
          const late = cameAt.find((_, i) => i + 1 > reach + 1e-9) ?? time;
          expect(time - late).toBeLessThan(250);
        };
        for (const { after, points } of list) {
          for (const end = time + after; time < end; time = Math.min(time + FRAME, end)) look();
          come(points);
          look();
        }
        time += 250;
        expect(reveal.shown("a", line(cameAt.length))).toHaveLength(cameAt.length);
        expect(reveal.holds("a")).toBe(false);
      }),
    );
  });

  test("a page that was hidden shows all of it at once", () => {
    let time = 0;
    const reveal = createReveal(() => time);
    reveal.arrived("a", 2);
    time = 200;
    reveal.arrived("a", 50);
    time = 60_000;
    expect(reveal.shown("a", line(50))).toEqual(line(50));
    reveal.forget("a");
    expect(reveal.settle()).toEqual([]);
  });

  test("what never grew is shown as it is", () => {
    const reveal = createReveal(() => 0);
    expect(reveal.shown("a", line(7))).toEqual(line(7));
    expect(reveal.holds("a")).toBe(false);
  });
});
