import { expect, test } from "vitest";
import { comparisonTable, notAhead } from "./comparison.ts";

const ROWS = [
  { what: "less than both", figures: [2, 4, 7], digits: 0 },
  { what: "more than one", figures: [20, 5, 70], digits: 0 },
  { what: "as much as one, as far as is shown", figures: [16.66, 16.74, 33.3], digits: 1 },
  { what: "a little less", figures: [16.6, 16.7, 33.3], digits: 1 },
];

test("a row is ahead where the first figure is less than every other one, by the digits that are shown", () => {
  expect(notAhead(ROWS).map(({ what }) => what)).toEqual([
    "more than one",
    "as much as one, as far as is shown",
  ]);
});

test("the table says how many times ours the figures of the others are", () => {
  const lines = comparisonTable("strokes", ["own", "a", "b"], ROWS).split("\n");
  expect(lines[2]!.split("|").map((cell) => cell.trim())).toEqual([
    "",
    "less than both",
    "2",
    "4 (2.0 ×)",
    "7 (3.5 ×)",
    "",
  ]);
});
