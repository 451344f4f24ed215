import * as fc from "fast-check";
import { expect, test } from "vitest";
import { boundsOf, type Box, type Point } from "../../../src/base/geometry.ts";
import {
  MAX_ZOOM,
  MIN_ZOOM,
  pan,
  screenToWorld,
  worldToScreen,
  zoomAt,
  type Camera,
  type Viewport,
} from "../../../src/render/canvas/camera.ts";
import { areaOf, backingSize, transformOf, worldOf } from "../../../src/render/canvas/transform.ts";

const VIEWPORT = { width: 390, height: 844 };
const coordinate = fc.double({ min: -1e5, max: 1e5, noNaN: true });
const points = fc.record({ x: coordinate, y: coordinate });
const cameras: fc.Arbitrary<Camera> = fc.record({
  x: coordinate,
  y: coordinate,
  zoom: fc.double({ min: MIN_ZOOM, max: MAX_ZOOM, noNaN: true }),
});

/** The part of the world that is in view. */
const visibleBox = (camera: Camera, viewport: Viewport): Box =>
  boundsOf([
    screenToWorld(camera, viewport, { x: 0, y: 0 }),
    screenToWorld(camera, viewport, { x: viewport.width, y: viewport.height }),
  ])!;

/** How far apart two places are. */
const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

test("screen and world are each other's inverse", () => {
  fc.assert(
    fc.property(cameras, points, (camera, point) => {
      const back = worldToScreen(camera, VIEWPORT, screenToWorld(camera, VIEWPORT, point));
      expect(apart(back, point)).toBeLessThan(1e-4);
    }),
  );
});

test("the middle of the viewport shows the camera's place", () => {
  const camera = { x: 7, y: -3, zoom: 2 };
  expect(screenToWorld(camera, VIEWPORT, { x: 195, y: 422 })).toEqual({ x: 7, y: -3 });
  expect(visibleBox(camera, VIEWPORT)).toEqual({ minX: -90.5, minY: -214, maxX: 104.5, maxY: 208 });
});

test("panning moves the drawing with the hand", () => {
  fc.assert(
    fc.property(cameras, points, (camera, point) => {
      const before = worldToScreen(camera, VIEWPORT, point);
      const after = worldToScreen(pan(camera, 30, -20), VIEWPORT, point);
      expect(apart(after, { x: before.x + 30, y: before.y - 20 })).toBeLessThan(1e-4);
    }),
  );
});

test("zooming keeps the place under the finger, within the limits", () => {
  const factors = fc.double({ min: 0.01, max: 100, noNaN: true });
  const onScreen = fc.record({ x: fc.nat(390), y: fc.nat(844) });
  fc.assert(
    fc.property(cameras, onScreen, factors, (camera, screen, factor) => {
      const zoomed = zoomAt(camera, VIEWPORT, screen, factor);
      expect(zoomed.zoom).toBeGreaterThanOrEqual(MIN_ZOOM);
      expect(zoomed.zoom).toBeLessThanOrEqual(MAX_ZOOM);
      const before = screenToWorld(camera, VIEWPORT, screen);
      expect(apart(screenToWorld(zoomed, VIEWPORT, screen), before)).toBeLessThan(1e-4);
    }),
  );
});

test("device pixels agree with the screen, and an area holds its box", () => {
  const box = { minX: -20, minY: -10, maxX: 33.3, maxY: 12.7 };
  fc.assert(
    fc.property(fc.constantFrom(1, 1.5, 2.625, 3), fc.constantFrom(0.3, 1, 7), (ratio, zoom) => {
      const camera = { x: 3, y: 4, zoom };
      const transform = transformOf(camera, VIEWPORT, ratio);
      const screen = worldToScreen(camera, VIEWPORT, { x: 10, y: 20 });
      // To the nearest whole pixel of the canvas.
      expect(Number.isInteger(transform.x) && Number.isInteger(transform.y)).toBe(true);
      expect(Math.abs(10 * transform.scale + transform.x - screen.x * ratio)).toBeLessThan(0.5 + 1e-6);
      expect(Math.abs(20 * transform.scale + transform.y - screen.y * ratio)).toBeLessThan(0.5 + 1e-6);
      const size = backingSize(VIEWPORT, ratio);
      const area = areaOf(box, transform, size)!;
      for (const value of Object.values(area)) expect(Number.isInteger(value)).toBe(true);
      const world = worldOf(area, transform);
      const seen = visibleBox(camera, { width: VIEWPORT.width - 1, height: VIEWPORT.height - 1 });
      expect(world.minX).toBeLessThanOrEqual(Math.max(box.minX, seen.minX));
      expect(world.maxY).toBeGreaterThanOrEqual(Math.min(box.maxY, seen.maxY));
    }),
  );
  const plain = { scale: 2, x: 10.5, y: 0 };
  expect(areaOf({ minX: 0, minY: 3, maxX: 4, maxY: 3.2 }, plain, VIEWPORT)).toEqual({
    x: 9,
    y: 5,
    width: 11,
    height: 3,
  });
  const far = { minX: 1e6, minY: 0, maxX: 1e6 + 1, maxY: 1 };
  expect(areaOf(far, transformOf({ x: 0, y: 0, zoom: 1 }, VIEWPORT, 1), VIEWPORT)).toBeUndefined();
});
