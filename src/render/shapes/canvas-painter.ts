/*
 * Paints drawables on a canvas.
 */
import { multiply, type Matrix } from "../../base/matrix.ts";
import { withAlpha, type InkTheme } from "../canvas/theme.ts";
import type { Transform } from "../canvas/transform.ts";
import type { Drawable, DrawnPath, DrawnPicture, DrawnWords } from "./drawable.ts";
import { onGrid } from "./path.ts";
import type { ShapePiece } from "./shape-piece.ts";
import { setType } from "./words.ts";

/** In place of a picture that is not here: darker than paper, lighter than ink, in both themes. */
export const NOTHING_YET = { color: "#808080", alpha: 0.25 };

export interface Placed {
  readonly transform: Transform;
  /** Takes it elsewhere in the world. */
  readonly matrix?: Matrix | undefined;
}

/** Paints in full colour; leaves transform and styles of the context changed, nothing else. */
export function paintPiece(
  context: CanvasRenderingContext2D,
  piece: ShapePiece,
  placed: Placed,
  theme: InkTheme,
): void {
  for (const drawable of piece.drawables(theme)) paintDrawable(context, drawable, placed);
}

function paintDrawable(context: CanvasRenderingContext2D, drawable: Drawable, placed: Placed): void {
  if (drawable.kind === "path") paintPath(context, drawable, placed);
  else if (drawable.kind === "words") paintWords(context, drawable, placed);
  else paintPicture(context, drawable, placed);
}

function paintPath(
  context: CanvasRenderingContext2D,
  { outline, place, color, alpha }: DrawnPath,
  placed: Placed,
): void {
  const { scale: traced, path, lineWidth } = outline.pathAt(placed.transform.scale);
  setPlace(context, place, placed, traced);
  const style = alpha < 1 ? withAlpha(color, alpha) : color;
  if (lineWidth === undefined) {
    context.fillStyle = style;
    context.fill(path);
    return;
  }
  context.strokeStyle = style;
  context.lineWidth = lineWidth;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.stroke(path);
}

function paintWords(
  context: CanvasRenderingContext2D,
  { runs, place, color }: DrawnWords,
  placed: Placed,
): void {
  setPlace(context, place, placed, 1);
  context.fillStyle = color;
  setType(context);
  context.textBaseline = "alphabetic";
  for (const { text, x, y, rtl } of runs) {
    context.direction = rtl ? "rtl" : "ltr";
    context.textAlign = rtl ? "right" : "left";
    context.fillText(text, x, y);
  }
}

/** Its bitmap, or as long as that is not there its thumbnail, enlarged and so blurred. */
function paintPicture(
  context: CanvasRenderingContext2D,
  { place, size, shown, picture, source }: DrawnPicture,
  placed: Placed,
): void {
  const { minX, minY, maxX, maxY } = shown;
  const [width, height] = [maxX - minX, maxY - minY];
  setPlace(context, place, placed, 1);
  const found = source.bitmapOf(picture) ?? source.thumbnailOf(picture);
  if (!found) {
    context.fillStyle = withAlpha(NOTHING_YET.color, NOTHING_YET.alpha);
    context.fillRect(minX, minY, width, height);
    return;
  }
  const [across, along] = [found.width / size.width, found.height / size.height];
  const part = [minX * across, minY * along, width * across, height * along] as const;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(found.image, ...part, minX, minY, width, height);
}

/** `traced`: so many units of what is painted are one of `place`. */
function setPlace(
  context: CanvasRenderingContext2D,
  place: Matrix,
  { transform: { scale, x, y }, matrix }: Placed,
  traced: number,
): void {
  const { a, b, c, d, e, f } = matrix ? multiply(matrix, place) : place;
  const zoom = scale / traced;
  context.setTransform(zoom * a, zoom * b, zoom * c, zoom * d, onGrid(scale * e) + x, onGrid(scale * f) + y);
}
