/*
 * What a document holds, on the wire: state vectors, digests, and ranges of writes.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { LIMITS } from "../../board/document/limits.ts";
import type { Hash64 } from "../../base/hash.ts";
import type { StateDigest, StateVector } from "../../board/document/state.ts";

/** Sessions with clocks, each session once. */
export type Pairs = readonly (readonly [client: number, clock: number])[];

/** Writes of one session, from a clock on up to, and without, another one. */
export interface Range {
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

export function writeStateVector(encoder: encoding.Encoder, state: StateVector): void {
  writePairs(
    encoder,
    [...state].sort(([a], [b]) => a - b),
  );
}

export function readStateVector(decoder: decoding.Decoder): StateVector {
  return new Map(readPairs(decoder));
}

export function writePairs(encoder: encoding.Encoder, pairs: Pairs): void {
  encoding.writeVarUint(encoder, pairs.length);
  for (const [client, clock] of pairs) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
}

/** Throws where they are more than any board has; a count that claims more than there are, at the end of the bytes. */
export function readPairs(decoder: decoding.Decoder): Pairs {
  const pairs: [number, number][] = [];
  const count = decoding.readVarUint(decoder);
  if (count > LIMITS.statedSessions.takes) throw new Error("too many sessions");
  for (let left = count; left > 0; left--) {
    const client = decoding.readVarUint(decoder);
    pairs.push([client, decoding.readVarUint(decoder)]);
  }
  return pairs;
}

/** Each range as its session, its start and its length. */
export function writeRanges(encoder: encoding.Encoder, ranges: readonly Range[], isOwn: boolean): void {
  for (const { client, from, to } of ranges) {
    if (!isOwn) encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, from);
    encoding.writeVarUint(encoder, to - from);
  }
}

/** Throws where they are more than any page asks for. */
export function readRanges(decoder: decoding.Decoder, isOwn: boolean): Range[] {
  const ranges: Range[] = [];
  while (decoding.hasContent(decoder)) {
    if (ranges.length === LIMITS.askedRanges.takes) throw new Error("too many ranges");
    const client = isOwn ? 0 : decoding.readVarUint(decoder);
    const from = decoding.readVarUint(decoder);
    ranges.push({ client, from, to: from + decoding.readVarUint(decoder) });
  }
  return ranges;
}

export function writeDigest(encoder: encoding.Encoder, { writes, deletions }: StateDigest): void {
  writeHash(encoder, writes);
  writeHash(encoder, deletions);
}

export function readDigest(decoder: decoding.Decoder): StateDigest {
  const writes = readHash(decoder);
  return { writes, deletions: readHash(decoder) };
}

export function writeHash(encoder: encoding.Encoder, { hi, lo }: Hash64): void {
  encoding.writeUint32(encoder, hi);
  encoding.writeUint32(encoder, lo);
}

export function readHash(decoder: decoding.Decoder): Hash64 {
  const hi = decoding.readUint32(decoder);
  return { hi, lo: decoding.readUint32(decoder) };
}
