import { expect, test } from "vitest";
import { createLineBreaker, LINE_HEIGHT } from "../../../src/render/shapes/line-breaks.ts";

/*
 * How lines are read off a page. Where engines break them, tests in the browser tell.
 */
const TYPE = 16;
const LINE = LINE_HEIGHT * TYPE;

/** A page whose lines have so many characters each, and how often it was asked where one is. */
function createPage(perLine: number): { readonly page: Document; asked(): number } {
  let asked = 0;
  const createElement = (): object => {
    let text = "";
    return {
      style: { setProperty: () => undefined },
      setAttribute: () => undefined,
      replaceChildren: () => undefined,
      append: (words: string) => (text = words),
      firstChild: {},
      getBoundingClientRect: () => ({ top: 0, height: Math.ceil(text.length / perLine) * LINE }),
      ownerDocument: { createRange },
    };
  };
  const createRange = (): object => {
    let from = 0;
    return {
      setStart: (_: object, at: number) => (from = at),
      setEnd: () => undefined,
      getClientRects() {
        asked++;
        const top = Math.floor(from / perLine) * LINE;
        const place = { top, bottom: top + LINE };
        // An engine tells of an empty place at the end of the line before as well.
        return from > 0 && from % perLine === 0 ? [{ top: top - LINE, bottom: top }, place] : [place];
      },
    };
  };
  const page = { body: { appendChild: (block: object) => block }, createElement, createRange };
  return { page: page as unknown as Document, asked: () => asked };
}

test("a word of thousands of characters is asked about a few times for each line, and none of it is lost", () => {
  const { page, asked } = createPage(3000);
  const word = Array.from({ length: 9999 }, (_, i) => String(i % 10)).join("");
  const [lines = [], ...others] = createLineBreaker(page).lines(word, 100, TYPE);
  expect(others).toEqual([]);
  expect(lines.map(({ length }) => length)).toEqual([3000, 3000, 3000, 999]);
  expect(lines.join("")).toBe(word);
  expect(asked()).toBeLessThan(4 * 30);
});

test("each paragraph has lines of its own, and an empty one is a line too", () => {
  const breaker = createLineBreaker(createPage(4).page);
  expect(breaker.count("abcdefghij\n\nkl", 100, TYPE)).toBe(5);
  expect(breaker.lines("abcdefghij\n\nkl", 100, TYPE)).toEqual([["abcd", "efgh", "ij"], [""], ["kl"]]);
});
