import { describe, expect, it } from "vitest";
import { LASER_MS } from "../../src/board/previews/preview.ts";
import { createLaser } from "../../src/tools/laser.ts";
import { CONTEXT, drag, sampleAt } from "./support/gesture.ts";

describe("laser", () => {
  it("shows where the pointer was lately, oldest first", () => {
    const laser = createLaser();
    drag(laser, [
      [0, 0],
      [50, 0],
      [90, 0],
    ]);
    expect(laser.preview(32)).toEqual({
      kind: "laser",
      color: CONTEXT.color,
      points: [
        { x: 0, y: 0, age: 32 },
        { x: 50, y: 0, age: 16 },
        { x: 90, y: 0, age: 0 },
      ],
    });
  });

  it("fades after it is lifted, and where it rests only then", () => {
    const laser = createLaser();
    drag(laser, [
      [0, 0],
      [50, 0],
    ]);
    expect(laser.preview(5000)).toMatchObject({ points: [{ x: 50, y: 0, age: 0 }] });
    laser.up();
    laser.move([sampleAt([70, 0], 5000)], false);
    expect(laser.preview(5000 + LASER_MS - 1)).toMatchObject({ points: [{ x: 50 }] });
    expect(laser.preview(5000 + LASER_MS)).toBeUndefined();
  });

  it("keeps one place for a pointer that trembles, and none for what is dropped", () => {
    const laser = createLaser();
    drag(laser, [
      [0, 0],
      [0.3, 0],
      [0.6, 0],
      [0.2, 0],
    ]);
    expect(laser.preview(48)).toMatchObject({ points: [{ x: 0, y: 0, age: 0 }] });
    laser.drop();
    expect(laser.preview(48)).toBeUndefined();
  });

  it("shone where it was when it was there, though a busy page hears of it later", () => {
    const laser = createLaser();
    drag(laser, [
      [0, 0],
      [50, 0],
    ]);
    laser.preview(700);
    laser.move([sampleAt([90, 0], 100), sampleAt([140, 0], 600)], false);
    laser.up();
    expect(laser.preview(700)).toMatchObject({
      points: [
        { x: 0, age: 700 },
        { x: 50, age: 600 },
        { x: 90, age: 600 },
        { x: 140, age: 100 },
      ],
    });
  });
});
