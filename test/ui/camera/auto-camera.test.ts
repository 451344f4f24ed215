import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Box } from "../../../src/base/geometry.ts";
import type { View } from "../../../src/ui/camera/auto-camera.ts";
import {
  between,
  contains,
  fitBetweenBars,
  followInk,
  freeBox,
  HOME,
  restCamera,
} from "../../../src/ui/camera/auto-camera.ts";

const phone: View = {
  width: 390,
  height: 844,
  insets: { top: 56, right: 0, bottom: 80, left: 0 },
};
const box = (minX: number, minY: number, maxX: number, maxY: number): Box => ({ minX, minY, maxX, maxY });

const views = fc.record({
  width: fc.integer({ min: 240, max: 2000 }),
  height: fc.integer({ min: 240, max: 2000 }),
  insets: fc.record({
    top: fc.integer({ min: 0, max: 60 }),
    right: fc.integer({ min: 0, max: 40 }),
    bottom: fc.integer({ min: 0, max: 90 }),
    left: fc.integer({ min: 0, max: 40 }),
  }),
});
const boxes = fc
  .tuple(
    fc.integer({ min: -900, max: 900 }),
    fc.integer({ min: -900, max: 900 }),
    fc.integer({ min: 0, max: 600 }),
    fc.integer({ min: 0, max: 600 }),
  )
  .map(([x, y, width, height]) => box(x, y, x + width, y + height));
const cameras = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
  zoom: fc.constantFrom(0.25, 0.5, 0.8, 1),
});

describe("freeBox", () => {
  it("is the viewport without what the bars cover, in world units", () => {
    expect(freeBox(phone, HOME)).toEqual(box(-195, -366, 195, 342));
    expect(freeBox(phone, { x: 100, y: 0, zoom: 0.5 })).toEqual(box(-290, -732, 490, 684));
  });
});

describe("fitBetweenBars", () => {
  it("shows the whole box between the bars and never nearer than asked", () => {
    fc.assert(
      fc.property(views, boxes, (view, ink) => {
        const camera = fitBetweenBars(view, ink, 1);
        expect(camera.zoom).toBeLessThanOrEqual(1);
        fc.pre(camera.zoom > 0.1);
        const free = freeBox(view, camera);
        expect(
          contains(
            {
              ...free,
              minX: free.minX - 1e-6,
              minY: free.minY - 1e-6,
              maxX: free.maxX + 1e-6,
              maxY: free.maxY + 1e-6,
            },
            ink,
          ),
        ).toBe(true);
      }),
    );
  });
});

describe("restCamera", () => {
  it("is at home on an empty board and while home shows all ink", () => {
    expect(restCamera(phone, undefined)).toEqual(HOME);
    expect(restCamera(phone, box(-190, -300, 190, 300))).toEqual(HOME);
  });
  it("shows ink that home does not", () => {
    const camera = restCamera(phone, box(-700, -300, 700, 300));
    expect(camera.zoom).toBeCloseTo((390 - 56) / 1400);
    expect(camera.x).toBe(0);
  });
});

describe("followInk", () => {
  it("stays while all ink is in sight", () => {
    expect(followInk(phone, HOME, box(-100, -100, 100, 100), undefined)).toBeUndefined();
  });
  it("goes out when a contact draws off the screen", () => {
    const camera = followInk(phone, HOME, box(-100, -100, 600, 100), undefined);
    expect(camera?.zoom).toBeLessThan(1);
  });
  it("stays when this person draws under the bar", () => {
    const own = box(-50, 200, 50, 400);
    expect(followInk(phone, HOME, own, own)).toBeUndefined();
    expect(followInk(phone, HOME, own, undefined)).toBeDefined();
  });
  it("returns home once the board is empty", () => {
    expect(followInk(phone, { x: 9, y: 9, zoom: 0.4 }, undefined, undefined)).toEqual(HOME);
    expect(followInk(phone, HOME, undefined, undefined)).toBeUndefined();
  });
  it("never goes nearer, and having gone it stays", () => {
    fc.assert(
      fc.property(views, cameras, boxes, (view, camera, ink) => {
        const target = followInk(view, camera, ink, undefined);
        fc.pre(target !== undefined && target.zoom > 0.1);
        expect(target.zoom).toBeLessThanOrEqual(camera.zoom);
        expect(followInk(view, target, ink, undefined)).toBeUndefined();
      }),
    );
  });
});

describe("between", () => {
  it("starts and ends where it is told and keeps the zoom between the two", () => {
    fc.assert(
      fc.property(cameras, cameras, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, progress) => {
        expect(between(from, to, 1)).toEqual(to);
        const start = between(from, to, 0);
        expect(start.x).toBeCloseTo(from.x);
        expect(start.zoom).toBeCloseTo(from.zoom);
        const { zoom } = between(from, to, progress);
        expect(zoom).toBeGreaterThanOrEqual(Math.min(from.zoom, to.zoom) - 1e-9);
        expect(zoom).toBeLessThanOrEqual(Math.max(from.zoom, to.zoom) + 1e-9);
      }),
    );
  });
});
