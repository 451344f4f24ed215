import { describe, expect, it } from "vitest";
import type { Box } from "../../../src/base/geometry.ts";
import type { Camera } from "../../../src/render/canvas/camera.ts";
import { screenToWorld } from "../../../src/render/canvas/camera.ts";
import type { View } from "../../../src/ui/camera/auto-camera.ts";
import { contains, freeBox, HOME } from "../../../src/ui/camera/auto-camera.ts";
import type { CameraState, ViewControl } from "../../../src/ui/camera/view.ts";
import { createViewControl } from "../../../src/ui/camera/view.ts";

const FAR: Box = { minX: 400, minY: 0, maxX: 900, maxY: 50 };
const NEAR: Box = { minX: -50, minY: -50, maxX: 50, maxY: 50 };

interface Desk {
  readonly control: ViewControl;
  readonly cameras: Camera[];
  view: View;
  ink: Box | undefined;
  changes: number;
  /** Runs frames 16 ms apart until none is asked for; returns how many. */
  settle(limit?: number): number;
}

function createDesk(options: { ink?: Box; reducedMotion?: boolean; start?: CameraState } = {}): Desk {
  const tasks = new Set<(now: number) => void>();
  const cameras: Camera[] = [];
  let now = 0;
  const desk = {
    view: { width: 400, height: 800, insets: { top: 50, right: 0, bottom: 80, left: 0 } },
    ink: options.ink,
    changes: 0,
    cameras,
    settle(limit = 1000) {
      let frames = 0;
      while (tasks.size > 0 && frames < limit) {
        const due = [...tasks];
        tasks.clear();
        now += 16;
        frames++;
        for (const task of due) task(now);
      }
      return frames;
    },
  };
  const control = createViewControl({
    view: () => desk.view,
    start: options.start,
    ink: () => desk.ink,
    setCamera: (camera) => void cameras.push(camera),
    requestFrame(task) {
      tasks.add(task);
      return () => tasks.delete(task);
    },
    reducedMotion: () => options.reducedMotion ?? false,
    onChange: () => {
      desk.changes++;
    },
  });
  return Object.assign(desk, { control });
}

const inSight = (desk: Desk): boolean => contains(freeBox(desk.view, desk.control.camera()), desk.ink!);

describe("a canvas that changes its size", () => {
  it("while the camera is on its way: the camera is where it was to go", () => {
    const desk = createDesk({ ink: NEAR });
    desk.control.goTo({ minX: 5000, minY: 5000, maxX: 5400, maxY: 5800 });
    desk.settle(2);
    desk.view = { ...desk.view, height: 700 };
    desk.control.resized();
    const camera = desk.control.camera();
    expect([camera.x, camera.y]).toEqual([expect.closeTo(5200, -2), expect.closeTo(5400, -2)]);
    expect(desk.settle()).toBe(0);
  });
});

describe("automatic", () => {
  it("opens with all ink in sight, without a movement", () => {
    const desk = createDesk({ ink: FAR });
    expect(desk.cameras).toHaveLength(1);
    expect(inSight(desk)).toBe(true);
    expect(createDesk().control.camera()).toEqual(HOME);
  });

  it("begins where it was left, and goes on from there", () => {
    const start = { camera: { x: 900, y: 0, zoom: 2 }, byHand: true };
    const desk = createDesk({ ink: NEAR, start });
    expect(desk.control.camera()).toEqual(start.camera);
    expect(desk.control.byHand()).toBe(true);
    desk.control.inkChanged();
    expect(desk.settle()).toBe(0);
  });
  it("glides to ink out of sight, in small steps", () => {
    const desk = createDesk({ ink: NEAR });
    desk.ink = { ...NEAR, maxX: 900 };
    desk.control.inkChanged();
    expect(desk.control.camera()).toEqual(HOME);
    expect(desk.settle()).toBeGreaterThan(10);
    expect(inSight(desk)).toBe(true);
    const zooms = desk.cameras.map(({ zoom }) => zoom);
    for (let i = 1; i < zooms.length; i++) expect(zooms[i]!).toBeLessThanOrEqual(zooms[i - 1]! + 1e-9);
  });

  it("jumps where motion is unwelcome", () => {
    const desk = createDesk({ ink: NEAR, reducedMotion: true });
    desk.ink = FAR;
    desk.control.inkChanged();
    expect(inSight(desk)).toBe(true);
    expect(desk.settle()).toBe(0);
  });

  it("does not move while the pen is down, and stops in mid-glide", () => {
    const desk = createDesk({ ink: NEAR });
    desk.ink = FAR;
    desk.control.inkChanged();
    desk.settle(5);
    desk.control.setPenDown(true);
    const held = desk.control.camera();
    desk.control.inkChanged();
    expect(desk.settle()).toBe(0);
    expect(desk.control.camera()).toEqual(held);
    desk.control.setPenDown(false);
    desk.settle();
    expect(inSight(desk)).toBe(true);
  });

  it("stays where it is when this person draws under a bar", () => {
    const desk = createDesk({ ink: NEAR });
    const own: Box = { minX: 0, minY: 300, maxX: 50, maxY: 395 };
    desk.control.setPenDown(true);
    desk.ink = { ...NEAR, maxY: 395 };
    desk.control.drawn(own);
    desk.control.setPenDown(false);
    expect(desk.settle()).toBe(0);
    expect(desk.control.camera()).toEqual(HOME);
  });

  it("shows all ink after a rotation", () => {
    const ink: Box = { minX: -180, minY: -300, maxX: 180, maxY: 300 };
    const desk = createDesk({ ink });
    expect(desk.control.camera()).toEqual(HOME);
    desk.view = { ...desk.view, width: 800, height: 400 };
    desk.control.resized();
    expect(inSight(desk)).toBe(true);
    desk.view = { ...desk.view, width: 400, height: 800 };
    desk.control.resized();
    expect(desk.control.camera()).toEqual(HOME);
  });
});

describe("by hand", () => {
  it("keeps the place under the fingers", () => {
    const desk = createDesk({ ink: NEAR });
    const before = screenToWorld(desk.control.camera(), desk.view, { x: 120, y: 300 });
    desk.control.navigate({ x: 120, y: 300 }, { x: 150, y: 320 }, 2);
    const after = screenToWorld(desk.control.camera(), desk.view, { x: 150, y: 320 });
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
    expect(desk.control.camera().zoom).toBe(2);
  });

  it("keeps the place under the cursor when the wheel zooms", () => {
    const desk = createDesk();
    desk.control.wheel({ x: 10, y: 20 }, { type: "zoom", factor: 3 });
    const place = screenToWorld(desk.control.camera(), desk.view, { x: 10, y: 20 });
    expect(place).toEqual({ x: -190, y: -380 });
  });

  it("stays where the hand put it, until all is to be shown", () => {
    const desk = createDesk({ ink: NEAR });
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
    const desk = createDesk();
    desk.control.setPenDown(true);
    desk.control.wheel({ x: 0, y: 0 }, { type: "pan", dx: 5, dy: 5 });
    expect(desk.control.camera()).toEqual(HOME);
  });
});

describe("coasting", () => {
  const thrown = (options: { reducedMotion?: boolean } = {}): Desk => {
    const desk = createDesk({ ink: NEAR, ...options });
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
    const desk = createDesk({ ink: NEAR });
    for (let i = 0; i < 3; i++) {
      desk.control.nudge({ x: -80, y: 0 });
      desk.settle(2);
    }
    desk.settle();
    expect(desk.control.camera()).toEqual({ x: 240, y: 0, zoom: 1 });
    expect(desk.control.byHand()).toBe(true);
  });

  it("zoom about the middle between the bars, within 10 % and 800 %, and back", () => {
    const desk = createDesk({ ink: NEAR, reducedMotion: true });
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
    const desk = createDesk({ ink: NEAR });
    const box: Box = { minX: 5000, minY: -7000, maxX: 5400, maxY: -6330 };
    desk.control.goTo(box);
    desk.settle();
    expect(contains(freeBox(desk.view, desk.control.camera()), box)).toBe(true);
    expect(desk.control.camera().zoom).toBeCloseTo(1);
    expect(desk.control.byHand()).toBe(true);
  });

  it("rest while the pen is down", () => {
    const desk = createDesk({ ink: NEAR });
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
    const desk = createDesk({ reducedMotion: true });
    for (let i = 0; i < 5; i++) desk.control.nudge({ x: -1e7, y: 1e7 });
    expect(desk.control.camera()).toMatchObject({ x: 2 ** 22, y: -(2 ** 22) });
  });
});

describe("while the person types", () => {
  it("the canvas follows no ink and stays where a keyboard covers it", () => {
    const desk = createDesk({ ink: NEAR });
    desk.control.setTyping(true);
    desk.ink = FAR;
    desk.control.inkChanged();
    desk.view = { ...desk.view, insets: { ...desk.view.insets, bottom: 500 } };
    desk.control.resized();
    expect(desk.settle()).toBe(0);
    expect(desk.control.camera()).toEqual(HOME);
    desk.control.setTyping(false);
    desk.settle();
    expect(inSight(desk)).toBe(true);
  });

  it("what the keyboard covers moves up, no further than needed, and the canvas stays automatic", () => {
    const desk = createDesk();
    desk.control.setTyping(true);
    desk.view = { ...desk.view, insets: { ...desk.view.insets, bottom: 500 } };
    desk.control.resized();
    desk.control.reveal({ minX: 100, minY: 500, maxX: 100, maxY: 530 });
    desk.settle();
    expect(desk.control.camera()).toEqual({ x: 0, y: 530 + 16 - 300, zoom: 1 });
    desk.control.reveal({ minX: 100, minY: 200, maxX: 100, maxY: 230 });
    expect(desk.settle()).toBe(0);
    desk.control.reveal({ minX: -30, minY: 200, maxX: -30, maxY: 230 });
    desk.settle();
    expect(desk.control.camera().x).toBe(-46);
    expect(desk.control.byHand()).toBe(false);
  });
});
