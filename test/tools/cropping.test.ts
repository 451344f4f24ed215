import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_CROP } from "../../src/board/document/picture.ts";
import { CROP_HANDLES, cropHandleAt, dragCrop } from "../../src/tools/cropping.ts";

const LEAST = { x: 0.1, y: 0.2 };

describe("an edge of what is shown of a picture", () => {
  test("is where its side or corner is", () => {
    const crop = { left: 0.1, top: 0.2, right: 0.3, bottom: 0.4 };
    const rounded = ({ x, y }: { x: number; y: number }): number[] => [x, y].map((n) => Number(n.toFixed(6)));
    expect(rounded(cropHandleAt(crop, "nw"))).toEqual([0.1, 0.2]);
    expect(rounded(cropHandleAt(crop, "se"))).toEqual([0.7, 0.6]);
    expect(rounded(cropHandleAt(crop, "n"))).toEqual([0.4, 0.2]);
    expect(rounded(cropHandleAt(crop, "e"))).toEqual([0.7, 0.4]);
  });

  test("moves alone, a corner two", () => {
    expect(dragCrop(NO_CROP, "w", { x: 0.25, y: 0.5 }, LEAST)).toEqual({ ...NO_CROP, left: 0.25 });
    expect(dragCrop(NO_CROP, "s", { x: 0.25, y: -0.5 }, LEAST)).toEqual({ ...NO_CROP, bottom: 0.5 });
    expect(dragCrop(NO_CROP, "ne", { x: -0.25, y: 0.5 }, LEAST)).toEqual({
      ...NO_CROP,
      right: 0.25,
      top: 0.5,
    });
  });

  test("stays within the picture and leaves something of it, and no other edge gives way", () => {
    const crop = { left: 0.1, top: 0.1, right: 0.5, bottom: 0.1 };
    expect(dragCrop(crop, "w", { x: -1, y: 0 }, LEAST).left).toBe(0);
    expect(dragCrop(crop, "w", { x: 1, y: 0 }, LEAST)).toEqual({ ...crop, left: 0.4 });
    const steps = fc.array(
      fc.tuple(
        fc.constantFrom(...CROP_HANDLES),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let now = NO_CROP;
        for (const [name, x, y] of all) now = dragCrop(now, name, { x, y }, LEAST);
        expect(Math.min(now.left, now.top, now.right, now.bottom)).toBeGreaterThanOrEqual(0);
        expect(1 - now.left - now.right).toBeGreaterThan(LEAST.x - 1e-9);
        expect(1 - now.top - now.bottom).toBeGreaterThan(LEAST.y - 1e-9);
      }),
    );
  });
});
