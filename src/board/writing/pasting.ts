import type { Box, Point } from "../../base/geometry.ts";
import { END } from "../../ink/codec.ts";
import { MAX_SCALE } from "../../ink/header.ts";
import { PICTURE_TOOL, type InkPoint, type StrokeHeader } from "../../ink/stroke.ts";
import type { CopiedItem } from "../document/board.ts";
import { encodeLabel } from "../document/labels.ts";
import { LIMITS } from "../document/limits.ts";
import { encodePicture, isPictureSize, type Picture } from "../document/picture.ts";
import { NO_SIZE } from "../document/size.ts";
import type { Size } from "../document/size.ts";
import { inkText, inkTexts } from "./ink-text.ts";

/** What is to be pasted, as it will be written. */
export interface Pasted {
  readonly copied: CopiedItem;
  /** Of a stroke, item by item; of a picture, one. */
  readonly inks: readonly string[];
  /** Of a text. */
  readonly stored: string;
}

/** Of an item besides its ink and its words: its structs, its header and its attributes. */
export const AROUND_ITEM: Size = { ...NO_SIZE, writes: 6, content: 160 };

export function planPaste(copied: CopiedItem): Pasted {
  if (copied.kind === "text") return { copied, inks: [], stored: encodeLabel(copied.text) };
  const inks =
    copied.kind === "picture"
      ? [pictureInk(copied.header, cornersOf({ x: 0, y: 0 }, copied.size), copied.picture)]
      : inkTexts(copied.header, copied.points);
  return { copied, inks, stored: "" };
}

/** World units: the shorter side of a picture that lies on the usual grid. */
const FINE_SIDE = 256;

/** The item of a picture in this box; undefined for one that has too many bytes or pixels. */
export function planPicture(
  picture: Picture,
  { minX, minY, maxX, maxY }: Box,
): { readonly header: StrokeHeader; readonly inks: readonly string[] } | undefined {
  if (picture.bytes > LIMITS.pictureBytes.writes || !isPictureSize(picture.width, picture.height))
    return undefined;
  const size = { width: maxX - minX, height: maxY - minY };
  // Fine enough that it has the proportions of the box.
  const side = Math.max(Math.min(size.width, size.height), Number.EPSILON);
  const scale = Math.min(Math.max(Math.ceil(Math.log2(FINE_SIDE / side)), 0), MAX_SCALE);
  const header = { tool: PICTURE_TOOL, color: 0, width: 1, input: "mouse", pressure: false, scale } as const;
  return { header, inks: [pictureInk(header, cornersOf({ x: minX, y: minY }, size), picture)] };
}

/** A picture's text, after the header. */
function pictureInk(header: StrokeHeader, corners: readonly InkPoint[], picture: Picture): string {
  return inkText(header, corners) + encodePicture(picture) + END;
}

export function sizeOfPasted({ inks, stored }: Pick<Pasted, "inks" | "stored">): Size {
  const items = Math.max(inks.length, 1);
  const { writes, content } = AROUND_ITEM;
  const chars = inks.reduce((sum, ink) => sum + ink.length, stored.length);
  return { ...NO_SIZE, writes: items * writes, content: items * content + chars };
}

/** The points of words: their corner, and for a note the opposite one. */
export function cornersOf(
  at: Point,
  size: { readonly width: number; readonly height: number } | undefined,
): readonly InkPoint[] {
  const corner = size && { x: at.x + size.width, y: at.y + size.height };
  return (corner ? [at, corner] : [at]).map(withPressure);
}

export function withPressure({ x, y }: Point): InkPoint {
  return { x, y, pressure: 0.5 };
}
