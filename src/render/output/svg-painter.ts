/*
 * Paints a list of drawables (scene/draw-list.ts) as an SVG: vectors in the colours of the screen, words as words in
 * the first type of the usual ones that there is.
 */
import type { Box } from "../../base/geometry.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { BlobHash } from "../../board/document/picture.ts";
import { markRadius, markSpacing, type CanvasAppearance } from "../canvas/appearance.ts";
import { CANVAS_COLOR, PATTERN } from "../canvas/theme.ts";
import type { Drawn } from "../scene/draw-list.ts";
import { NOTHING_YET } from "../shapes/canvas-painter.ts";
import type { Drawable, DrawnPath, DrawnPicture, DrawnWords } from "../shapes/drawable.ts";
import { TYPE_FAMILY, TYPE_SIZE } from "../shapes/line-breaks.ts";
import { blendGroupOf } from "../shapes/paint.ts";
import { lineWidthOf, trace } from "../shapes/path.ts";
import type { Shape } from "../shapes/shapes.ts";
import { createSvgPath } from "./svg-path.ts";

export interface SvgToPaint {
  readonly list: Iterable<Drawn>;
  /** What is to be seen, in world units. */
  readonly region: Box;
  /** CSS pixels to a world unit. */
  readonly zoom: number;
  /** Without a background where that is `none`. */
  readonly appearance: CanvasAppearance;
  /** The address under which a picture's bytes are: `data:` and all of them; undefined: they are not here. */
  readonly addressOf: (hash: BlobHash) => string | undefined;
}

/** Ink is traced for a screen of so many pixels to a unit: the thinnest is then wider than one. */
const SCALE = 4;
/** The grid of paths (path.ts), and half of it, for the middles of its sides. */
const GRID = 64;
/** Numbers of the SVG to a world unit. */
const UNIT = SCALE * GRID;

/** Gives the parts of its text one after the other, a shape at a time. */
export function* svgOf({ list, region, zoom, appearance, addressOf }: SvgToPaint): Generator<string, void> {
  const { minX, minY, maxX, maxY } = region;
  const size = (length: number): string => decimal(length * zoom);
  const view = [minX, minY, maxX - minX, maxY - minY].map((each) => decimal(each * UNIT)).join(" ");
  yield (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size(maxX - minX)}" height="${size(maxY - minY)}" viewBox="${view}"` +
    ` stroke-linecap="round" stroke-linejoin="round" font-family="${escaped(TYPE_FAMILY)}" font-size="${TYPE_SIZE}"` +
    ` text-rendering="geometricPrecision" xml:space="preserve">`
  );
  if (appearance.background !== "none") yield backgroundOf(region, zoom, appearance);
  for (const drawn of list) {
    if (drawn.kind === "open") yield `<g opacity="${drawn.opacity}">`;
    else if (drawn.kind === "close") yield "</g>";
    else yield shapeText(drawn.shape, appearance, addressOf);
  }
  yield "</svg>\n";
}

function shapeText(shape: Shape, appearance: CanvasAppearance, addressOf: SvgToPaint["addressOf"]): string {
  const group = blendGroupOf(shape, appearance);
  const inner = shape.pieces
    .flatMap((piece) => piece.drawables(appearance))
    .map((drawable) => drawableText(drawable, addressOf))
    .join("");
  return group ? `<g opacity="${group.alpha}" style="mix-blend-mode:${group.blend}">${inner}</g>` : inner;
}

function drawableText(drawable: Drawable, addressOf: SvgToPaint["addressOf"]): string {
  if (drawable.kind === "path") return pathText(drawable);
  return drawable.kind === "words"
    ? wordsText(drawable)
    : pictureText(drawable, addressOf(drawable.picture.hash));
}

function pathText({ outline, place, color, alpha }: DrawnPath): string {
  const { a, b, c, d, e, f } = place;
  // Most are only moved.
  const isMoved = a === 1 && b === 0 && c === 0 && d === 1;
  const path = createSvgPath(GRID, isMoved ? { x: e * UNIT, y: f * UNIT } : { x: 0, y: 0 });
  const flat = outline.flatAt(SCALE);
  trace(flat, SCALE, path);
  const width = lineWidthOf(flat, UNIT);
  const paint = width === undefined ? "fill" : "stroke";
  return (
    `<path d="${path.data()}"` +
    (isMoved ? "" : transformText(place, 1)) +
    (width === undefined ? "" : ` fill="none" stroke-width="${decimal(width)}"`) +
    ` ${paint}="${color}"` +
    (alpha < 1 ? ` ${paint}-opacity="${alpha}"` : "") +
    "/>"
  );
}

function wordsText({ runs, place, color }: DrawnWords): string {
  if (runs.length === 0) return "";
  const texts = runs.map(({ text, x, y, rtl }) => {
    const direction = rtl ? ' direction="rtl"' : "";
    return `<text x="${decimal(x)}" y="${decimal(y)}"${direction}>${escaped(text)}</text>`;
  });
  return `<g fill="${color}"${transformText(place, UNIT)}>${texts.join("")}</g>`;
}

/** An SVG within the SVG shows no more than its own part. */
function pictureText({ place, size, shown }: DrawnPicture, address: string | undefined): string {
  const { minX, minY, maxX, maxY } = shown;
  const [x, y, width, height] = [minX, minY, maxX - minX, maxY - minY].map(decimal);
  const { color, alpha } = NOTHING_YET;
  const inner =
    address === undefined
      ? `<path d="M${x} ${y}h${width}v${height}h-${width}z" fill="${color}" fill-opacity="${alpha}"/>`
      : `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">` +
        `<image width="${decimal(size.width)}" height="${decimal(size.height)}" preserveAspectRatio="none" href="${address}"/></svg>`;
  return `<g${transformText(place, UNIT)}>${inner}</g>`;
}

/** `scale`: numbers of the SVG to a unit of what is placed. */
function transformText({ a, b, c, d, e, f }: Matrix, scale: number): string {
  const turn = [a, b, c, d].map((each) => Number((each * scale).toPrecision(8)));
  return ` transform="matrix(${[...turn, decimal(e * UNIT), decimal(f * UNIT)].join(" ")})"`;
}

/** The paper and its marks. */
function backgroundOf({ minX, minY, maxX, maxY }: Box, zoom: number, appearance: CanvasAppearance): string {
  const [left, top, right, bottom] = [minX, minY, maxX, maxY].map((each) => each * UNIT) as [
    number,
    number,
    number,
    number,
  ];
  const [paper, color] = appearance.dark
    ? [CANVAS_COLOR.dark, PATTERN.dark]
    : [CANVAS_COLOR.light, PATTERN.light];
  const sheet = `<path d="M${decimal(left)} ${decimal(top)}H${decimal(right)}V${decimal(bottom)}H${decimal(left)}z" fill="${paper}"/>`;
  const { background } = appearance;
  if (background === "plain") return sheet;
  const pixel = UNIT / zoom;
  const step = markSpacing(zoom) * UNIT;
  const marks = (from: number, to: number): number[] => {
    const first = Math.floor(from / step);
    return Array.from({ length: Math.ceil(to / step) - first + 1 }, (_, i) => (first + i) * step);
  };
  const rows = marks(top, bottom);
  const isDots = background === "dots";
  // Lines lie below and right of their places; dots are the round ends of dashes without length.
  const off = isDots ? 0 : pixel / 2;
  const start = isDots ? Math.floor(left / step) * step : left;
  const across = rows.map((y) => `M${decimal(start)} ${decimal(y + off)}H${decimal(right + pixel)}`);
  const down = marks(left, right).map((x) => `M${decimal(x + off)} ${decimal(top)}V${decimal(bottom)}`);
  const lines = background === "grid" ? [...across, ...down] : across;
  const width = decimal((isDots ? 2 * markRadius(1) : 1) * pixel);
  const pen = isDots ? `stroke-dasharray="0 ${decimal(step)}"` : 'stroke-linecap="butt"';
  return `${sheet}<path d="${lines.join("")}" stroke="${color}" stroke-width="${width}" ${pen}/>`;
}

function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** As text of XML, which cannot hold every character. */
function escaped(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n]|\p{Cs}|[\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"]/gu, (each) => `&#${each.charCodeAt(0)};`);
}
