import { createPointEncoder, encodeHeader, END } from "../../ink/codec.ts";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";

/** The longest that one more point can get: an escape, two numbers, a pressure, and then the END. */
export const POINT_CHARS_MAX = 17;

/** The whole text of an item that is known from its first point to its last. */
export function inkText(header: StrokeHeader, points: readonly InkPoint[]): string {
  return encodeHeader(header) + createPointEncoder(header).encode(points) + END;
}

/** The same for a stroke that may be too long for one item: each goes on where the one before stopped. */
export function inkTexts(header: StrokeHeader, points: readonly InkPoint[]): string[] {
  const texts: string[] = [];
  let text = "";
  let encoder = createPointEncoder(header);
  for (const [i, point] of points.entries()) {
    if (text === "") text = encodeHeader(header);
    else if (text.length > MAX_STROKE_CHARS - POINT_CHARS_MAX) {
      texts.push(text + END);
      encoder = createPointEncoder(header);
      text = encodeHeader(header) + encoder.encode([points[i - 1]!]);
    }
    text += encoder.encode([point]);
  }
  return text === "" ? texts : [...texts, text + END];
}
