import { describe, expect, it } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import type { CopiedItem } from "../../src/board/document/board.ts";
import { copiedWords } from "../../src/tools/copied-words.ts";
import { inkPoints, PEN } from "./support/fake-board.ts";

/** Words 80 wide and 20 high at a place. */
const at = (x: number, y: number, text: string): CopiedItem => ({
  kind: "text",
  header: { ...PEN, tool: "text" },
  size: undefined,
  matrix: translation(x, y),
  attributes: {},
  text,
});
const ink: CopiedItem = {
  kind: "stroke",
  header: PEN,
  points: inkPoints([[0, 0]]),
  matrix: translation(0, 0),
  attributes: {},
};
const wordsOf = (...items: readonly CopiedItem[]): string =>
  copiedWords(items, ({ matrix: { e, f } }) => ({ minX: e, minY: f, maxX: e + 80, maxY: f + 20 }));

describe("the words of copied items", () => {
  it("are read from the top, in a row from the left, whatever lies above what", () => {
    expect(
      wordsOf(at(0, 200, "last"), at(300, 6, "second"), ink, at(0, 0, "first"), at(5, 90, "third")),
    ).toBe("first\nsecond\nthird\nlast");
  });

  it("are read from the right where they are written so", () => {
    expect(wordsOf(at(0, 0, "ثانيا"), at(300, 4, "1. أولا"), at(0, 100, "b"), at(100, 101, "c"))).toBe(
      "1. أولا\nثانيا\nb\nc",
    );
    expect(wordsOf(at(0, 0, "עולם"), at(300, 4, "שלום"))).toBe("שלום\nעולם");
  });

  it("keep their own lines, and are none where nothing is written", () => {
    expect(wordsOf(at(0, 0, " a\nb \n"), at(0, 50, "  "), at(0, 100, "c"))).toBe("a\nb\nc");
    expect(wordsOf(ink)).toBe("");
    expect(wordsOf()).toBe("");
  });
});
