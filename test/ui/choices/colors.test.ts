import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CANVAS_COLOR, displayColor, toolColor, wordsOn } from "../../../src/render/canvas/theme.ts";
import {
  cssColor,
  hslOfRgb,
  initials,
  nearestColor,
  NOTE_PALETTE,
  PALETTE,
  paletteOf,
  personColor,
  rgbOfHsl,
  shortAddress,
} from "../../../src/ui/choices/colors.ts";

/** Relative luminance as WCAG 2 defines it. */
function luminance(rgb: number): number {
  const [red, green, blue] = [16, 8, 0].map((shift) => {
    const channel = ((rgb >> shift) & 255) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
const contrast = (a: number, b: number): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
};

describe("hsl", () => {
  it("knows the corners", () => {
    expect(rgbOfHsl({ hue: 0, saturation: 1, lightness: 0.5 })).toBe(0xff0000);
    expect(rgbOfHsl({ hue: 120, saturation: 1, lightness: 0.5 })).toBe(0x00ff00);
    expect(rgbOfHsl({ hue: 240, saturation: 1, lightness: 0.25 })).toBe(0x000080);
    expect(rgbOfHsl({ hue: 77, saturation: 0, lightness: 1 })).toBe(0xffffff);
  });
  it("every colour comes back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (rgb) => {
        expect(rgbOfHsl(hslOfRgb(rgb))).toBe(rgb);
      }),
    );
  });
});

describe("palette", () => {
  it("has twelve different colours", () => {
    expect(new Set(PALETTE.map(({ rgb }) => rgb)).size).toBe(12);
    expect(new Set(PALETTE.map(({ name }) => name)).size).toBe(12);
  });
  it("stands out from either canvas; yellow as far as yellow can", () => {
    const rgbOf = (css: string): number => parseInt(css.slice(1), 16);
    for (const { name, rgb } of PALETTE) {
      const least = name === "yellow" ? 2 : 3;
      const onLight = contrast(rgbOf(displayColor(rgb, false)), rgbOf(CANVAS_COLOR.light));
      const onDark = contrast(rgbOf(displayColor(rgb, true)), rgbOf(CANVAS_COLOR.dark));
      expect([name, onLight >= least, onDark >= least]).toEqual([name, true, true]);
    }
  });
});

describe("the colours of notes", () => {
  const rgbOf = (css: string): number => parseInt(css.slice(1), 16);
  it("are six, soft, with words that can be read on them, in light and dark", () => {
    expect(new Set(NOTE_PALETTE.map(({ rgb }) => rgb)).size).toBe(6);
    for (const { name, rgb } of NOTE_PALETTE) {
      expect([name, luminance(rgb) > 0.65]).toEqual([name, true]);
      for (const dark of [false, true]) {
        const note = rgbOf(toolColor("note", rgb, dark));
        expect(contrast(rgbOf(wordsOn(rgb, dark)), note)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(rgbOf(CANVAS_COLOR[dark ? "dark" : "light"]), note)).toBeGreaterThan(
          dark ? 1.8 : 1.15,
        );
      }
    }
  });
  it("can be told apart in either theme", () => {
    for (const dark of [false, true]) {
      const channels = NOTE_PALETTE.map(({ rgb }) => rgbOf(toolColor("note", rgb, dark))).map((rgb) => [
        rgb >> 16,
        (rgb >> 8) & 255,
        rgb & 255,
      ]);
      for (const [i, one] of channels.entries())
        for (const other of channels.slice(i + 1))
          expect(Math.hypot(...one.map((channel, k) => channel - other[k]!))).toBeGreaterThan(20);
    }
  });
});

describe("people", () => {
  it("have a colour that white letters are readable on", () => {
    for (let i = 0; i < 200; i++)
      expect(contrast(personColor(`address ${i}`), 0xffffff)).toBeGreaterThanOrEqual(4.5);
  });
  it("keep their colour, and differ", () => {
    expect(personColor("3aBc")).toBe(0x4a56c4);
    expect(new Set(Array.from({ length: 100 }, (_, i) => personColor(`3aBc${i}`))).size).toBe(10);
  });
  it("have initials", () => {
    expect(initials("Bo")).toBe("BO");
    expect(initials(" Ada  King Lovelace ")).toBe("AL");
    expect(initials("3xK9mPq")).toBe("3X");
    expect(initials("😀😀 x")).toBe("😀X");
  });
  it("have their numbers where nothing else tells them apart", () => {
    expect(["Guest 2", "Guest 12", "ゲスト3"].map(initials)).toEqual(["G2", "G12", "ゲ3"]);
    expect(initials("Ann 2024")).toBe("A2");
  });
  it("hold brushes whose colours have the names of those that are like them", () => {
    for (const tool of ["pen", "note"] as const)
      for (const { name, rgb } of paletteOf(tool)) expect(nearestColor(tool, rgb)).toBe(name);
    expect([0xff0000, 0x000000, 0x10a0e0].map((rgb) => nearestColor("pen", rgb))).toEqual([
      "red",
      "ink",
      "sky",
    ]);
    expect(initials("")).toBe("");
  });
  it("have addresses that can be read", () => {
    expect(shortAddress("bob")).toBe("bob");
    expect(shortAddress("4dRfXz8qLm2TtYw")).toBe("4dRfXz8q…");
  });
});

describe("cssColor", () => {
  it("has six digits", () => {
    expect(cssColor(0x00000a)).toBe("#00000a");
    expect(cssColor(0xffffff)).toBe("#ffffff");
  });
});
