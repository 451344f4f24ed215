/*
 * How the canvas looks under the ink: its colour and the marks of its background. They are placed from the
 * world's middle, so that tiles painted apart fit together.
 */
import type { Background } from "../../board/document/backgrounds.ts";
import { CANVAS_COLOR, PATTERN, type InkTheme } from "./theme.ts";
import type { Area, Transform } from "./transform.ts";

/** What lies under everything. */
export interface CanvasAppearance extends InkTheme {
  /** `none`: nothing lies under the ink, not even paper. */
  readonly background: Background | "none";
  /** Device pixels to a pixel of CSS. */
  readonly pixelRatio: number;
}

export function sameAppearance(a: CanvasAppearance, b: CanvasAppearance): boolean {
  return a.dark === b.dark && a.background === b.background && a.pixelRatio === b.pixelRatio;
}

/** World units between two marks at zoom 1. */
const SPACING = 32;
/** Marks come no nearer to one another than this, in pixels of CSS; twice as far, there are more. */
const CLOSEST = 24;
/** In pixels of CSS. */
const DOT_RADIUS = 1.25;

/** Lays the blank canvas, with the marks of its background. Everybody at the same zoom has the same. */
export function paintBackground(
  context: CanvasRenderingContext2D,
  area: Area,
  transform: Transform,
  appearance: CanvasAppearance,
): void {
  if (appearance.background === "none") {
    context.clearRect(area.x, area.y, area.width, area.height);
    return;
  }
  context.fillStyle = appearance.dark ? CANVAS_COLOR.dark : CANVAS_COLOR.light;
  context.fillRect(area.x, area.y, area.width, area.height);
  if (appearance.background === "plain") return;
  context.fillStyle = appearance.dark ? PATTERN.dark : PATTERN.light;
  const spacing = markSpacing(transform.scale / appearance.pixelRatio) * transform.scale;
  const columns = marksIn(area.x, area.width, transform.x, spacing);
  const rows = marksIn(area.y, area.height, transform.y, spacing);
  if (appearance.background === "dots") {
    paintDots(context, area, { columns, rows, radius: markRadius(appearance.pixelRatio) });
    return;
  }
  const thickness = Math.max(Math.floor(appearance.pixelRatio), 1);
  for (const y of rows) fillWithin(context, area, { x: area.x, y, width: area.width, height: thickness });
  if (appearance.background === "lines") return;
  for (const x of columns) fillWithin(context, area, { x, y: area.y, width: thickness, height: area.height });
}

/** World units between two marks: with the zoom it halves or doubles. */
export function markSpacing(zoom: number): number {
  return SPACING * 2 ** Math.ceil(Math.log2(CLOSEST / (SPACING * zoom)));
}

/** Of a dot, in device pixels. */
export function markRadius(pixelRatio: number): number {
  return DOT_RADIUS * pixelRatio;
}

/** Whole pixels, each counted from the world's middle: the same in every tile. */
function marksIn(from: number, length: number, origin: number, spacing: number): number[] {
  const marks: number[] = [];
  // One more on each side: a mark is wider than a pixel.
  const last = Math.ceil((from + length - origin) / spacing);
  for (let i = Math.floor((from - origin) / spacing); i <= last; i++) {
    marks.push(Math.round(i * spacing) + origin);
  }
  return marks;
}

interface Dots {
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  readonly radius: number;
}

/** Only within the area: what is beside it is painted already, and may have ink on it. */
function paintDots(context: CanvasRenderingContext2D, area: Area, { columns, rows, radius }: Dots): void {
  const dots = dotsAt(columns, rows, radius);
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  context.fill(dots);
  context.restore();
}

function dotsAt(columns: readonly number[], rows: readonly number[], radius: number): Path2D {
  const path = new Path2D();
  for (const y of rows) {
    for (const x of columns) {
      path.moveTo(x + radius, y);
      path.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  return path;
}

function fillWithin(context: CanvasRenderingContext2D, area: Area, { x, y, width, height }: Area): void {
  const left = Math.max(x, area.x);
  const top = Math.max(y, area.y);
  const right = Math.min(x + width, area.x + area.width);
  const bottom = Math.min(y + height, area.y + area.height);
  if (right > left && bottom > top) context.fillRect(left, top, right - left, bottom - top);
}
