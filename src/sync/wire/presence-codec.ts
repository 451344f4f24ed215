import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Point } from "../../base/geometry.ts";
import { readColor, writeColor } from "./color-codec.ts";
import { FIRST_DOCUMENT, MAX_DOCUMENT } from "../../board/document/document-number.ts";
import { cleanName } from "./name.ts";
import { PRESENCE_TOOLS } from "./presence-frame.ts";
import type { PresenceFrame } from "./presence-frame.ts";

/** World units: four times as far as ink reaches, since a view reaches beyond the ink. */
const MAX_PLACE = 2 ** 24;
/** The cursor lies on a grid of a quarter of a world unit. */
const GRID = 4;

const FLAG_PEN_DOWN = 1;
const FLAG_CURSOR = 2;
/** On another document than the first: minor version 0 has none, and must not show the pointer on that one. */
const FLAG_CURSOR_ELSEWHERE = 4;

/**
 * Revision, flags, tool, colour (3 bytes), view (place, then size), the cursor where there is one, name. Where the
 * person is not on the first document its number follows, and the cursor after that.
 */
export function writePresence(encoder: encoding.Encoder, { revision, presence }: PresenceFrame): void {
  const { document, view, cursor, color } = presence;
  const isElsewhere = document !== FIRST_DOCUMENT;
  const flagCursor = isElsewhere ? FLAG_CURSOR_ELSEWHERE : FLAG_CURSOR;
  encoding.writeVarUint(encoder, revision);
  encoding.writeUint8(encoder, (presence.penDown ? FLAG_PEN_DOWN : 0) | (cursor ? flagCursor : 0));
  encoding.writeVarUint(encoder, presence.tool ? PRESENCE_TOOLS.indexOf(presence.tool) + 1 : 0);
  writeColor(encoder, color);
  const minX = wholeOf(view.minX);
  const minY = wholeOf(view.minY);
  encoding.writeVarInt(encoder, minX);
  encoding.writeVarInt(encoder, minY);
  encoding.writeVarUint(encoder, Math.max(1, wholeOf(view.maxX) - minX));
  encoding.writeVarUint(encoder, Math.max(1, wholeOf(view.maxY) - minY));
  if (cursor && !isElsewhere) writeCursor(encoder, cursor);
  encoding.writeVarString(encoder, cleanName(presence.name));
  if (!isElsewhere) return;
  encoding.writeVarUint(encoder, document);
  if (cursor) writeCursor(encoder, cursor);
}

function writeCursor(encoder: encoding.Encoder, { x, y }: Point): void {
  encoding.writeVarInt(encoder, wholeOf(x, GRID));
  encoding.writeVarInt(encoder, wholeOf(y, GRID));
}

/** Throws where something is missing or out of bounds. */
export function readPresence(decoder: decoding.Decoder): PresenceFrame {
  const revision = decoding.readVarUint(decoder);
  const flags = decoding.readUint8(decoder);
  const tool = PRESENCE_TOOLS[decoding.readVarUint(decoder) - 1];
  const color = readColor(decoder);
  const minX = bounded(decoding.readVarInt(decoder));
  const minY = bounded(decoding.readVarInt(decoder));
  const maxX = bounded(minX + Math.max(1, decoding.readVarUint(decoder)));
  const maxY = bounded(minY + Math.max(1, decoding.readVarUint(decoder)));
  const place = (): number => bounded(decoding.readVarInt(decoder) / GRID);
  const cursorIf = (flag: number): Point | undefined =>
    (flags & flag) === 0 ? undefined : { x: place(), y: place() };
  const cursorOnFirst = cursorIf(FLAG_CURSOR);
  const name = cleanName(decoding.readVarString(decoder));
  const document = decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : FIRST_DOCUMENT;
  if (document > MAX_DOCUMENT) throw new Error("no number of a document");
  const cursor = cursorIf(document === FIRST_DOCUMENT ? 0 : FLAG_CURSOR_ELSEWHERE) ?? cursorOnFirst;
  const penDown = (flags & FLAG_PEN_DOWN) !== 0;
  const view = { minX, minY, maxX, maxY };
  return {
    type: "presence",
    revision,
    presence: { document, name, color, tool, view, penDown, cursor },
  };
}

function wholeOf(value: number, grid = 1): number {
  // Not -0, which has a sign on the wire.
  return Math.round(Math.min(Math.max(value, -MAX_PLACE), MAX_PLACE) * grid) + 0;
}

function bounded(value: number): number {
  if (!(Math.abs(value) <= 2 * MAX_PLACE)) throw new Error("a place out of bounds");
  return value + 0;
}
