/* The camera where a person moves it: with fingers, a wheel, keys and buttons. */
import { describe, expect, it } from "vitest";
import type { Box } from "../../../src/base/geometry.ts";
import { screenToWorld } from "../../../src/render/canvas/camera.ts";
import { contains, freeBox, HOME } from "../../../src/ui/camera/auto-camera.ts";
import type { ViewDesk } from "./view-desk.ts";
import { createViewDesk, FAR, inSight, NEAR } from "./view-desk.ts";

describe("by hand", () => {
  it("keeps the place under the fingers", () => {
    const desk = createViewDesk({ ink: NEAR });
    const before = screenToWorld(desk.control.camera(), desk.view, { x: 120, y: 300 });
    desk.control.navigate({ x: 120, y: 300 }, { x: 150, y: 320 }, 2);
    const after = screenToWorld(desk.control.camera(), desk.view, { x: 150, y: 320 });
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
    expect(desk.control.camera().zoom).toBe(2);
  });

  it("keeps the place under the cursor when the wheel zooms", () => {
    const desk = createViewDesk();
    desk.control.wheel({ x: 10, y: 20 }, { type: "zoom", factor: 3 });
    const place = screenToWorld(desk.control.camera(), desk.view, { x: 10, y: 20 });
    expect(place).toEqual({ x: -190, y: -380 });
  });

  it("stays where the hand put it, until all is to be shown", () => {
    const desk = createViewDesk({ ink: NEAR });
    desk.control.wheel({ x: 0, y: 0 }, { type: "pan", dx: 0, dy: -300 });
    expect(desk.control.byHand()).toBe(true);
    expect(desk.changes).toBeGreaterThan(0);
    const placed = desk.control.camera();
    desk.ink = FAR;
    desk.control.inkChanged();
    desk.control.resized();
    expect(desk.settle()).toBe(0);
    expect(desk.control.camera()).toEqual(placed);
    desk.control.showAll();
    desk.settle();
    expect(desk.control.byHand()).toBe(false);
    expect(inSight(desk)).toBe(true);
  });

  it("the wheel rests while the pen is down", () => {
    const desk = createViewDesk();
    desk.control.setPenDown(true);
    desk.control.wheel({ x: 0, y: 0 }, { type: "pan", dx: 5, dy: 5 });
    expect(desk.control.camera()).toEqual(HOME);
  });
});

describe("coasting", () => {
  const thrown = (options: { reducedMotion?: boolean } = {}): ViewDesk => {
    const desk = createViewDesk({ ink: NEAR, ...options });
    desk.control.navigate({ x: 0, y: 0 }, { x: 50, y: 0 }, 1);
    desk.control.fling({ x: 1, y: 0 });
    return desk;
  };

  it("slows down to rest, farther than the hand went", () => {
    const desk = thrown();
    expect(desk.settle()).toBeGreaterThan(30);
    const ways = desk.cameras.slice(2).map(({ x }, i) => desk.cameras[i + 1]!.x - x);
    for (let i = 1; i < ways.length; i++) expect(ways[i]!).toBeLessThanOrEqual(ways[i - 1]! + 1e-9);
    const way = -50 - desk.control.camera().x;
    expect(way).toBeGreaterThan(250);
    expect(way).toBeLessThan(350);
  });

  it("stops under the next touch, which is told that it did", () => {
    const desk = thrown();
    desk.settle(5);
    expect(desk.control.stopCoasting()).toBe(true);
    const stopped = desk.control.camera();
    expect(desk.settle()).toBe(0);
    expect(desk.control.camera()).toEqual(stopped);
    expect(desk.control.stopCoasting()).toBe(false);
  });

  it("stops under the pen, and does not start there", () => {
    const desk = thrown();
    desk.settle(5);
    desk.control.setPenDown(true);
    desk.control.fling({ x: 1, y: 0 });
    expect(desk.settle()).toBe(0);
  });

  it("does not happen where motion is unwelcome", () => {
    expect(thrown({ reducedMotion: true }).settle()).toBe(0);
  });
});

describe("keys and buttons", () => {
  it("presses add up while the canvas still moves", () => {
    const desk = createViewDesk({ ink: NEAR });
    for (let i = 0; i < 3; i++) {
      desk.control.nudge({ x: -80, y: 0 });
      desk.settle(2);
    }
    desk.settle();
    expect(desk.control.camera()).toEqual({ x: 240, y: 0, zoom: 1 });
    expect(desk.control.byHand()).toBe(true);
  });

  it("zoom about the middle between the bars, within 10 % and 800 %, and back", () => {
    const desk = createViewDesk({ ink: NEAR, reducedMotion: true });
    const middle = { x: 200, y: 385 };
    const before = screenToWorld(desk.control.camera(), desk.view, middle);
    for (const [factor, zoom] of [
      [2, 2],
      [100, 8],
      [0.0001, 0.1],
    ] as const) {
      desk.control.zoomBy(factor);
      expect(desk.control.camera().zoom).toBeCloseTo(zoom);
      const after = screenToWorld(desk.control.camera(), desk.view, middle);
      expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(1e-6);
    }
    desk.control.actualSize();
    expect(desk.control.camera().zoom).toBeCloseTo(1);
  });

  it("go to a part of the world: all of it between the bars", () => {
    const desk = createViewDesk({ ink: NEAR });
    const box: Box = { minX: 5000, minY: -7000, maxX: 5400, maxY: -6330 };
    desk.control.goTo(box);
    desk.settle();
    expect(contains(freeBox(desk.view, desk.control.camera()), box)).toBe(true);
    expect(desk.control.camera().zoom).toBeCloseTo(1);
    expect(desk.control.byHand()).toBe(true);
  });

  it("rest while the pen is down", () => {
    const desk = createViewDesk({ ink: NEAR });
    desk.control.setPenDown(true);
    desk.control.nudge({ x: 5, y: 5 });
    desk.control.zoomBy(2);
    desk.control.actualSize();
    desk.control.showAll();
    desk.control.goTo({ minX: 0, minY: 0, maxX: 1, maxY: 1 });
    expect(desk.settle()).toBe(0);
    expect(desk.control.camera()).toEqual(HOME);
  });

  it("nobody gets beyond where ink can be", () => {
    const desk = createViewDesk({ reducedMotion: true });
    for (let i = 0; i < 5; i++) desk.control.nudge({ x: -1e7, y: 1e7 });
    expect(desk.control.camera()).toMatchObject({ x: 2 ** 22, y: -(2 ** 22) });
  });
});
