/*
 * How words are laid out: how large they are, where their lines break, and how small they get to fit on a
 * note. Everything else that needs the size of words asks here.
 */
import type { TextItem } from "../../board/document/board.ts";
import { breakLines } from "./line-breaks.ts";
import { createSurface } from "../canvas/surface.ts";

/** The app's own type, as CSS. */
export const TYPE_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
/** From one line to the next, in sizes of the type. */
export const LINE_HEIGHT = 1.25;
/** Words are measured and painted in this size and scaled from there: they look the same at each zoom. */
export const TYPE_SIZE = 64;

/** Between a note's edge and its words, as a part of its shorter side. */
const NOTE_PADDING = 0.08;
/** A note's words get smaller by this until they fit, but not below the smallest part of their size. */
const SHRINK = 0.9;
const SMALLEST = 0.1;
/** Room for the cursor, where there are no words yet; in sizes of the type. */
const LEAST_WIDTH = 0.5;

export interface Line {
  readonly text: string;
  /** Right to left. */
  readonly rtl: boolean;
}

/** Words in the item's own coordinates: world units from its top left corner, before its matrix. */
export interface Layout {
  /** Of the type, as it is shown. */
  readonly size: number;
  readonly padding: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
}

/** Lays words out; what is alike for all of them is found once. */
export interface Words {
  layoutOf(item: TextItem): Layout;
  /** From the top of a line to the feet of its letters, in sizes of the type. */
  baseline(): number;
}

export function createWords(createCanvas: () => HTMLCanvasElement): Words {
  const layouts = new WeakMap<TextItem, Layout>();
  let context: CanvasRenderingContext2D | undefined;
  let baseline: number | undefined;

  const measuring = (): CanvasRenderingContext2D => {
    context ??= createSurface(createCanvas(), {}).context;
    context.font = `${TYPE_SIZE}px ${TYPE_FAMILY}`;
    return context;
  };
  const widthOf = (text: string): number => measuring().measureText(text).width / TYPE_SIZE;

  const make = ({ header, size: sides, text }: TextItem): Layout => {
    const paragraphs = text.split("\n").map((line) => ({ text: line, rtl: isRightToLeft(line) }));
    if (sides) return fitting(paragraphs, header.width, sides, widthOf);
    const size = header.width;
    const widths = paragraphs.map((line) => widthOf(line.text));
    return {
      size,
      padding: 0,
      width: Math.max(LEAST_WIDTH, ...widths) * size,
      height: paragraphs.length * LINE_HEIGHT * size,
      lines: paragraphs,
    };
  };

  return {
    layoutOf(item) {
      let layout = layouts.get(item);
      if (!layout) layouts.set(item, (layout = make(item)));
      return layout;
    },
    baseline() {
      if (baseline !== undefined) return baseline;
      const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = measuring().measureText("x");
      // As a line of text lies on a page: the room that is left goes half above and half below.
      return (baseline = (LINE_HEIGHT + (up - down) / TYPE_SIZE) / 2);
    },
  };
}

/** The largest type, up to `wanted`, with which everything fits into a note. */
function fitting(
  paragraphs: readonly Line[],
  wanted: number,
  sides: { readonly width: number; readonly height: number },
  widthOf: (text: string) => number,
): Layout {
  const padding = NOTE_PADDING * Math.min(sides.width, sides.height);
  const width = Math.max(sides.width - 2 * padding, 0);
  const height = Math.max(sides.height - 2 * padding, 0);
  const known = new Map<string, number>();
  const knownWidthOf = (text: string): number => {
    const found = known.get(text) ?? widthOf(text);
    known.set(text, found);
    return found;
  };
  for (let size = wanted; ; size *= SHRINK) {
    const lines = paragraphs.flatMap(({ text, rtl }) =>
      breakLines(text, width / size, knownWidthOf).map((line) => ({ text: line, rtl })),
    );
    const fits = lines.length * LINE_HEIGHT * size <= height;
    if (fits || size * SHRINK < wanted * SMALLEST) return { size, padding, ...sides, lines };
  }
}

const LETTER = /\p{L}/u;
const RTL_LETTER = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** By the first letter that has a direction. */
function isRightToLeft(paragraph: string): boolean {
  const first = LETTER.exec(paragraph)?.[0];
  return first !== undefined && RTL_LETTER.test(first);
}
