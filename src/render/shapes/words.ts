/*
 * How words are laid out: how large they are, where their lines break, and how small they get to fit on a
 * note. Everything else that needs the size of words asks here.
 */
import { unionOf, type Box } from "../../base/geometry.ts";
import type { TextItem } from "../../board/document/board.ts";
import { createSurface } from "../canvas/surface.ts";
import { LINE_HEIGHT, TAB_SIZE, TYPE_FAMILY, TYPE_SIZE, type LineBreaker } from "./line-breaks.ts";

/** Between a note's edge and its words, as a part of its shorter side. */
const NOTE_PADDING = 0.08;
/** A note's words get smaller by this until they fit, at most so many times; what is left over makes it higher. */
const SHRINK = 0.9;
const MOST_SHRINKS = 21;
/** Room for the cursor, where there are no words yet; in sizes of the type. */
const LEAST_WIDTH = 0.5;

/** What lies between two tabs of a line. */
export interface Run {
  readonly text: string;
  /** From where the line begins, in sizes of the type. */
  readonly x: number;
}

export interface Line {
  readonly text: string;
  /** Right to left: it begins at the right. */
  readonly rtl: boolean;
  readonly runs: readonly Run[];
}

/** Words in the item's own coordinates: world units from its top left corner, before its matrix. */
export interface Layout {
  /** Of the type, as it is shown. */
  readonly size: number;
  readonly padding: number;
  /** At which lines break, without the padding; undefined: only where the text says so. */
  readonly breaksAt: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
}

/** Lays words out; what is alike for all of them is found once. */
export interface Words {
  layoutOf(item: TextItem): Layout;
  /** Around all ink of the letters, which may stand out of their lines; undefined where there is none. */
  inkOf(item: TextItem): Box | undefined;
  /** The same without its words, for as long as a field shows them: a note keeps its size. */
  blankOf(item: TextItem): TextItem;
  /** From the top of a line to the feet of its letters, in sizes of the type. */
  baseline(): number;
}

/** In the item's own coordinates. */
interface Page {
  readonly size: number;
  readonly padding: number;
  readonly width: number;
}

export function createWords(createCanvas: () => HTMLCanvasElement, breaker: LineBreaker): Words {
  const layouts = new WeakMap<TextItem, Layout>();
  let context: CanvasRenderingContext2D | undefined;
  let baseline: number | undefined;
  let space: number | undefined;

  const measuring = (): CanvasRenderingContext2D => {
    context ??= createSurface(createCanvas(), {}).context;
    setType(context);
    return context;
  };
  const widthOf = (text: string): number => measuring().measureText(text).width / TYPE_SIZE;

  /** Where what follows a tab begins; a stop that is nearer than half a space is passed over, as in a field. */
  const behindTab = (x: number): number => {
    space ??= widthOf(" ");
    const stops = TAB_SIZE * space;
    const next = (Math.floor(x / stops) + 1) * stops;
    return next - x < space / 2 ? next + stops : next;
  };

  const lineOf = (text: string, rtl: boolean): { readonly line: Line; readonly width: number } => {
    const runs: Run[] = [];
    let x = 0;
    for (const [i, part] of text.split("\t").entries()) {
      if (i > 0) x = behindTab(x);
      if (part === "") continue;
      runs.push({ text: part, x });
      x += widthOf(part);
    }
    return { line: { text, rtl, runs }, width: x };
  };

  const broken = (text: string, width: number, size: number): readonly Line[] =>
    breaker.lines(text, width, size).flatMap((lines) => {
      const rtl = isRightToLeft(lines.join(""));
      return lines.map((line) => lineOf(line.trimEnd(), rtl).line);
    });

  /** The largest type, up to `wanted`, with which everything fits into a note; else it grows. */
  const noteLayout = (text: string, wanted: number, sides: NonNullable<TextItem["size"]>): Layout => {
    const padding = NOTE_PADDING * Math.min(sides.width, sides.height);
    const breaksAt = Math.max(sides.width - 2 * padding, 0);
    const height = Math.max(sides.height - 2 * padding, 0);
    const fits = (shrinks: number): boolean => {
      const size = wanted * SHRINK ** shrinks;
      return breaker.count(text, breaksAt, size) * LINE_HEIGHT * size <= height;
    };
    const size = wanted * SHRINK ** fewest(MOST_SHRINKS, fits);
    const lines = broken(text, breaksAt, size);
    const needed = lines.length * LINE_HEIGHT * size + 2 * padding;
    return {
      size,
      padding,
      breaksAt,
      width: sides.width,
      height: Math.max(sides.height, needed),
      lines,
    };
  };

  const make = ({ header, size: sides, text, attributes }: TextItem): Layout => {
    const size = header.width;
    if (sides) return noteLayout(text, size, sides);
    const breaksAt = attributes.width;
    if (breaksAt !== undefined) {
      const lines = broken(text, breaksAt, size);
      const height = lines.length * LINE_HEIGHT * size;
      return { size, padding: 0, breaksAt, width: breaksAt, height, lines };
    }
    const lines = text.split("\n").map((line) => lineOf(line, isRightToLeft(line)));
    return {
      size,
      padding: 0,
      breaksAt,
      width: Math.max(LEAST_WIDTH, ...lines.map(({ width }) => width)) * size,
      height: lines.length * LINE_HEIGHT * size,
      lines: lines.map(({ line }) => line),
    };
  };

  const layoutOf = (item: TextItem): Layout => {
    let layout = layouts.get(item);
    if (!layout) layouts.set(item, (layout = make(item)));
    return layout;
  };

  const baselineOf = (): number => {
    if (baseline !== undefined) return baseline;
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = measuring().measureText("x");
    // As a line of text lies on a page: the room that is left goes half above and half below.
    return (baseline = (LINE_HEIGHT + (up - down) / TYPE_SIZE) / 2);
  };

  return {
    layoutOf,
    inkOf(item) {
      const { lines, ...page } = layoutOf(item);
      let box: Box | undefined;
      for (const [i, line] of lines.entries()) {
        for (const run of line.runs) {
          const measure = measuring();
          measure.direction = line.rtl ? "rtl" : "ltr";
          measure.textAlign = "left";
          const metrics = measure.measureText(run.text);
          box = unionOf(box, inkOfRun(metrics, run, line, page, i * LINE_HEIGHT + baselineOf()));
        }
      }
      return box;
    },
    blankOf(item) {
      const size = item.size && { width: item.size.width, height: layoutOf(item).height };
      return { ...item, size, text: "" };
    },
    baseline: baselineOf,
  };
}

/** Makes letters as wide at each size as the field has them. */
export function setType(context: CanvasRenderingContext2D): void {
  context.font = `${TYPE_SIZE}px ${TYPE_FAMILY}`;
  context.textRendering = "geometricPrecision";
}

/** Where a run's ink is, as the engine measured it from where the run begins. `y`: of its feet, in sizes of the type. */
function inkOfRun(metrics: TextMetrics, { x }: Run, { rtl }: Line, page: Page, y: number): Box {
  const { size, padding, width } = page;
  const unit = size / TYPE_SIZE;
  const begins = rtl ? width - padding - x * size - metrics.width * unit : padding + x * size;
  const feet = padding + y * size;
  return {
    minX: begins - metrics.actualBoundingBoxLeft * unit,
    minY: feet - metrics.actualBoundingBoxAscent * unit,
    maxX: begins + metrics.actualBoundingBoxRight * unit,
    maxY: feet + metrics.actualBoundingBoxDescent * unit,
  };
}

/** The least number, up to `most`, with which something fits that fits with every greater one too; else `most`. */
function fewest(most: number, fits: (count: number) => boolean): number {
  if (fits(0)) return 0;
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const LETTER = /\p{L}/u;
const RTL_LETTER = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** By the first letter that has a direction. */
function isRightToLeft(paragraph: string): boolean {
  const first = LETTER.exec(paragraph)?.[0];
  return first !== undefined && RTL_LETTER.test(first);
}
