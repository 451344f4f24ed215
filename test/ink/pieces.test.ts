import * as fc from "fast-check";
import { expect, test } from "vitest";
import { outlineOf } from "../../src/ink/outline.ts";
import { createPieceList, MAX_TAIL, OVERLAP, PIECE_SPANS, piecesOf } from "../../src/ink/pieces.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import { PEN } from "../support/strokes.ts";

const walk = (count: number): InkPoint[] =>
  Array.from({ length: count }, (_, i) => ({
    x: Math.round(300 * Math.cos(i / 9) + i * 2),
    y: Math.round(200 * Math.sin(i / 7)),
    pressure: 0.5,
  }));

test("growing point by point comes to the same pieces as all at once", () => {
  const steps = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(steps, fc.boolean(), (list, pressure) => {
      const header = { ...PEN, pressure };
      const all = walk(1 + list.reduce((sum, step) => sum + step, 0));
      const growing = createPieceList(header);
      let count = 1;
      for (const step of list) {
        count += step;
        // The newest points are guesses, which turn out otherwise.
        const tail = all.slice(0, MAX_TAIL).map((point) => ({ ...point, x: point.x + 17 }));
        growing.update([...all.slice(0, count - 1), ...tail]);
        expect(growing.update(all.slice(0, count))).toEqual(piecesOf(header, all.slice(0, count)));
      }
    }),
  );
});

test("the next piece starts in the one before, as wide as that is there", () => {
  const points = walk(3 * PIECE_SPANS + 20);
  const pieces = piecesOf(PEN, points);
  expect(pieces).toHaveLength(4);
  for (const [i, piece] of pieces.slice(1).entries()) {
    const before = pieces[i]!;
    for (let n = 0; n <= OVERLAP; n++) {
      expect(piece.points[piece.from + n]).toEqual(before.points[before.to - OVERLAP + n]);
    }
  }
  const last = pieces.at(-1)!;
  expect(last.points[last.to]).toMatchObject({ x: points.at(-1)!.x, y: points.at(-1)!.y });
});

test("what has settled stays the same object, so that it is outlined once", () => {
  const points = walk(1000);
  const list = createPieceList(PEN);
  let before = list.update(points.slice(0, 300));
  let settled = list.settled();
  expect(settled).toBeGreaterThan(2);
  for (let count = 301; count <= 1000; count++) {
    const now = list.update(points.slice(0, count));
    for (let i = 0; i < settled; i++) expect(now[i]).toBe(before[i]);
    // Only the last one or two are new.
    expect(now.filter((piece) => !before.includes(piece)).length).toBeLessThanOrEqual(2);
    before = now;
    settled = list.settled();
  }
});

test("points of another stroke start anew", () => {
  const list = createPieceList(PEN);
  list.update(walk(500));
  const other = walk(400).map((point) => ({ ...point, y: point.y + 1000 }));
  expect(list.update(other)).toEqual(piecesOf(PEN, other));
  expect(list.update([])).toEqual([]);
});

test("handwriting is one piece, and each piece has an outline without gaps in its numbers", () => {
  expect(piecesOf(PEN, walk(PIECE_SPANS + 1))).toHaveLength(1);
  expect(piecesOf(PEN, walk(1))).toHaveLength(1);
  for (const piece of piecesOf(PEN, walk(200))) {
    const outline = outlineOf(PEN, piece);
    if (outline.kind === "dot") throw new Error("not a line");
    for (const { x, y } of outline.points) expect(Number.isFinite(x + y)).toBe(true);
  }
});
