/*
 * Words and notes as they are painted: a note's card and its soft shadow, and lines of text.
 */
import { grownBy, unionOf, type Box } from "../../base/geometry.ts";
import { boxThrough, IDENTITY, multiply } from "../../base/matrix.ts";
import type { TextItem } from "../../board/document/board.ts";
import type { Drawable, DrawnOutline, DrawnRun } from "./drawable.ts";
import { flatBox, pathOf, type ShapePath } from "./path.ts";
import type { ShapePiece } from "./shape-piece.ts";
import { toolColor, wordsOn } from "../canvas/theme.ts";
import { LINE_HEIGHT, TYPE_SIZE } from "./line-breaks.ts";
import type { Layout, Words } from "./words.ts";

/** Of a note, as parts of its shorter side. */
const NOTE_RADIUS = 0.035;
const SHADOW_REACH = 0.08;
const SHADOW_DROP = 0.03;
/** So many sheets, each a little larger, make a shadow that is soft in every engine alike. */
const SHADOW_SHEETS = 8;
const SHADOW_ALPHA = 0.022;
/** Around the ink of letters as engines measure it, in sizes of the type: some leave out what smooths it. */
const AROUND_INK = 0.05;

/** All that is painted of words or of a note, in world units. */
export function wordsBox(item: TextItem, words: Words): Box {
  const { width, height, size } = words.layoutOf(item);
  const page = { minX: 0, minY: 0, maxX: width, maxY: height };
  const shadow = item.size ? (SHADOW_REACH + SHADOW_DROP) * Math.min(width, height) : 0;
  const ink = words.inkOf(item);
  return boxThrough(item.matrix, unionOf(grownBy(page, shadow), ink && grownBy(ink, AROUND_INK * size))!);
}

export function createWordsPiece(item: TextItem, words: Words): ShapePiece {
  const { header, matrix, size } = item;
  const layout = words.layoutOf(item);
  const box = wordsBox(item, words);
  let card: readonly DrawnOutline[] | undefined;
  let runs: readonly DrawnRun[] | undefined;
  const unit = layout.size / TYPE_SIZE;
  const place = multiply(matrix, { ...IDENTITY, a: unit, d: unit });
  /** The shadow's sheets and the note itself. */
  const note = (color: string): Drawable[] =>
    (card ??= cardOf(layout)).map((outline, i) => {
      const path = { kind: "path", place: matrix, outline } as const;
      return i < SHADOW_SHEETS
        ? { ...path, color: "#000000", alpha: SHADOW_ALPHA }
        : { ...path, color, alpha: 1 };
    });
  return {
    box: () => box,
    prepare() {},
    drawables({ dark }) {
      const color = toolColor(header.tool, header.color, dark);
      runs ??= runsOf(layout, words.baseline());
      const written = { kind: "words", place, runs } as const;
      if (!size) return [{ ...written, color }];
      return [...note(color), { ...written, color: wordsOn(header.color, dark) }];
    },
  };
}

/** The shadow's sheets and, over them, the note itself. */
function cardOf({ width, height }: Layout): readonly DrawnOutline[] {
  const side = Math.min(width, height);
  const radius = NOTE_RADIUS * side;
  const sheets = Array.from({ length: SHADOW_SHEETS }, (_, i) => {
    const grown = (SHADOW_REACH * side * i) / SHADOW_SHEETS - radius / 2;
    const drop = SHADOW_DROP * side;
    return roundedBox(
      { minX: -grown, minY: drop - grown, maxX: width + grown, maxY: height + drop + grown },
      radius + Math.max(grown, 0),
    );
  });
  return [...sheets, roundedBox({ minX: 0, minY: 0, maxX: width, maxY: height }, radius)];
}

/** Traced in world units: it is the same at each scale. */
function roundedBox(box: Box, radius: number): DrawnOutline {
  const flat = flatBox(box, radius);
  let path: ShapePath | undefined;
  return { flatAt: () => flat, pathAt: () => (path ??= pathOf(flat, 1)) };
}

/** Of all lines, in the words' own coordinates. */
function runsOf({ size, padding, width, lines }: Layout, baseline: number): readonly DrawnRun[] {
  const unit = size / TYPE_SIZE;
  return lines.flatMap(({ rtl, runs }, i) => {
    const y = padding / unit + (i * LINE_HEIGHT + baseline) * TYPE_SIZE;
    return runs.map(({ text, x }) => {
      const from = x * TYPE_SIZE;
      return { text, x: rtl ? (width - padding) / unit - from : padding / unit + from, y, rtl };
    });
  });
}
