/*
 * The form of a stored value: whose it is, its place, its content, and a checksum that tells damage.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { encodeUtf8 } from "lib0/string";
import { equalHash, hashBytes } from "../../base/hash.ts";
import type { Hash64 } from "../../base/hash.ts";

/** A stored value, told apart from damage by its checksum: a head or a part of a run (stored-set.ts). */
export interface StoredRecord {
  /** The first two: of the layout before 0.5.0 (old-layout.ts); `notes`: of pages (page-notes.ts); `blobs`: blobs/blob-tables.ts. */
  readonly kind: "snapshot" | "journal" | "head" | "run" | "notes" | "blobs";
  /** Counts what is written of a board. Before 0.5.0: its snapshots; a journal continues that of its generation. */
  readonly sequence: number;
  /** The place of this part in its row, from 0. */
  readonly index: number;
  /** How many parts the row has; 0 for a journal, which is open at its end. */
  readonly count: number;
  /** The session of the page that wrote it; 0: unknown. */
  readonly writer: number;
  /** It is of a run in pieces (pieces.ts), or names one: versions before 0.6.0 leave the board alone then. */
  readonly isPieced: boolean;
  readonly payload: Uint8Array;
}

const MAGIC = 0x494b; // "IK"
/** A higher number is a newer version's: not read, and not overwritten. */
const RECORD_VERSION = 4;
/** What a version before 0.6.0 can read is still written so. */
const VERSION_WITHOUT_PIECES = 3;
/** Its records do not say who wrote them. */
const VERSION_WITHOUT_WRITER = 2;
/** Its records do not say which board they belong to. */
const VERSION_WITHOUT_BOARD = 1;
const KINDS = ["snapshot", "journal", "head", "run", "notes", "blobs"] as const;
const CHECKSUM_BYTES = 8;

/**
 * Magic, version, kind, the board's hash, then the numbers as varuints, the payload, and a checksum over
 * all before it.
 */
export function encodeRecord(
  { kind, sequence, index, count, writer, isPieced, payload }: StoredRecord,
  boardId: string,
): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint16(encoder, MAGIC);
  encoding.writeUint8(encoder, isPieced ? RECORD_VERSION : VERSION_WITHOUT_PIECES);
  encoding.writeUint8(encoder, KINDS.indexOf(kind));
  writeHash(encoder, hashOf(boardId));
  encoding.writeVarUint(encoder, sequence);
  encoding.writeVarUint(encoder, index);
  encoding.writeVarUint(encoder, count);
  encoding.writeVarUint(encoder, writer);
  encoding.writeVarUint8Array(encoder, payload);
  writeHash(encoder, hashBytes(encoding.toUint8Array(encoder)));
  return encoding.toUint8Array(encoder);
}

function hashOf(boardId: string): Hash64 {
  return hashBytes(encodeUtf8(boardId));
}

function writeHash(encoder: encoding.Encoder, { hi, lo }: Hash64): void {
  encoding.writeUint32(encoder, hi);
  encoding.writeUint32(encoder, lo);
}

function readHash(decoder: decoding.Decoder): Hash64 {
  return { hi: decoding.readUint32(decoder), lo: decoding.readUint32(decoder) };
}

export type DecodedRecord =
  | { readonly kind: "record"; readonly record: StoredRecord }
  /** Not what was stored. */
  | { readonly kind: "damaged" }
  /** Intact, and another board's: what somebody drew with others must not get here. */
  | { readonly kind: "foreign" }
  /** Intact, and written by a newer version: it must not be overwritten. */
  | { readonly kind: "newer" };

/** Never throws. */
export function decodeRecord(bytes: Uint8Array, boardId: string): DecodedRecord {
  if (bytes.length <= CHECKSUM_BYTES) return { kind: "damaged" };
  const body = bytes.subarray(0, bytes.length - CHECKSUM_BYTES);
  const tail = decoding.createDecoder(bytes.subarray(body.length));
  if (!equalHash(hashBytes(body), readHash(tail))) return { kind: "damaged" };
  try {
    const decoder = decoding.createDecoder(body);
    if (decoding.readUint16(decoder) !== MAGIC) return { kind: "damaged" };
    const version = decoding.readUint8(decoder);
    if (version > RECORD_VERSION) return { kind: "newer" };
    const kind = KINDS[decoding.readUint8(decoder)];
    const isOurs = version === VERSION_WITHOUT_BOARD || equalHash(readHash(decoder), hashOf(boardId));
    if (!isOurs) return { kind: "foreign" };
    const sequence = decoding.readVarUint(decoder);
    const index = decoding.readVarUint(decoder);
    const count = decoding.readVarUint(decoder);
    const writer = version <= VERSION_WITHOUT_WRITER ? 0 : decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (!kind) return { kind: "damaged" };
    const isPieced = version > VERSION_WITHOUT_PIECES;
    return { kind: "record", record: { kind, sequence, index, count, writer, isPieced, payload } };
  } catch {
    return { kind: "damaged" };
  }
}

/** The byte strings of a payload, up to the first that is cut off. Never throws. */
export function decodeParts(payload: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const decoder = decoding.createDecoder(payload);
  try {
    while (decoding.hasContent(decoder)) parts.push(decoding.readVarUint8Array(decoder));
  } catch {
    return parts;
  }
  return parts;
}
