import * as fc from "fast-check";
import { expect, test } from "vitest";
import { byPlace, placesFor } from "../../../src/board/document/fractional-places.ts";
import type { Placed } from "../../../src/board/document/fractional-places.ts";

const place = fc.oneof(
  fc.constantFrom(0, -0, 1, 1, 2 ** 53, 1e308, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

test("what is put among others is where it should be, whatever their places are", () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 12 }), fc.nat(12), (places, n) => {
      const others = places.map((each, i): Placed => ({ id: `${i}`, place: each })).sort(byPlace);
      const at = Math.min(n, others.length);
      const given = placesFor("new", others, at);
      expect(given[0]!.id).toBe("new");
      const known = new Map([...others, ...given].map((each) => [each.id, each.place] as const));
      expect([...known.values()].every(Number.isFinite)).toBe(true);
      const order = Array.from(known, ([id, its]): Placed => ({ id, place: its })).sort(byPlace);
      const ids = others.map(({ id }) => id);
      expect(order.map(({ id }) => id)).toEqual([...ids.slice(0, at), "new", ...ids.slice(at)]);
    }),
  );
});

test("nothing else is given a place where there is one between its neighbours", () => {
  const others = [1, 2, 4].map((each): Placed => ({ id: `${each}`, place: each }));
  expect([0, 1, 2, 3].map((at) => placesFor("new", others, at))).toEqual(
    [0, 1.5, 3, 5].map((each) => [{ id: "new", place: each }]),
  );
  expect(placesFor("new", [], 0)).toEqual([{ id: "new", place: 0 }]);
});
