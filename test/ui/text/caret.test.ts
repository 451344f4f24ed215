import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caretIn } from "../../../src/ui/text/caret.ts";

describe("the caret, when somebody else types", () => {
  it.each([
    ["behind it stays", "hello", 2, "hello you", 2],
    ["in front of it goes along", "hello", 4, "oh hello", 7],
    ["at it stays before the new", "ab", 1, "aXb", 1],
    ["and deletes behind it stays", "hello you", 2, "hello", 2],
    ["and deletes in front of it goes along", "oh hello", 7, "hello", 4],
    ["and deletes around it stays where that was", "one (two) three", 6, "one three", 4],
    ["and replaces all of it comes to the end", "old", 1, "newer", 5],
    ["and deletes all of it comes to the start", "old", 2, "", 0],
  ])("%s", (_, before, at, after, expected) => {
    expect(caretIn(after, before, at)).toBe(expected);
  });

  it("is never within an emoji", () => {
    // The two share their first unit.
    expect(caretIn("\u{1F601}", "\u{1F600}", 2)).toBe(2);
    expect(caretIn("\u{1F601}!", "\u{1F600}!", 1)).toBe(0);
  });

  it("keeps what is on either side of it", () => {
    const own = fc.stringMatching(/^[a-m]{1,8}$/u);
    const others = fc.stringMatching(/^[n-z]{0,8}$/u);
    fc.assert(
      fc.property(own, own, others, (left, right, added) => {
        const before = left + right;
        expect(caretIn(before + added, before, left.length)).toBe(left.length);
        expect(caretIn(added + before, before, left.length)).toBe(added.length + left.length);
      }),
    );
  });
});
