/*
 * Words and notes as they are painted: a note's card and its soft shadow, and lines of text.
 */
import { grownBy, unionOf, type Box } from "../../base/geometry.ts";
import { boxThrough } from "../../base/matrix.ts";
import type { TextItem } from "../../board/document/board.ts";
import { placeItem } from "./path.ts";
import type { Placed, ShapePiece } from "./shape-piece.ts";
import { toolColor, wordsOn } from "../canvas/theme.ts";
import { LINE_HEIGHT, TYPE_SIZE } from "./line-breaks.ts";
import { setType, type Layout, type Words } from "./words.ts";

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
  const layout = words.layoutOf(item);
  const box = wordsBox(item, words);
  let card: { readonly sheets: readonly Path2D[]; readonly face: Path2D } | undefined;
  return {
    box: () => box,
    prepare() {},
    paint(context, placed, theme) {
      const color = toolColor(item.header.tool, item.header.color, theme.dark);
      if (item.size) {
        card ??= cardOf(layout);
        placeItem(context, item.matrix, placed, 1);
        context.fillStyle = `rgba(0, 0, 0, ${SHADOW_ALPHA})`;
        for (const sheet of card.sheets) context.fill(sheet);
        context.fillStyle = color;
        context.fill(card.face);
      }
      context.fillStyle = item.size ? wordsOn(item.header.color, theme.dark) : color;
      write(context, item, layout, words.baseline(), placed);
    },
  };
}

/** The shadow's sheets and the note itself. */
function cardOf({ width, height }: Layout): { readonly sheets: readonly Path2D[]; readonly face: Path2D } {
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
  return { sheets, face: roundedBox({ minX: 0, minY: 0, maxX: width, maxY: height }, radius) };
}

function roundedBox({ minX, minY, maxX, maxY }: Box, radius: number): Path2D {
  const path = new Path2D();
  const quarter = Math.PI / 2;
  path.arc(minX + radius, minY + radius, radius, 2 * quarter, 3 * quarter);
  path.arc(maxX - radius, minY + radius, radius, 3 * quarter, 4 * quarter);
  path.arc(maxX - radius, maxY - radius, radius, 0, quarter);
  path.arc(minX + radius, maxY - radius, radius, quarter, 2 * quarter);
  path.closePath();
  return path;
}

function write(
  context: CanvasRenderingContext2D,
  item: TextItem,
  { size, padding, width, lines }: Layout,
  baseline: number,
  placed: Placed,
): void {
  const unit = size / TYPE_SIZE;
  placeItem(context, item.matrix, placed, unit);
  setType(context);
  context.textBaseline = "alphabetic";
  for (const [i, { rtl, runs }] of lines.entries()) {
    context.direction = rtl ? "rtl" : "ltr";
    context.textAlign = rtl ? "right" : "left";
    const y = padding / unit + (i * LINE_HEIGHT + baseline) * TYPE_SIZE;
    for (const { text, x } of runs) {
      const from = x * TYPE_SIZE;
      context.fillText(text, rtl ? (width - padding) / unit - from : padding / unit + from, y);
    }
  }
}
