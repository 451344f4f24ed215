/*
 * Drawings and libraries of Excalidraw, of the kinds that its versions wrote: what becomes of each thing in them.
 */
import { describe, expect, test } from "vitest";
import { apply } from "../../src/base/matrix.ts";
import type { CopiedItem } from "../../src/board/document/board.ts";
import { readExcalidraw, type ReadDrawing } from "../../src/tools/excalidraw.ts";
import { FIRST_DRAWING, FIRST_LIBRARY, LATE_DRAWING, LATE_LIBRARY } from "../fuzz/import-files.ts";

function read(file: object): ReadDrawing {
  const drawing = readExcalidraw(JSON.stringify(file));
  if (typeof drawing !== "object") throw new Error(String(drawing));
  return drawing;
}

/** Where its first and its last point are, or its words begin. */
const ends = (item: CopiedItem): readonly number[] =>
  (item.kind === "stroke" ? [item.points[0]!, item.points.at(-1)!] : [{ x: 0, y: 0 }])
    .map((point) => apply(item.matrix, point))
    .flatMap(({ x, y }) => [Math.round(x), Math.round(y)]);
const kinds = ({ items }: ReadDrawing): unknown[] => items.map((item) => [item.header.tool, ...ends(item)]);

const one = (element: object): ReadDrawing => read({ type: "excalidraw", elements: [element] });

describe("a drawing", () => {
  test("of the first version has its arrows, lines, freehand ink and diamonds", () => {
    const drawing = read(FIRST_DRAWING);
    expect(kinds(drawing)).toEqual([
      ["arrow", 10, 20, 110, 70],
      ["line", 0, 0, 30, 40],
      ["pen", 5, 5, 14, 14],
      ["marker", 30, 100, 30, 100],
    ]);
    expect([...drawing.leftOut]).toEqual(["fills"]);
    expect(drawing.isLibrary).toBe(false);
  });

  test("of today has all that boards have, in its order; what they have not is named", () => {
    const drawing = read(LATE_DRAWING);
    expect(kinds(drawing)).toEqual([
      ["rectangle", -20, -20, 380, 280],
      ["text", -20, -50],
      // Turned about its middle.
      ["rectangle", 22, -25, 98, 85],
      ["text", 10, 15],
      ["ellipse", 200, 0, 290, 60],
      ["arrow", 120, 30, 200, 30],
      // An elbow arrow with a head at its beginning.
      ["marker", 0, 80, 80, 140],
      ["arrow", 40, 80, 0, 80],
      ["pen", 50, 150, 90, 170],
      ["marker", 0, 220, 60, 220],
    ]);
    expect(drawing.leftOut).toEqual(new Set(["fills", "dashes", "rest"]));
    expect(drawing.images).toMatchObject([
      { at: 10, address: "data:image/png;base64,AAAA", size: { width: 50, height: 50 } },
    ]);
    const [, name, , words, ellipse, , , , ink] = drawing.items;
    expect([name, words].map((item) => item?.kind === "text" && item.text)).toEqual(["Plan", "Begin\nhere"]);
    expect(ellipse?.header).toMatchObject({ color: 0x2f9e44, width: 4 });
    expect(name?.header.color).toBe(0xbbbbbb);
    expect(ink?.header.pressure).toBe(true);
    expect(ink?.kind === "stroke" && ink.points.map(({ pressure }) => pressure)).toEqual([
      0.2, 0.5, 0.7, 0.1,
    ]);
  });

  test("may be a copy out of Excalidraw, and say at its end what it is", () => {
    const { elements } = FIRST_DRAWING;
    expect(read({ type: "excalidraw/clipboard", elements }).items).toHaveLength(4);
    expect(read({ appState: { a: "b".repeat(9000) }, elements, type: "excalidraw" }).items).toHaveLength(4);
  });

  test("keeps the corners of lines that have them, and bends others", () => {
    const line = {
      type: "line",
      x: 0,
      y: 0,
      points: [
        [0, 0],
        [50, 0],
        [50, 50],
      ],
    };
    const [sharp] = one(line).items;
    const [round] = one({ ...line, roundness: { type: 2 } }).items;
    expect([sharp, round].map((item) => item?.kind === "stroke" && item.points.length)).toEqual([7, 3]);
  });
});

test("the things of a library lie side by side, none over another", () => {
  for (const file of [FIRST_LIBRARY, LATE_LIBRARY]) {
    const drawing = read(file);
    expect(drawing.isLibrary).toBe(true);
    expect(drawing.items.length).toBeGreaterThan(3);
  }
  const [first, second] = read({
    type: "excalidrawlib",
    library: [
      [{ type: "ellipse", x: 900, y: 900, width: 30, height: 30 }],
      [{ type: "ellipse", x: -5, y: 7, width: 30, height: 30 }],
    ],
  }).items.map(ends);
  expect([first, second]).toEqual([
    [0, 0, 30, 30],
    [70, 0, 100, 30],
  ]);
});

describe("a file", () => {
  test.each(["", "{}", "[1]", '{"type": "other"}', "excalidraw", "inkmesh:1:AA"])("%s is none", (text) => {
    expect(readExcalidraw(text)).toBeUndefined();
  });

  test.each([
    '{"type":"excalidraw"',
    '{"type":"excalidraw"}',
    '{"type":"excalidrawlib","libraryItems":[[null,1]]}',
  ])("%s is damaged", (text) => {
    expect(readExcalidraw(text)).toBe("broken");
  });

  test("with more than a board takes at once says so", () => {
    const dot = { type: "ellipse", x: 0, y: 0, width: 1, height: 1 };
    const many = { type: "excalidraw", elements: Array.from({ length: 5001 }, () => dot) };
    expect(readExcalidraw(JSON.stringify(many))).toBe("too-large");
    const points = Array.from({ length: 200_001 }, () => [0, 0]);
    expect(
      readExcalidraw(
        JSON.stringify({ type: "excalidraw", elements: [{ type: "freedraw", x: 0, y: 0, points }] }),
      ),
    ).toBe("too-large");
  });

  test("with more than can be looked at in a moment says so, whatever it would be", () => {
    for (const element of [{ x: 1, y: 1 }, { isDeleted: true }, null]) {
      const elements = Array.from({ length: 200_000 }, () => element);
      expect(readExcalidraw(JSON.stringify({ type: "excalidraw", elements }))).toBe("too-large");
      expect(readExcalidraw(JSON.stringify({ type: "excalidrawlib", library: [elements] }))).toBe(
        "too-large",
      );
    }
    const library = Array.from({ length: 200_000 }, () => []);
    expect(readExcalidraw(JSON.stringify({ type: "excalidrawlib", library }))).toBe("too-large");
  });

  test("with names of pictures that are none is read without them", () => {
    for (const fileId of [{ toString: 1 }, [["x"]], 7, "constructor", "__proto__", undefined]) {
      const drawing = one({ type: "image", x: 0, y: 0, width: 9, height: 9, fileId });
      expect([drawing.images.length, ...drawing.leftOut]).toEqual([0, "pictures"]);
    }
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = `{"type":"excalidraw","elements":[{"type":"image","width":9,"height":9,"fileId":${deep}}]}`;
    expect(readExcalidraw(text)).toMatchObject({ images: [], leftOut: new Set(["pictures"]) });
  });

  test("with numbers that are none, or out of all bounds, is read as far as it goes", () => {
    const drawing = one({
      type: "rectangle",
      x: 1e300,
      y: null,
      width: "wide",
      height: -1e300,
      strokeWidth: -4,
      strokeColor: 7,
    });
    expect(drawing.items[0]?.header).toMatchObject({ width: 0.25, color: 0x1e1e1e });
    expect(kinds(drawing)).toEqual([["rectangle", 2 ** 20, 0, 2 ** 20, -(2 ** 20)]]);
  });
});
