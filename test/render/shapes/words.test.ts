import { describe, expect, test } from "vitest";
import { IDENTITY } from "../../../src/base/matrix.ts";
import type { TextItem } from "../../../src/board/document/board.ts";
import { LINE_HEIGHT } from "../../../src/render/shapes/line-breaks.ts";
import { createWords, type Layout } from "../../../src/render/shapes/words.ts";
import { PEN } from "../../support/strokes.ts";
import { createFakeCanvas } from "../fake-canvas.ts";
import { fakeLineBreaker } from "../fake-line-breaker.ts";

/** Every character is as wide as half the size of its type. */
const layoutOf = (text: string, size?: TextItem["size"], width = 10): Layout =>
  createWords(() => createFakeCanvas().element, fakeLineBreaker).layoutOf({
    kind: "text",
    id: "1.0",
    client: 1,
    layer: "",
    attributes: {},
    header: { ...PEN, tool: size ? "note" : "text", width },
    matrix: IDENTITY,
    size,
    text,
    ended: true,
  });

describe("words", () => {
  test("are as wide as their longest line and as high as their lines", () => {
    const { width, height, lines } = layoutOf("one\nlonger\n");
    expect(lines.map(({ text }) => text)).toEqual(["one", "longer", ""]);
    expect({ width, height }).toEqual({ width: 30, height: 3 * LINE_HEIGHT * 10 });
    expect(layoutOf("").width).toBeGreaterThan(0);
  });

  test("each paragraph goes the way of its first letter", () => {
    const { lines } = layoutOf("1, abc\n2, שלום abc\n😀 مرحبا\nabc שלום\n...");
    expect(lines.map(({ rtl }) => rtl)).toEqual([false, true, true, false, false]);
  });
});

describe("a note", () => {
  const sides = { width: 100, height: 100 };

  test("keeps its sides, breaks lines at them, and keeps the size of type where all fits", () => {
    const { size, width, height, padding, lines } = layoutOf("a few words that need lines", sides);
    expect({ size, width, height }).toEqual({ size: 10, ...sides });
    for (const { text } of lines) expect(text.length * 5).toBeLessThanOrEqual(100 - 2 * padding);
    expect(lines.map(({ text }) => text).join(" ")).toBe("a few words that need lines");
  });

  test("has smaller type the more there is to read, but never none", () => {
    const sizes = [5, 60, 2000].map((words) => layoutOf("word ".repeat(words), sides).size);
    expect(sizes[0]).toBe(10);
    expect(sizes[1]).toBeLessThan(10);
    expect(sizes[2]).toBeLessThan(2);
    expect(sizes[2]).toBeGreaterThan(0.9);
    const { size, padding, lines } = layoutOf("word ".repeat(60), sides);
    expect(lines.length * LINE_HEIGHT * size).toBeLessThanOrEqual(100 - 2 * padding);
  });

  test("of no size has words all the same", () => {
    expect(layoutOf("abc", { width: 0, height: 0 }).lines.map(({ text }) => text)).toEqual(["a", "b", "c"]);
  });
});
