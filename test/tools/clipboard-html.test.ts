import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IDENTITY } from "../../src/base/matrix.ts";
import type { CopiedItem } from "../../src/board/document/board.ts";
import { clipboardHtml, itemsInHtml, picturesInHtml } from "../../src/tools/clipboard-html.ts";
import { clipboardText, MAX_COPIED_CHARS, readClipboard } from "../../src/tools/clipboard.ts";
import { inkPoints, PEN } from "./support/fake-board.ts";

const COPIED: readonly CopiedItem[] = [
  {
    kind: "stroke",
    header: PEN,
    points: inkPoints([
      [0, 0],
      [5, 5],
    ]),
    matrix: IDENTITY,
    attributes: {},
  },
];
const ITEMS = clipboardText(COPIED)!;

describe("items in HTML", () => {
  it("come back as they were, whatever the words are and whatever a system puts around them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (words) => {
        const html = clipboardHtml(ITEMS, words);
        expect(itemsInHtml(html)).toBe(ITEMS);
        expect(itemsInHtml(`<html><body><!--StartFragment-->${html}<!--EndFragment--></body></html>`)).toBe(
          ITEMS,
        );
      }),
    );
    const words = { ...PEN, tool: "text", width: 16 } as const;
    expect(readClipboard(itemsInHtml(clipboardHtml(ITEMS, ""))!, words)).toHaveLength(1);
  });

  it("show others the words, never as markup", () => {
    expect(clipboardHtml("inkmesh:1:", "a < b & c\n<script>")).toBe(
      '<span data-inkmesh="inkmesh:1:">a &lt; b &amp; c<br>&lt;script&gt;</span>',
    );
    // What somebody wrote is no carrier.
    const forged = clipboardHtml("inkmesh:1:AAAA", `<span data-inkmesh="${ITEMS}">`);
    expect(itemsInHtml(forged)).toBe("inkmesh:1:AAAA");
  });

  it("bring the bytes of pictures along", () => {
    const pictures = [Uint8Array.of(1, 2, 3), new Uint8Array(300_000).fill(7)];
    const html = clipboardHtml(ITEMS, "words", pictures);
    expect(itemsInHtml(`<html><body>${html}</body></html>`)).toBe(ITEMS);
    expect(picturesInHtml(`<html><body>${html}</body></html>`)).toEqual(pictures);
    expect(picturesInHtml(clipboardHtml(ITEMS, "words"))).toEqual([]);
    expect(picturesInHtml('<span data-inkmesh-pictures="AQID !!!! BA==">')).toEqual([
      Uint8Array.of(1, 2, 3),
      Uint8Array.of(4),
    ]);
    expect(picturesInHtml('<p data-inkmesh-pictures="AQID"><span>')).toEqual([]);
    // However hostile, it is looked through once.
    expect(itemsInHtml("<span ".repeat(500_000))).toBeUndefined();
  });

  it("are not found in other HTML, nor in what is too long to be of this app", () => {
    expect(itemsInHtml("<p>inkmesh:1:AAAA</p>")).toBeUndefined();
    expect(itemsInHtml('<span data-inkmesh="javascript:alert(1)">x</span>')).toBeUndefined();
    expect(itemsInHtml("")).toBeUndefined();
    expect(itemsInHtml("x".repeat(MAX_COPIED_CHARS * 2) + clipboardHtml(ITEMS, ""))).toBeUndefined();
    // Broken or newer items are found: the person is told so.
    expect(itemsInHtml(clipboardHtml("inkmesh:9:AAAA", "a"))).toBe("inkmesh:9:AAAA");
  });
});
