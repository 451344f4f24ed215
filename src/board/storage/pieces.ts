/*
 * The content of a long run (stored-set.ts): in pieces that are applied one after the other, each in a task of its
 * own, with all in front that is to be known before.
 *
 *     7, length, head, number of pieces, (length, piece) ...
 *
 * The head and the pieces are deflated. A piece is a V2 update that can be applied after those before it. A content
 * of any other first byte is one deflated V2 update: no deflate stream begins with 7, a block of a type that there
 * is not (RFC 1951, 3.2.3).
 */
import { deflateSync } from "fflate";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Box } from "../../base/geometry.ts";
import type { ItemRanges } from "../document/arrival.ts";
import type { DeleteSet } from "../document/chunks.ts";
import { writeRanges } from "../document/marks.ts";
import type { ClockRange } from "../document/marks.ts";
import type { StateVector } from "../document/state.ts";
import { decodeSnapshot } from "./snapshot.ts";

/** What is known of a run without having applied it. */
export interface RunHead {
  /** Up to where it goes, of each session that it has something of. */
  readonly to: StateVector;
  readonly deletions: DeleteSet;
  /** Items of which it says something besides their ink. */
  readonly changed: ItemRanges;
  /** Around all that was seen of the board when the run was made; world units. Undefined: nobody knew. */
  readonly extent: Box | undefined;
}

export interface PiecedContent extends RunHead {
  /** Packed. */
  readonly pieces: readonly Uint8Array[];
}

export interface ReadPieces extends PiecedContent {
  /** The content is not cut off. */
  readonly isWhole: boolean;
}

const PIECED = 7;

export function isPieced(content: Uint8Array): boolean {
  return content[0] === PIECED;
}

export function encodePieces({ pieces, ...head }: PiecedContent): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8(encoder, PIECED);
    encoding.writeVarUint8Array(encoder, deflateSync(encodeHead(head), { level: 6 }));
    encoding.writeVarUint(encoder, pieces.length);
    for (const piece of pieces) encoding.writeVarUint8Array(encoder, piece);
  });
}

/**
 * Of a content that is cut off, what comes before that. Undefined where not even the head can be read. Never throws.
 */
export function decodePieces(content: Uint8Array): ReadPieces | undefined {
  try {
    const decoder = decoding.createDecoder(content);
    if (decoding.readUint8(decoder) !== PIECED) return undefined;
    const packed = decodeSnapshot(decoding.readVarUint8Array(decoder));
    const head = packed && decodeHead(packed);
    return head && { ...head, ...readPieces(decoder) };
  } catch {
    return undefined;
  }
}

function readPieces(decoder: decoding.Decoder): Pick<ReadPieces, "pieces" | "isWhole"> {
  const pieces: Uint8Array[] = [];
  try {
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      pieces.push(decoding.readVarUint8Array(decoder));
    }
  } catch {
    return { pieces, isWhole: false };
  }
  return { pieces, isWhole: true };
}

function encodeHead({ to, deletions, changed, extent }: RunHead): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, to.size);
    for (const [client, clock] of to) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
    }
    const deleted = [...deletions.clients].map(
      ([client, ranges]) =>
        [client, ranges.map(({ clock, len }) => ({ start: clock, end: clock + len }))] as const,
    );
    writeSessionRanges(encoder, deleted);
    encoding.writeUint8(encoder, changed.everything ? 1 : 0);
    writeSessionRanges(encoder, [...changed.bySession]);
    encoding.writeUint8(encoder, extent ? 1 : 0);
    if (!extent) return;
    for (const least of [extent.minX, extent.minY]) encoding.writeVarInt(encoder, Math.floor(least));
    for (const most of [extent.maxX, extent.maxY]) encoding.writeVarInt(encoder, Math.ceil(most));
  });
}

function decodeHead(bytes: Uint8Array): RunHead {
  const decoder = decoding.createDecoder(bytes);
  const number = (): number => decoding.readVarUint(decoder);
  const to = new Map<number, number>();
  for (let left = number(); left > 0; left--) to.set(number(), number());
  const deleted = readRanges(decoder);
  const everything = decoding.readUint8(decoder) === 1;
  const bySession = readRanges(decoder);
  const hasExtent = decoding.readUint8(decoder) === 1;
  const [minX, minY, maxX, maxY] = hasExtent
    ? Array.from({ length: 4 }, () => decoding.readVarInt(decoder))
    : [];
  return {
    to,
    deletions: {
      clients: new Map(
        Array.from(deleted, ([client, ranges]) => [
          client,
          ranges.map(({ start, end }) => ({ clock: start, len: end - start })),
        ]),
      ),
    },
    changed: { everything, bySession },
    extent: hasExtent ? { minX: minX!, minY: minY!, maxX: maxX!, maxY: maxY! } : undefined,
  };
}

function writeSessionRanges(
  encoder: encoding.Encoder,
  bySession: readonly (readonly [number, readonly ClockRange[]])[],
): void {
  encoding.writeVarUint(encoder, bySession.length);
  for (const [client, ranges] of bySession) {
    encoding.writeVarUint(encoder, client);
    writeRanges(encoder, ranges);
  }
}

function readRanges(decoder: decoding.Decoder): Map<number, ClockRange[]> {
  const bySession = new Map<number, ClockRange[]>();
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder);
    const ranges: ClockRange[] = [];
    let at = 0;
    for (let more = decoding.readVarUint(decoder); more > 0; more--) {
      const start = at + decoding.readVarUint(decoder);
      at = start + decoding.readVarUint(decoder);
      ranges.push({ start, end: at });
    }
    bySession.set(client, ranges);
  }
  return bySession;
}
