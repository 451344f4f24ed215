/*
 * What is kept of shapes at rest: not their points, which are worked out again where they are needed, and not
 * more shapes than there is room for.
 */
import { NO_PICTURES } from "../../../src/render/shapes/bitmaps.ts";
import { beforeAll, expect, test } from "vitest";
import type { StrokeItem } from "../../../src/board/document/board.ts";
import { paintPiece } from "../../../src/render/shapes/canvas-painter.ts";
import { createShapeCache, type ShapeCache } from "../../../src/render/shapes/shape-cache.ts";
import { createGrowingShape, shapeOfParts, type Shape } from "../../../src/render/shapes/shapes.ts";
import { createWords } from "../../../src/render/shapes/words.ts";
import type { InkPoint } from "../../../src/ink/stroke.ts";
import { PEN } from "../../support/strokes.ts";
import { createFakeCanvas } from "../fake-canvas.ts";
import { fakeLineBreaker } from "../fake-line-breaker.ts";
import { stubPath2D, type FakePath } from "../fake-path.ts";

beforeAll(stubPath2D);

/** Of the many others, which have more points together than pieces are kept of, or shapes. */
const LENGTH = 1000;
const MORE_THAN_PIECES = 25;
const MORE_THAN_SHAPES = 250;

/** Not thinner than a pixel, and thinner. */
const NEAR = 1;
const FAR = 1 / 16;

interface Counted extends StrokeItem {
  readonly asked: () => number;
}

function wave(length: number): InkPoint[] {
  return Array.from({ length }, (_, i) => ({ x: 7 * i, y: 40 * Math.sin(i / 5), pressure: 0.5 }));
}

/** A finished stroke that counts how often its points are asked for. */
function stroke(id: string, length: number): Counted {
  let asked = 0;
  return {
    kind: "stroke",
    id,
    client: 1,
    layer: "",
    attributes: {},
    header: PEN,
    get points() {
      asked++;
      return wave(length);
    },
    parts: undefined,
    cuts: [],
    ended: true,
    asked: () => asked,
  };
}

function cacheOf(): ShapeCache {
  return createShapeCache(
    createWords(() => createFakeCanvas().element, fakeLineBreaker),
    NO_PICTURES,
  );
}

/** What a canvas would be told to paint at this scale. */
function pathsOf({ pieces }: Shape, scale: number): unknown[] {
  return pieces.map((piece) => {
    let painted: unknown;
    const paint = (path: unknown): void => {
      painted = path;
    };
    const context = { setTransform: () => undefined, fill: paint, stroke: paint };
    paintPiece(
      context as unknown as CanvasRenderingContext2D,
      piece,
      { transform: { scale, x: 0, y: 0 } },
      { dark: false },
    );
    return (painted as FakePath).points;
  });
}

function shapeOthers(cache: ShapeCache, count: number): void {
  for (let i = 0; i < count; i++) cache.shapeOf(stroke(`other ${i}`, LENGTH));
}

test("a shape that was painted needs its points only to be painted otherwise, and then they are the same", () => {
  const cache = cacheOf();
  const item = stroke("1.1", 200);
  const shape = cache.shapeOf(item);
  const fresh = shapeOfParts(item, [wave(200)]);
  expect(shape.pieces.length).toBeGreaterThan(2);
  expect(pathsOf(shape, NEAR)).toEqual(pathsOf(fresh, NEAR));
  expect(shape.pieces.map((piece) => piece.box())).toEqual(fresh.pieces.map((piece) => piece.box()));
  shapeOthers(cache, MORE_THAN_PIECES);
  const asked = item.asked();
  expect(cache.shapeOf(item)).toBe(shape);
  expect(pathsOf(shape, 2)).toEqual(pathsOf(fresh, 2));
  expect(item.asked()).toBe(asked);
  // Its pieces were let go: all of them are found again at once.
  expect(pathsOf(shape, FAR)).toEqual(pathsOf(fresh, FAR));
  expect(item.asked()).toBe(asked + 1);
});

test("a shape that was made while its stroke grew lets its points go, too", () => {
  const cache = cacheOf();
  const item = stroke("1.1", 200);
  const growing = createGrowingShape(PEN);
  const [settled] = growing.update(wave(150)).pieces;
  cache.adopt(item.id, growing);
  const shape = cache.shapeOf(item);
  expect(shape.pieces[0]).toBe(settled);
  expect(pathsOf(shape, NEAR)).toEqual(pathsOf(shapeOfParts(item, [wave(200)]), NEAR));
  shapeOthers(cache, MORE_THAN_PIECES);
  const asked = item.asked();
  expect(pathsOf(shape, FAR)).toEqual(pathsOf(shapeOfParts(item, [wave(200)]), FAR));
  expect(item.asked()).toBe(asked + 1);
});

test("the latest used shapes are kept, and not more than there is room for", () => {
  const cache = cacheOf();
  const [used, left] = [stroke("used", LENGTH), stroke("left", LENGTH)];
  const [first, second] = [cache.shapeOf(used), cache.shapeOf(left)];
  for (let i = 0; i < MORE_THAN_SHAPES; i++) {
    cache.shapeOf(stroke(`other ${i}`, LENGTH));
    expect(cache.shapeOf(used)).toBe(first);
  }
  expect(cache.shapeOf(left)).not.toBe(second);
});
