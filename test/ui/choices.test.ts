import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INK_TOOLS } from "../../src/ink/stroke.ts";
import { createChoices } from "../../src/ui/choices.ts";
import { positionOf, PRESET_SIZES, sizeAt, SLIDER_STEPS } from "../../src/ui/sizes.ts";

const choices = () =>
  createChoices({
    onError(error) {
      throw error;
    },
  });

describe("choices", () => {
  it("each tool keeps its own colour and size", () => {
    const mine = choices();
    mine.setColor(0xd42a31);
    mine.setTool("marker");
    mine.setColor(0x33964f);
    mine.setSize(24);
    expect(mine.brush()).toEqual({ tool: "marker", color: 0x33964f, size: 24 });
    mine.setTool("pen");
    expect(mine.brush()).toMatchObject({ tool: "pen", color: 0xd42a31 });
    expect(mine.brush().size).not.toBe(24);
  });
  it("a pen turns fingers into hands the first time it is seen, and only then", () => {
    const mine = choices();
    let told = 0;
    mine.onChange(() => told++);
    expect([mine.hasPen(), mine.fingersPan()]).toEqual([false, false]);
    mine.seePen();
    expect([mine.hasPen(), mine.fingersPan()]).toEqual([true, true]);
    mine.setFingersPan(false);
    mine.seePen();
    expect([mine.hasPen(), mine.fingersPan(), told]).toEqual([true, false, 2]);
  });
  it("tells of every change", () => {
    const mine = choices();
    const seen: number[] = [];
    const stop = mine.onChange(() => seen.push(mine.brush().size));
    mine.setSize(9);
    mine.setSize(10);
    stop();
    mine.setSize(11);
    expect(seen).toEqual([9, 10]);
  });
});

describe("sizes", () => {
  it("the slider goes from 1 to 64 and never back", () => {
    const sizes = Array.from({ length: SLIDER_STEPS + 1 }, (_, position) => sizeAt(position));
    expect([sizes[0], sizes.at(-1)]).toEqual([1, 64]);
    for (let i = 1; i < sizes.length; i++) expect(sizes[i]!).toBeGreaterThanOrEqual(sizes[i - 1]!);
  });
  it("a size has a position that gives about this size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), (size) => {
        expect(Math.abs(sizeAt(positionOf(size)) - size)).toBeLessThanOrEqual(size * 0.04 + 0.5);
      }),
    );
  });
  it("presets grow", () => {
    for (const tool of INK_TOOLS) {
      expect([...PRESET_SIZES[tool]].sort((a, b) => a - b)).toEqual(PRESET_SIZES[tool]);
    }
  });
});
