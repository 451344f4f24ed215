import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { decodeBase64, encodeBase64 } from "../base/bytes.ts";
import { IDENTITY, invert, isIdentity, type Matrix } from "../base/matrix.ts";
import { drawsSomething } from "../base/visible-line.ts";
import type { CopiedItem } from "../board/document/board.ts";
import { isCopiedField, itemFieldValues, withCopiedValue } from "../board/document/field-values.ts";
import { LIMITS } from "../board/document/limits.ts";
import { MAX_LABEL_CHARS } from "../board/document/labels.ts";
import { decodePicture, encodePicture } from "../board/document/picture.ts";
import { ITEM_KINDS, type ItemAttributes } from "../board/document/schema.ts";
import { createPointDecoder, createPointEncoder } from "../ink/codec.ts";
import { decodeHeader, encodeHeader } from "../ink/header.ts";
import type { StrokeHeader } from "../ink/stroke.ts";

/*
 * Items as a text that one can paste anywhere: "inkmesh:1:" and the base64 of
 *   the number of items, then of each, bottom first:
 *   string  header, as in the document (ink/header.ts)
 *   byte    1: a matrix follows, + 2: a size follows, + 4: attributes follow
 *   matrix  a b c d e f, size  width height: 64-bit floats
 *   attributes  their number, of each its field's key as a string, and its bytes: both as in the document
 *   string  of a stroke or a shape its points, as in the document (ink/codec.ts); of a picture its record, as in the
 *           document (board/document/picture.ts); else the words
 * Numbers and strings as lib0 writes them. Equal items give equal texts.
 */
const MARK = "inkmesh:";
const PREFIX = `${MARK}1:`;

/** What does not fit says so: a clipboard is no place for a whole board of handwriting. */
export const MAX_COPIED_ITEMS = LIMITS.copiedItems.takes;
export const MAX_COPIED_CHARS = LIMITS.copiedChars.takes;
/** Of words from another app. */
export const MAX_COPIED_WORDS = LIMITS.copiedWords.takes;

/** No coordinate, and nothing that scales one, is larger. */
const MAX_NUMBER = 2 ** 24;
const HAS_MATRIX = 1;
const HAS_SIZE = 2;
const HAS_ATTRIBUTES = 4;

/**
 * - `too-large`: more items or characters than a clipboard may hold.
 * - `newer`: copied from a later version of this app.
 * - `broken`: cut off, or not what it says.
 * - `empty`: there is nothing to paste.
 */
export type ClipboardProblem = "too-large" | "newer" | "broken" | "empty";

/** The text for the clipboard; undefined where it would be too large. */
export function clipboardText(items: readonly CopiedItem[]): string | undefined {
  if (items.length > MAX_COPIED_ITEMS) return undefined;
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, items.length);
  for (const item of items) writeItem(encoder, item);
  const text = PREFIX + encodeBase64(encoding.toUint8Array(encoder));
  return text.length > MAX_COPIED_CHARS ? undefined : text;
}

/** What a text from a clipboard holds. Text of other apps is one item of words with `header`. Never throws. */
export function readClipboard(
  text: string,
  header: StrokeHeader & { readonly tool: "text" },
): readonly CopiedItem[] | ClipboardProblem {
  if (text.length > MAX_COPIED_CHARS) return "too-large";
  const trimmed = text.trim();
  if (!trimmed.startsWith(MARK)) return readWords(text, header);
  if (!trimmed.startsWith(PREFIX)) return /^inkmesh:\d+:/u.test(trimmed) ? "newer" : readWords(text, header);
  const bytes = decodeBase64(trimmed.slice(PREFIX.length));
  if (!bytes) return "broken";
  try {
    return readItems(decoding.createDecoder(bytes));
  } catch {
    // The bytes ended too early, or are no text: lib0 throws.
    return "broken";
  }
}

function readWords(
  text: string,
  header: StrokeHeader & { readonly tool: "text" },
): readonly CopiedItem[] | ClipboardProblem {
  const words = text
    .replace(/\r\n?/gu, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/^\n+|\s+$/gu, "");
  if (!drawsSomething(words)) return "empty";
  if (words.length > MAX_COPIED_WORDS) return "too-large";
  return [{ kind: "text", header, size: undefined, matrix: IDENTITY, attributes: {}, text: words }];
}

function writeItem(encoder: encoding.Encoder, item: CopiedItem): void {
  const { header, matrix } = item;
  const { size } = item.kind === "stroke" ? {} : item;
  const { a, b, c, d, e, f } = matrix;
  const placed = !isIdentity(matrix);
  encoding.writeVarString(encoder, encodeHeader(header));
  const attributes = itemFieldValues(item.attributes);
  const given = attributes.length > 0;
  const flags = (placed ? HAS_MATRIX : 0) + (size ? HAS_SIZE : 0) + (given ? HAS_ATTRIBUTES : 0);
  encoding.writeUint8(encoder, flags);
  const numbers = [...(placed ? [a, b, c, d, e, f] : []), ...(size ? [size.width, size.height] : [])];
  for (const number of numbers) encoding.writeFloat64(encoder, number);
  if (given) writeAttributes(encoder, attributes);
  encoding.writeVarString(encoder, contentOf(item));
}

function contentOf(item: CopiedItem): string {
  if (item.kind === "picture") return encodePicture(item.picture);
  return item.kind === "text" ? item.text : createPointEncoder(item.header).encode(item.points);
}

function writeAttributes(encoder: encoding.Encoder, values: ReturnType<typeof itemFieldValues>): void {
  encoding.writeVarUint(encoder, values.length);
  for (const [key, value] of values) {
    encoding.writeVarString(encoder, key);
    encoding.writeVarUint8Array(encoder, value);
  }
}

function readItems(decoder: decoding.Decoder): readonly CopiedItem[] | ClipboardProblem {
  const count = decoding.readVarUint(decoder);
  if (count > MAX_COPIED_ITEMS) return "too-large";
  const items: CopiedItem[] = [];
  for (let i = 0; i < count; i++) {
    const item = readItem(decoder);
    if (typeof item === "string") return item;
    items.push(item);
  }
  if (decoding.hasContent(decoder)) return "broken";
  return items.length === 0 ? "empty" : items;
}

function readItem(decoder: decoding.Decoder): CopiedItem | ClipboardProblem {
  const header = decodeHeader(decoding.readVarString(decoder))?.header;
  const flags = decoding.readUint8(decoder);
  if (flags > HAS_MATRIX + HAS_SIZE + HAS_ATTRIBUTES) return "broken";
  const matrix = (flags & HAS_MATRIX) === 0 ? IDENTITY : readMatrix(decoder);
  const size = (flags & HAS_SIZE) === 0 ? undefined : readSize(decoder);
  const attributes = (flags & HAS_ATTRIBUTES) === 0 ? {} : readAttributes(decoder);
  if (typeof attributes === "string") return attributes;
  const content = decoding.readVarString(decoder);
  if (!header || !matrix) return "broken";
  const kind = ITEM_KINDS[header.tool];
  if (kind.holds === "words") {
    const fits = kind.points > 1 === (size !== undefined) && content.length <= MAX_LABEL_CHARS;
    return fits ? { kind: "text", header, size, matrix, attributes, text: content } : "broken";
  }
  if (kind.holds === "picture") {
    const picture = decodePicture(content);
    return picture && size ? { kind: "picture", header, size, matrix, attributes, picture } : "broken";
  }
  const points = createPointDecoder(header).decode(content);
  const complete = kind.holds === "outline" ? points.length === kind.points : points.length > 0;
  return complete ? { kind: "stroke", header, points, matrix, attributes } : "broken";
}

function readAttributes(decoder: decoding.Decoder): ItemAttributes | ClipboardProblem {
  let given: ItemAttributes = {};
  const count = decoding.readVarUint(decoder);
  for (let i = 0; i < count; i++) {
    const key = decoding.readVarString(decoder);
    if (!isCopiedField(key)) return "newer";
    const more = withCopiedValue(given, key, decoding.readVarUint8Array(decoder));
    if (!more) return "broken";
    given = more;
  }
  return given;
}

function readMatrix(decoder: decoding.Decoder): Matrix | undefined {
  const [a, b, c, d, e, f] = Array.from({ length: 6 }, () => decoding.readFloat64(decoder));
  const matrix = { a: a!, b: b!, c: c!, d: d!, e: e!, f: f! };
  return Object.values(matrix).every(isReasonable) && invert(matrix) ? matrix : undefined;
}

function readSize(decoder: decoding.Decoder): { width: number; height: number } | undefined {
  const width = decoding.readFloat64(decoder);
  const height = decoding.readFloat64(decoder);
  return isReasonable(width) && isReasonable(height) && width > 0 && height > 0
    ? { width, height }
    : undefined;
}

function isReasonable(value: number): boolean {
  return Math.abs(value) <= MAX_NUMBER;
}
