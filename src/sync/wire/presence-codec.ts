import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { readColor, writeColor } from "./color-codec.ts";
import { cleanName } from "./name.ts";
import { PRESENCE_TOOLS } from "./presence-frame.ts";
import type { PresenceFrame } from "./presence-frame.ts";

/** World units: four times as far as ink reaches, since a view reaches beyond the ink. */
const MAX_PLACE = 2 ** 24;
/** The cursor lies on a grid of a quarter of a world unit. */
const GRID = 4;

const FLAG_PEN_DOWN = 1;
const FLAG_CURSOR = 2;

/** Revision, flags, tool, colour (3 bytes), view (place, then size), the cursor where there is one, name. */
export function writePresence(encoder: encoding.Encoder, { revision, presence }: PresenceFrame): void {
  const { view, cursor, color } = presence;
  encoding.writeVarUint(encoder, revision);
  encoding.writeUint8(encoder, (presence.penDown ? FLAG_PEN_DOWN : 0) | (cursor ? FLAG_CURSOR : 0));
  encoding.writeVarUint(encoder, presence.tool ? PRESENCE_TOOLS.indexOf(presence.tool) + 1 : 0);
  writeColor(encoder, color);
  const minX = wholeOf(view.minX);
  const minY = wholeOf(view.minY);
  encoding.writeVarInt(encoder, minX);
  encoding.writeVarInt(encoder, minY);
  encoding.writeVarUint(encoder, Math.max(1, wholeOf(view.maxX) - minX));
  encoding.writeVarUint(encoder, Math.max(1, wholeOf(view.maxY) - minY));
  if (cursor) {
    encoding.writeVarInt(encoder, wholeOf(cursor.x, GRID));
    encoding.writeVarInt(encoder, wholeOf(cursor.y, GRID));
  }
  encoding.writeVarString(encoder, cleanName(presence.name));
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
  const hasCursor = (flags & FLAG_CURSOR) !== 0;
  const place = (): number => bounded(decoding.readVarInt(decoder) / GRID);
  const cursor = hasCursor ? { x: place(), y: place() } : undefined;
  const name = cleanName(decoding.readVarString(decoder));
  const penDown = (flags & FLAG_PEN_DOWN) !== 0;
  const view = { minX, minY, maxX, maxY };
  return {
    type: "presence",
    revision,
    presence: { name, color, tool, view, penDown, cursor },
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
