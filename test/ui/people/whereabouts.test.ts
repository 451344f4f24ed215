import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box, Point } from "../../../src/base/geometry.ts";
import type { Contact } from "../../../src/session.ts";
import { edgeTowards } from "../../../src/ui/people/edge.ts";
import { boxToShow, createWhereabouts, pointOf } from "../../../src/ui/people/whereabouts.ts";

const VIEW: Box = { minX: 0, minY: 0, maxX: 100, maxY: 200 };

interface Signs {
  readonly tip?: Point;
  readonly cursor?: Point;
  readonly view?: Box;
  readonly state?: Contact["state"];
}

const bo = ({ tip, cursor, view, state = "here" }: Signs): Contact => ({
  address: "bo",
  state,
  drawing: false,
  hasEverything: true,
  missingStrokes: 0,
  page: undefined,
  isFull: false,
  tip,
  preview: undefined,
  presence: view && { document: 0, name: "", color: 1, tool: "pen", view, penDown: false, cursor },
});

describe("where a contact is", () => {
  it("is the tip of its ink or its pointer, whichever moved last", () => {
    const whereabouts = createWhereabouts();
    const seen = (signs: Signs) => {
      const [where] = whereabouts.update([bo({ view: VIEW, ...signs })]);
      return [where?.place?.x, where?.moved];
    };
    const old = { x: 1, y: 1 };
    expect(seen({ tip: old })).toEqual([undefined, false]);
    expect(seen({ tip: old, cursor: { x: 2, y: 2 } })).toEqual([2, true]);
    expect(seen({ tip: old, cursor: { x: 2, y: 2 } })).toEqual([2, false]);
    expect(seen({ tip: { x: 3, y: 3 }, cursor: { x: 2, y: 2 } })).toEqual([3, true]);
    expect(seen({ tip: { x: 3, y: 3 } })).toEqual([3, false]);
    expect(seen({ tip: { x: 3, y: 3 }, cursor: { x: 2, y: 2 } })).toEqual([3, false]);
    expect(seen({ tip: { x: 3, y: 3 }, cursor: { x: 4, y: 2 } })).toEqual([4, true]);
  });

  it("is unknown once it left", () => {
    const whereabouts = createWhereabouts();
    whereabouts.update([bo({ view: VIEW, cursor: { x: 2, y: 2 } })]);
    expect(whereabouts.update([bo({ state: "away" })])).toEqual([]);
    expect(whereabouts.update([bo({})])[0]?.place).toBeUndefined();
  });

  it("is the middle of what it sees where it only looks, or looked elsewhere since", () => {
    const whereabouts = createWhereabouts();
    const [looking] = whereabouts.update([bo({ view: VIEW })]);
    expect(pointOf(looking!)).toEqual({ x: 50, y: 100 });
    const [pointing] = whereabouts.update([bo({ view: VIEW, cursor: { x: 90, y: 10 } })]);
    expect(pointOf(pointing!)).toEqual({ x: 90, y: 10 });
    const elsewhere = { minX: 1000, minY: 0, maxX: 1100, maxY: 200 };
    const [left] = whereabouts.update([bo({ view: elsewhere, cursor: { x: 90, y: 10 } })]);
    expect(pointOf(left!)).toEqual({ x: 1050, y: 100 });
    expect(boxToShow(left!, VIEW)).toEqual(elsewhere);
  });

  it("of an app that does not tell, it is where the ink grows", () => {
    const whereabouts = createWhereabouts();
    whereabouts.update([bo({})]);
    const [drawing] = whereabouts.update([bo({ tip: { x: 500, y: 600 } })]);
    expect(boxToShow(drawing!, VIEW)).toEqual({ minX: 450, minY: 500, maxX: 550, maxY: 700 });
    const [nothing] = createWhereabouts().update([bo({})]);
    expect(boxToShow(nothing!, VIEW)).toBeUndefined();
  });
});

describe("the edge", () => {
  it("is not crossed on the way to what lies inside", () => {
    expect(edgeTowards(VIEW, { x: 50, y: 100 })).toBeUndefined();
    expect(edgeTowards(VIEW, { x: 99, y: 1 })).toBeUndefined();
  });

  it("is crossed on the straight way, wherever that leads", () => {
    expect(edgeTowards(VIEW, { x: 150, y: 100 })).toEqual({ x: 100, y: 100, angle: 0 });
    expect(edgeTowards(VIEW, { x: 50, y: -300 })).toEqual({ x: 50, y: 0, angle: -Math.PI / 2 });
    const place = fc.integer({ min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(place, place, (x, y) => {
        const edge = edgeTowards(VIEW, { x, y });
        const inside = x >= 0 && x <= 100 && y >= 0 && y <= 200;
        expect(edge === undefined).toBe(inside);
        if (!edge) return;
        const onSide = Math.min(
          Math.abs(edge.x),
          Math.abs(edge.x - 100),
          Math.abs(edge.y),
          Math.abs(edge.y - 200),
        );
        expect(onSide).toBeLessThan(1e-6);
        expect(Math.atan2(y - 100, x - 50)).toBeCloseTo(edge.angle);
      }),
    );
  });
});
