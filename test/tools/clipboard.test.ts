import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "../../src/base/bytes.ts";
import { IDENTITY, invert, type Matrix } from "../../src/base/matrix.ts";
import type { CopiedItem } from "../../src/board/document/board.ts";
import { MAX_LABEL_CHARS } from "../../src/board/document/labels.ts";
import { quantize } from "../../src/ink/codec.ts";
import {
  INK_INPUTS,
  INK_TOOLS,
  SHAPE_TOOLS,
  type ItemTool,
  type StrokeHeader,
} from "../../src/ink/stroke.ts";
import {
  clipboardText,
  MAX_COPIED_ITEMS,
  MAX_COPIED_WORDS,
  readClipboard,
  type ClipboardProblem,
} from "../../src/tools/clipboard.ts";
import { PEN } from "./support/fake-board.ts";

const WORDS = { ...PEN, tool: "text", width: 16 } as const;
const read = (text: string): readonly CopiedItem[] | ClipboardProblem => readClipboard(text, WORDS);

const header = (tools: readonly ItemTool[]): fc.Arbitrary<StrokeHeader> =>
  fc.record({
    tool: fc.constantFrom(...tools),
    color: fc.integer({ min: 0, max: 0xffffff }),
    width: fc.integer({ min: 1, max: 2048 }).map((quarters) => quarters / 4),
    input: fc.constantFrom(...INK_INPUTS),
    pressure: fc.boolean(),
    scale: fc.integer({ min: -4, max: 6 }),
  });
const number = fc.double({ min: -10_000, max: 10_000, noNaN: true }).map((value) => value + 0);
const matrix: fc.Arbitrary<Matrix> = fc
  .record({ a: number, b: number, c: number, d: number, e: number, f: number })
  .map((made) => (invert(made) ? made : IDENTITY));
const points = (min: number, max: number): fc.Arbitrary<{ x: number; y: number; pressure: number }[]> =>
  fc.array(fc.record({ x: number, y: number, pressure: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: min,
    maxLength: max,
  });
const inked = (tools: readonly ItemTool[], min: number, max: number): fc.Arbitrary<CopiedItem> =>
  fc.tuple(header(tools), points(min, max), matrix).map(([made, places, placed]) => ({
    kind: "stroke",
    header: made,
    points: places.map((place) => quantize(place, made)),
    matrix: placed,
    attributes: {},
  }));
const side = fc.double({ min: 1, max: 2000, noNaN: true });
const words = fc.string({ unit: "grapheme", maxLength: 40 });
const item: fc.Arbitrary<CopiedItem> = fc.oneof(
  inked(INK_TOOLS, 1, 30),
  inked(SHAPE_TOOLS, 2, 2),
  fc.record({
    kind: fc.constant("text" as const),
    header: header(["text"]),
    size: fc.constant(undefined),
    matrix,
    attributes: fc.oneof(fc.constant({}), fc.record({ width: side })),
    text: words,
  }),
  fc.record({
    kind: fc.constant("text" as const),
    header: header(["note"]),
    size: fc.record({ width: side, height: side }),
    matrix,
    attributes: fc.constant({}),
    text: words,
  }),
);
const items = fc.array(item, { minLength: 1, maxLength: 8 });

describe("clipboard", () => {
  it("gives back what was copied, and equal items give equal texts", () => {
    fc.assert(
      fc.property(items, (copied) => {
        const text = clipboardText(copied)!;
        expect(text).toMatch(/^inkmesh:1:[A-Za-z0-9+/]+=*$/u);
        expect(read(text)).toEqual(copied);
        expect(read(` ${text}\r\n`)).toEqual(copied);
        expect(clipboardText(read(text) as CopiedItem[])).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it("golden text", () => {
    const line = { kind: "stroke", header: PEN, points: [{ x: 1, y: 2, pressure: 0.5 }] } as const;
    expect(clipboardText([{ ...line, matrix: IDENTITY, attributes: {} }])).toBe(
      "inkmesh:1:AQgxKCAnMVQ/QAACSFA=",
    );
  });

  it("never throws, whatever is in the clipboard", () => {
    fc.assert(
      fc.property(
        items,
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        (copied, at, byte, cuts) => {
          const bytes = decodeBase64(clipboardText(copied)!.slice("inkmesh:1:".length))!;
          bytes[at % bytes.length] = byte;
          const sent = cuts ? bytes.slice(0, at % bytes.length) : bytes;
          const result = read(`inkmesh:1:${encodeBase64(sent)}`);
          if (typeof result === "string") return;
          // What is taken for items is as good as any: it can be copied again.
          expect(read(clipboardText(result)!)).toEqual(result);
        },
      ),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        read(`inkmesh:1:${encodeBase64(bytes)}`);
      }),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void read(text)));
  });

  it("says what is wrong", () => {
    const [first, second] = [0, 1].map((x) => ({
      kind: "stroke" as const,
      header: PEN,
      points: [{ x, y: 0, pressure: 0.5 }],
      matrix: IDENTITY,
      attributes: {},
    }));
    const text = clipboardText([first!, second!])!;
    expect(read(text.slice(0, -4))).toBe("broken");
    expect(read(`${text.slice(0, 20)}*${text.slice(21)}`)).toBe("broken");
    expect(read("inkmesh:2:whatever")).toBe("newer");
    expect(read(clipboardText([])!)).toBe("empty");
    expect(read(" \r\n\t")).toBe("empty");
    expect(read("\u2800\u200b \u3164")).toBe("empty");
    const long = {
      kind: "text",
      header: { ...PEN, tool: "text" },
      size: undefined,
      matrix: IDENTITY,
      attributes: {},
    } as const;
    const most = [{ ...long, text: "x".repeat(MAX_LABEL_CHARS) }];
    expect(read(clipboardText(most)!)).toEqual(most);
    expect(read("x".repeat(MAX_COPIED_WORDS + 1))).toBe("too-large");
    expect(read(`inkmesh:1:${"A".repeat(5_000_000)}`)).toBe("too-large");
    // A million items, of which none follows.
    expect(read(`inkmesh:1:${encodeBase64(new Uint8Array([0xc0, 0x84, 0x3d]))}`)).toBe("too-large");
    expect(clipboardText(Array.from({ length: MAX_COPIED_ITEMS + 1 }, () => first!))).toBeUndefined();
  });

  it("refuses what no board could show", () => {
    const note = {
      kind: "text",
      header: { ...PEN, tool: "note" },
      size: { width: 9, height: 9 },
      matrix: IDENTITY,
      attributes: {},
      text: "",
    } as const;
    const spoilt: CopiedItem[] = [
      { kind: "stroke", header: PEN, points: [], matrix: IDENTITY, attributes: {} },
      {
        kind: "stroke",
        header: { ...PEN, tool: "line" },
        points: [{ x: 0, y: 0, pressure: 0.5 }],
        matrix: IDENTITY,
        attributes: {},
      },
      { ...note, size: undefined },
      { ...note, size: { width: -1, height: 9 } },
      { ...note, size: { width: Number.NaN, height: 9 } },
      { ...note, matrix: { ...IDENTITY, e: Infinity } },
      { ...note, matrix: { ...IDENTITY, a: 0 } },
      { ...note, text: "x".repeat(MAX_LABEL_CHARS + 1) },
    ];
    expect(spoilt.map((each) => read(clipboardText([each])!))).toEqual(spoilt.map(() => "broken"));
  });

  it("the text of other apps becomes words, without what is no character", () => {
    const text = "\r\n  one\r\ntwo\u0000\u0007 \u{1F600} عربى\t3\r\n\r\n";
    expect(read(text)).toEqual([
      {
        kind: "text",
        header: WORDS,
        size: undefined,
        matrix: IDENTITY,
        attributes: {},
        text: "  one\ntwo \u{1F600} عربى\t3",
      },
    ]);
    expect(read("inkmesh: a canvas")).toMatchObject([{ text: "inkmesh: a canvas" }]);
  });
});
