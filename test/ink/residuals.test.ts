import { expect, test } from "vitest";
import { residuals } from "../../src/ink/residuals.ts";

const table = residuals();

const ranks = Array.from({ length: table.count }, (_, rank) => rank);

test("ranks and steps are each other's inverse", () => {
  const wrong = ranks.filter((rank) => table.rankOf(table.dxOf(rank), table.dyOf(rank)) !== rank);
  expect(wrong).toEqual([]);
  expect(table.rankOf(133, 0)).toBe(-1);
  expect(table.rankOf(100, 100)).toBe(-1);
});

test("nearer steps come first, and all ranks fit below the surrogates", () => {
  const square = (rank: number): number => table.dxOf(rank) ** 2 + table.dyOf(rank) ** 2;
  expect(ranks.slice(1).filter((rank) => square(rank) < square(rank - 1))).toEqual([]);
  expect(table.count + 2).toBeLessThanOrEqual(0xd800);
});

test("the order is fixed for ever: stored strokes depend on it", () => {
  const first = Array.from({ length: 9 }, (_, rank) => [table.dxOf(rank), table.dyOf(rank)]);
  expect(first).toEqual([
    [0, 0],
    [0, -1],
    [-1, 0],
    [1, 0],
    [0, 1],
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ]);
  let hash = 0;
  for (let rank = 0; rank < table.count; rank++) {
    hash = (Math.imul(hash, 31) + table.dxOf(rank) * 1000 + table.dyOf(rank)) | 0;
  }
  expect({ count: table.count, hash }).toEqual({ count: 54_693, hash: -149_582_028 });
});
