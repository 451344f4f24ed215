import * as fc from "fast-check";
import { expect, test } from "vitest";
import { displayColor, toolColor, wordsOn } from "../../../src/render/canvas/theme.ts";

const colors = fc.integer({ min: 0, max: 0xffffff });

const channels = (css: string): number[] => [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16));

/** HSL hue in degrees; undefined for a grey. */
function hue(css: string): number | undefined {
  const [red, green, blue] = channels(css) as [number, number, number];
  const max = Math.max(red, green, blue);
  const spread = max - Math.min(red, green, blue);
  if (spread < 40) return undefined;
  if (max === red) return 60 * (((green - blue) / spread + 6) % 6);
  return max === green ? 60 * ((blue - red) / spread + 2) : 60 * ((red - green) / spread + 4);
}

test("on light paper a colour is itself", () => {
  expect(displayColor(0x1d1d1f, false)).toBe("#1d1d1f");
  expect(displayColor(0x0000ff, false)).toBe("#0000ff");
});

test("on dark paper black and white change places", () => {
  expect(displayColor(0x000000, true)).toBe("#ffffff");
  expect(displayColor(0xffffff, true)).toBe("#000000");
  expect(displayColor(0x1d1d1f, true)).toBe("#e0e0e2");
});

test("every colour becomes a colour, of the same hue", () => {
  fc.assert(
    fc.property(colors, (color) => {
      const dark = displayColor(color, true);
      expect(dark).toMatch(/^#[0-9a-f]{6}$/);
      const before = hue(displayColor(color, false)) ?? 0;
      const after = hue(dark) ?? before;
      const apart = Math.abs(before - after);
      expect(hue(displayColor(color, false)) === undefined ? 0 : Math.min(apart, 360 - apart)).toBeLessThan(
        3,
      );
    }),
  );
});

test("saturated dark colours can be read on dark paper", () => {
  for (const color of [0x0000ff, 0x2020c0, 0x8000ff, 0xd00000]) {
    const [red, green, blue] = channels(displayColor(color, true)) as [number, number, number];
    expect(0.299 * red + 0.587 * green + 0.114 * blue).toBeGreaterThan(75);
  }
});

test.each([true, false])("words on a note of any colour can be read: dark %s", (dark) => {
  for (let color = 0; color <= 0xffffff; color += 0x010307) {
    const [words, under] = [wordsOn(color, dark), toolColor("note", color, dark)].map(luminance) as [
      number,
      number,
    ];
    const contrast = (Math.max(words, under) + 0.05) / (Math.min(words, under) + 0.05);
    expect(contrast).toBeGreaterThanOrEqual(4.5);
  }
});

function luminance(css: string): number {
  const [red, green, blue] = channels(css).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
