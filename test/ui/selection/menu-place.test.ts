import { describe, expect, it } from "vitest";
import { menuPlace } from "../../../src/ui/selection/menu-place.ts";

const free = { minX: 8, minY: 60, maxX: 382, maxY: 700 };
const menu = { width: 300, height: 60 };
const box = (minX: number, minY: number, maxX: number, maxY: number) => ({ minX, minY, maxX, maxY });

describe("the menu of a selection", () => {
  it("stands above it where there is room, clear of the handle for turning", () => {
    const { x, y } = menuPlace(box(150, 300, 250, 400), menu, free);
    expect(x).toBe(50);
    expect(y + menu.height).toBeLessThanOrEqual(300 - 44);
  });
  it("stands below it where there is none above", () => {
    expect(menuPlace(box(150, 100, 250, 200), menu, free).y).toBeGreaterThan(200);
  });
  it("stands beside it where there is neither, as on a phone that lies on its side", () => {
    const wide = { minX: 8, minY: 60, maxX: 836, maxY: 320 };
    expect(menuPlace(box(100, 130, 220, 280), menu, wide).x).toBeGreaterThan(220);
    expect(menuPlace(box(600, 130, 720, 280), menu, wide).x + menu.width).toBeLessThan(600);
  });
  it("stays within what is free, also beside the edges and over a selection that fills the screen", () => {
    for (const around of [
      box(-50, 300, 20, 400),
      box(370, 300, 500, 400),
      box(0, 0, 390, 800),
      box(-500, -500, -400, -400),
      box(900, 900, 950, 950),
    ]) {
      const { x, y } = menuPlace(around, menu, free);
      expect(x).toBeGreaterThanOrEqual(free.minX);
      expect(x + menu.width).toBeLessThanOrEqual(free.maxX);
      expect(y).toBeGreaterThanOrEqual(free.minY);
      expect(y + menu.height).toBeLessThanOrEqual(free.maxY);
    }
  });
});
