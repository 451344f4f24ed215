import { expect, test } from "vitest";
import { createSvgPath } from "../../../src/render/output/svg-path.ts";
import { flatBox, trace, type Flat } from "../../../src/render/shapes/path.ts";

const ORIGIN = { x: 0, y: 0 };

function dataOf(flat: Flat, origin = ORIGIN): string {
  const path = createSvgPath(64, origin);
  trace(flat, 1, path);
  return path.data();
}

test("a smooth outline is said by the points between its corners, without rounding", () => {
  const places = Float32Array.of(0, 0, 4, 0, 4, 4, 0, 4);
  expect(dataOf({ kind: "polygon", size: 0, places })).toBe("M0 128q0-128 128-128t128 128-128 128-128-128z");
});

test("a line, a dot and a box with round corners", () => {
  expect(dataOf({ kind: "line", size: 2, places: Float32Array.of(0, 0, 1, -1, 1, 1) })).toBe(
    "M0 0l64-64 0 128",
  );
  expect(dataOf({ kind: "dot", size: 1, places: Float32Array.of(2, 3) })).toBe(
    "M192 192a64 64 0 0 1-128 0 64 64 0 0 1 128 0",
  );
  expect(dataOf(flatBox({ minX: 0, minY: 0, maxX: 4, maxY: 3 }, 1))).toBe(
    "M0 64a64 64 0 0 1 64-64l128 0a64 64 0 0 1 64 64l0 64a64 64 0 0 1-64 64l-128 0a64 64 0 0 1-64-64z",
  );
});

test("an origin between the numbers moves all of it alike", () => {
  const places = Float32Array.of(0, 0, 1, -1, 1, 1);
  expect(dataOf({ kind: "line", size: 2, places }, { x: 0.4, y: -10.4 })).toBe("M0-10l64-64 0 128");
});
