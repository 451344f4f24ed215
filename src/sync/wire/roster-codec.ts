/*
 * The documents beyond the first and the index on the wire: one sum over all, and the list of them. Encoder
 * and decoder stand side by side. Source of the rules: sync/PROTOCOL.md, S1 and S19.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Hash64 } from "../../base/hash.ts";
import { LIMITS } from "../../board/document/limits.ts";
import type { StateDigest } from "../../board/document/state.ts";
import { INDEX_DOCUMENT, MAX_DOCUMENT } from "../../board/document/document-number.ts";
import { readDigest, readHash, writeDigest, writeHash } from "./state-codec.ts";

/** A document by its number, and what somebody has of it. */
export type RosterEntry = readonly [number: number, digest: StateDigest];

export type RosterFrame =
  /** What I have of all documents beyond the first and the index, in short. */
  | { readonly type: "roster-sum"; readonly sum: Hash64 }
  /** Tell me all of them. */
  | { readonly type: "roster-request" }
  /** These I have, by their numbers, ascending; `isFirst`: nothing that was listed before counts any more. */
  | { readonly type: "roster"; readonly isFirst: boolean; readonly entries: readonly RosterEntry[] };

const FIRST = 1;

export function writeRosterSum(encoder: encoding.Encoder, sum: Hash64): void {
  writeHash(encoder, sum);
}

export function readRosterSum(decoder: decoding.Decoder): RosterFrame {
  return { type: "roster-sum", sum: readHash(decoder) };
}

/** Flags, a count, and each number as what it adds to the one before, with its digest. */
export function writeRoster(
  encoder: encoding.Encoder,
  { isFirst, entries }: { readonly isFirst: boolean; readonly entries: readonly RosterEntry[] },
): void {
  encoding.writeUint8(encoder, isFirst ? FIRST : 0);
  encoding.writeVarUint(encoder, entries.length);
  let last = INDEX_DOCUMENT;
  for (const [number, digest] of entries) {
    encoding.writeVarUint(encoder, number - last);
    writeDigest(encoder, digest);
    last = number;
  }
}

/** Throws where they are too many, or one is there twice. */
export function readRoster(decoder: decoding.Decoder): RosterFrame {
  const isFirst = (decoding.readUint8(decoder) & FIRST) !== 0;
  const count = decoding.readVarUint(decoder);
  if (count > LIMITS.listedDocuments.takes) throw new Error("too many documents");
  const entries: RosterEntry[] = [];
  for (let number = INDEX_DOCUMENT; entries.length < count;) {
    const next = number + decoding.readVarUint(decoder);
    if (next === number || next > MAX_DOCUMENT) throw new Error("no number of a document");
    entries.push([next, readDigest(decoder)]);
    number = next;
  }
  return { type: "roster", isFirst, entries };
}
