import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Beyond } from "../../../src/ui/people/edge-groups.ts";
import { groupAtEdge } from "../../../src/ui/people/edge-groups.ts";
import { besides } from "../../../src/ui/people/edge.ts";

const at = (x: number, y: number, distance: number): Beyond => ({ x, y, distance });

it("markers at nearly the same place become one, of the nearest person", () => {
  const [far, near, middle, apart] = [at(10, 300, 900), at(10, 290, 400), at(10, 320, 600), at(10, 100, 500)];
  expect(groupAtEdge([far, near, middle, apart], 46)).toEqual([
    { nearest: near, others: [middle, far] },
    { nearest: apart, others: [] },
  ]);
});

it("of any number of people nobody is lost, and no two markers lie on one another", () => {
  const edge = fc.integer({ min: 0, max: 400 });
  const person = fc.record({ x: edge, y: edge, distance: fc.integer({ min: 1, max: 5000 }) });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 20 }), (people) => {
      const groups = groupAtEdge(people, 46);
      const all = groups.flatMap(({ nearest, others }) => [nearest, ...others]);
      expect(new Set(all)).toEqual(new Set(people));
      expect(all.length).toBe(people.length);
      for (const [i, { nearest: a, others }] of groups.entries()) {
        for (const other of others) expect(other.distance).toBeGreaterThanOrEqual(a.distance);
        for (const { nearest: b } of groups.slice(i + 1))
          expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(46);
      }
    }),
  );
});

it("a marker makes way for what covers its place", () => {
  const covered = { minX: 300, minY: 50, maxX: 380, maxY: 150 };
  expect(besides({ x: 350, y: 100 }, covered)).toEqual({ x: 350, y: 176 });
  expect(besides({ x: 100, y: 100 }, covered)).toEqual({ x: 100, y: 100 });
});
