/* The camera where no hand moves it: it shows all ink, and gives way to a keyboard. */
import { describe, expect, it } from "vitest";
import type { Box } from "../../../src/base/geometry.ts";
import { HOME } from "../../../src/ui/camera/auto-camera.ts";
import { createViewDesk, FAR, inSight, NEAR } from "./view-desk.ts";

describe("a canvas that changes its size", () => {
  it("while the camera is on its way: the camera is where it was to go", () => {
    const desk = createViewDesk({ ink: NEAR });
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
    const desk = createViewDesk({ ink: FAR });
    expect(desk.cameras).toHaveLength(1);
    expect(inSight(desk)).toBe(true);
    expect(createViewDesk().control.camera()).toEqual(HOME);
  });

  it.each([
    ["when it is opened", () => createViewDesk({ ink: FAR, isInkKnown: false })],
    [
      "on a bare canvas",
      () => {
        const desk = createViewDesk();
        [desk.ink, desk.isInkKnown] = [FAR, false];
        desk.control.inkChanged();
        return desk;
      },
    ],
  ])("waits until it is known where very much ink is, %s, and is there without a movement", (_, open) => {
    const desk = open();
    desk.control.resized();
    expect(desk.settle()).toBe(0);
    expect(desk.control.camera()).toEqual(HOME);
    desk.isInkKnown = true;
    desk.control.inkKnown();
    expect(inSight(desk)).toBe(true);
    expect(desk.settle()).toBe(0);
  });

  it("glides to very much ink that came beside other ink, when it is known where it is", () => {
    const desk = createViewDesk({ ink: NEAR });
    [desk.ink, desk.isInkKnown] = [FAR, false];
    desk.control.inkChanged();
    expect(desk.settle()).toBe(0);
    desk.isInkKnown = true;
    desk.control.inkKnown();
    expect(desk.control.camera()).toEqual(HOME);
    expect(desk.settle()).toBeGreaterThan(3);
    expect(inSight(desk)).toBe(true);
  });

  it("is where all ink was the last time before it is known where it is, and stays if it still is there", () => {
    const desk = createViewDesk({ isInkKnown: false, expectedInk: FAR });
    const camera = desk.control.camera();
    desk.ink = { ...NEAR, maxX: 40 };
    desk.control.inkChanged();
    desk.control.resized();
    expect([desk.settle(), desk.control.camera()]).toEqual([0, camera]);
    [desk.ink, desk.isInkKnown] = [FAR, true];
    desk.control.inkKnown();
    expect([desk.settle(), desk.control.camera(), inSight(desk)]).toEqual([0, camera, true]);
  });

  it("glides to ink that came elsewhere than all ink was the last time", () => {
    const desk = createViewDesk({ isInkKnown: false, expectedInk: NEAR });
    [desk.ink, desk.isInkKnown] = [FAR, true];
    desk.control.inkKnown();
    expect(desk.settle()).toBeGreaterThan(3);
    expect(inSight(desk)).toBe(true);
  });

  it("stays where a hand has brought it before it was known where the ink is", () => {
    const desk = createViewDesk({ ink: FAR, isInkKnown: false });
    desk.control.wheel({ x: 100, y: 100 }, { type: "pan", dx: 30, dy: 0 });
    const camera = desk.control.camera();
    desk.isInkKnown = true;
    desk.control.inkKnown();
    desk.settle();
    expect(desk.control.camera()).toEqual(camera);
  });

  it("begins where it was left, and goes on from there", () => {
    const start = { camera: { x: 900, y: 0, zoom: 2 }, byHand: true };
    const desk = createViewDesk({ ink: NEAR, start });
    expect(desk.control.camera()).toEqual(start.camera);
    expect(desk.control.byHand()).toBe(true);
    desk.control.inkChanged();
    expect(desk.settle()).toBe(0);
  });
  it("glides to ink out of sight, in small steps", () => {
    const desk = createViewDesk({ ink: NEAR });
    desk.ink = { ...NEAR, maxX: 900 };
    desk.control.inkChanged();
    expect(desk.control.camera()).toEqual(HOME);
    expect(desk.settle()).toBeGreaterThan(10);
    expect(inSight(desk)).toBe(true);
    const zooms = desk.cameras.map(({ zoom }) => zoom);
    for (let i = 1; i < zooms.length; i++) expect(zooms[i]!).toBeLessThanOrEqual(zooms[i - 1]! + 1e-9);
  });

  it("jumps where motion is unwelcome", () => {
    const desk = createViewDesk({ ink: NEAR, reducedMotion: true });
    desk.ink = FAR;
    desk.control.inkChanged();
    expect(inSight(desk)).toBe(true);
    expect(desk.settle()).toBe(0);
  });

  it("does not move while the pen is down, and stops in mid-glide", () => {
    const desk = createViewDesk({ ink: NEAR });
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
    const desk = createViewDesk({ ink: NEAR });
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
    const desk = createViewDesk({ ink });
    expect(desk.control.camera()).toEqual(HOME);
    desk.view = { ...desk.view, width: 800, height: 400 };
    desk.control.resized();
    expect(inSight(desk)).toBe(true);
    desk.view = { ...desk.view, width: 400, height: 800 };
    desk.control.resized();
    expect(desk.control.camera()).toEqual(HOME);
  });
});

describe("while the person types", () => {
  it("the canvas follows no ink and stays where a keyboard covers it", () => {
    const desk = createViewDesk({ ink: NEAR });
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
    const desk = createViewDesk();
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

  it("what is in sight of a camera under way, and would be left behind, stays in sight", () => {
    const desk = createViewDesk();
    desk.control.setTyping(true);
    desk.control.reveal({ minX: -300, minY: 200, maxX: -300, maxY: 230 });
    // On its way, a place of the right edge is still to be seen, for a moment.
    desk.settle(2);
    const { x } = desk.control.camera();
    expect(x).toBeLessThan(0);
    desk.control.reveal({ minX: 350, minY: 200, maxX: 350, maxY: 230 });
    desk.settle();
    const shift = x - desk.control.camera().x;
    expect(350 + shift).toBeLessThanOrEqual(400 - 16);
  });
});
