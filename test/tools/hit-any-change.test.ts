import { expect, it } from "vitest";
import { overlaps, type Point } from "../../src/base/geometry.ts";
import { translation } from "../../src/base/matrix.ts";
import { createPrng, type Prng } from "../../src/base/prng.ts";
import type { Board, Item } from "../../src/board/document/board.ts";
import { createHitTest, partsOf, type HitTest } from "../../src/tools/hit.ts";
import { isInside } from "../../src/tools/polygon.ts";
import { touchesCurve, type Sweep } from "../../src/tools/sweep.ts";
import { createPeer, draw } from "../board/peers.ts";
import { RandomChanges, REACH } from "../board/random-changes.ts";
import { sizeOf } from "./support/fake-board.ts";
import { indexOf } from "./support/hits.ts";

const PRECISION = 0.1;

function touchable(board: Board): Item[] {
  const locked = board.layers().filter((layer) => layer.locked);
  return board.items().filter(({ layer }) => !locked.some(({ id }) => id === layer));
}

/** Every stroke is looked at closely, and words by what an index of them alone says. */
function strokesSwept(board: Board, sweep: Sweep): Item[] {
  return touchable(board).filter(
    (item) =>
      item.kind === "stroke" &&
      partsOf(item).some((part) =>
        touchesCurve(part, { ...sweep, radius: sweep.radius + item.header.width / 2 }, PRECISION),
      ),
  );
}

function strokesEnclosed(board: Board, polygon: readonly Point[]): Item[] {
  return touchable(board).filter((item) => {
    if (item.kind !== "stroke") return false;
    const points = partsOf(item).flat();
    const inside = points.filter((point) => isInside(polygon, point));
    return points.length > 0 && 2 * inside.length >= points.length;
  });
}

function expectTheSame(board: Board, hits: HitTest, prng: Prng): void {
  const place = (): Point => ({
    x: REACH * (2 * prng.next() - 1),
    y: REACH * (2 * prng.next() - 1),
  });
  const isStroke = ({ kind }: Item): boolean => kind === "stroke";
  for (let i = 0; i < 4; i++) {
    const sweep = { from: place(), to: place(), radius: 12 };
    const swept = hits.swept(sweep, PRECISION);
    expect(swept.filter(isStroke)).toEqual(strokesSwept(board, sweep));
    const polygon = [place(), place(), place(), place()];
    expect(hits.enclosed(polygon).filter(isStroke)).toEqual(strokesEnclosed(board, polygon));
    // Words too come in the order of the board, and none that is gone, hidden or locked.
    expect(swept).toEqual(touchable(board).filter((item) => swept.includes(item)));
  }
  const everything = hits.swept({ from: { x: 0, y: 0 }, to: { x: 0, y: 0 }, radius: 1e6 }, PRECISION);
  expect(everything).toEqual(
    touchable(board).filter((item) => item.kind !== "stroke" || partsOf(item).length > 0),
  );
  for (const item of everything.filter(({ kind }) => kind === "text")) {
    const { minX, minY, maxX, maxY } = hits.boxOf(item)!;
    const middle = { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
    const there = hits.swept({ from: middle, to: middle, radius: 1 }, PRECISION);
    expect(there).toContain(item);
    for (const other of there) expect(overlaps(hits.boxOf(other)!, hits.boxOf(item)!)).toBe(true);
  }
}

it.each(Array.from({ length: 8 }, (_, seed) => seed))(
  "erasers, taps and lassos hit what a look at every item finds, whatever becomes of them (seed %i)",
  (seed) => {
    const prng = createPrng(seed + 40);
    const changes = new RandomChanges(prng);
    const open = (): HitTest => {
      const { board } = changes.own;
      return createHitTest({ board, index: indexOf(board), sizeOf });
    };
    let hits = open();
    let compared = 0;
    for (let n = 0; n < 120; n++) {
      changes.step();
      if (prng.chance(0.02)) {
        changes.replaceOwn();
        hits = open();
      }
      if (!prng.chance(0.4)) continue;
      compared++;
      try {
        expectTheSame(changes.own.board, hits, prng);
      } catch (error) {
        throw new Error(`after ${changes.told.join(", ")}`, { cause: error });
      }
    }
    expect(compared).toBeGreaterThan(20);
  },
);

it("what contacts change makes no eraser go through the board again", () => {
  const { board } = createPeer(1);
  for (let i = 0; i < 400; i++) draw(board, 10 * i, 10 * i + 8);
  let walks = 0;
  const counting: Board = {
    ...board,
    items() {
      walks++;
      return board.items();
    },
  };
  const hits = createHitTest({ board: counting, index: indexOf(counting), sizeOf });
  const everything = (): readonly Item[] =>
    hits.swept({ from: { x: 0, y: 0 }, to: { x: 5000, y: 2500 }, radius: 50 }, PRECISION);
  const ids = everything().map(({ id }) => id);
  expect(ids).toHaveLength(400);
  walks = 0;
  for (let i = 0; i < 20; i++) {
    draw(board, 10 * i, 10 * i + 8);
    board.transform([ids[i]!], translation(3, 3));
    board.erase([ids[100 + i]!]);
    expect(everything()).toHaveLength(400);
  }
  expect(walks).toBe(0);
});
