import { createPointEncoder, END } from "../../ink/codec.ts";
import { MAX_HEADER_LENGTH } from "../../ink/header.ts";
import { MAX_STROKE_CHARS } from "../../ink/stroke.ts";
import type { InkPoint, StrokeHeader } from "../../ink/stroke.ts";

/** The longest that one more point can get: an escape, two numbers, a pressure, and then the END. */
const POINT_CHARS_MAX = 17;

/** Whether one more point may have no room in an item whose text, without its header, is so long. */
export function isFull(inkLength: number): boolean {
  return MAX_HEADER_LENGTH + inkLength > MAX_STROKE_CHARS - POINT_CHARS_MAX;
}

/** An item's text after the header, where it is known from its first point to its last. */
export function inkText(header: StrokeHeader, points: readonly InkPoint[]): string {
  return createPointEncoder(header).encode(points) + END;
}

/** The same for a stroke that may be too long for one item: each goes on where the one before stopped. */
export function inkTexts(header: StrokeHeader, points: readonly InkPoint[]): string[] {
  const texts: string[] = [];
  let text = "";
  let encoder = createPointEncoder(header);
  for (const [i, point] of points.entries()) {
    if (isFull(text.length)) {
      texts.push(text + END);
      encoder = createPointEncoder(header);
      text = encoder.encode([points[i - 1]!]);
    }
    text += encoder.encode([point]);
  }
  return text === "" ? texts : [...texts, text + END];
}
