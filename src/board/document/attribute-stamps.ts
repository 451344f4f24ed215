import * as decoding from "lib0/decoding";
import { NO_VALUE, type Codec } from "./attributes.ts";
import { readKey } from "./keys.ts";
import { readStamp, withStamp } from "./stamps.ts";

/** In front of the stamp of an absent value: what no value begins with that can be read. */
const ABSENT = new Uint8Array(8).fill(255);

/** A value, which may be absent (NO_VALUE), with the time at which it is written. */
export function stampAttribute(value: Uint8Array, stamp: number): Uint8Array {
  return withStamp(value.length === 0 ? ABSENT : value, stamp);
}

/** What was written under a key of the attributes, apart from when. */
export interface SplitAttribute {
  /** NO_VALUE where it is absent; the whole where it cannot be read. */
  readonly value: Uint8Array;
  readonly stamp: number | undefined;
}

/** Never throws. */
export function splitAttribute(key: string, bytes: Uint8Array): SplitAttribute {
  if (isAbsent(bytes)) {
    const stamp = stampBehind(bytes, ABSENT.length);
    if (stamp) return { value: NO_VALUE, stamp: stamp.is };
  }
  const { subject, field } = readKey("attrs", key) ?? {};
  for (const { key: end, codec } of Object.values(subject?.fields ?? {})) {
    const length = end === field?.key ? lengthOf(bytes, codec) : undefined;
    const stamp = length === undefined ? undefined : stampBehind(bytes, length);
    if (stamp) return { value: bytes.slice(0, length), stamp: stamp.is };
  }
  return { value: bytes, stamp: undefined };
}

/** Of the value that the bytes begin with; undefined where it cannot be read. */
function lengthOf(bytes: Uint8Array, codec: Codec<unknown> | undefined): number | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    return codec?.read(decoder) === undefined ? undefined : decoder.pos;
  } catch {
    return undefined;
  }
}

/** What follows a value, a stamp or nothing; undefined where it is anything else. */
function stampBehind(bytes: Uint8Array, length: number): { readonly is: number | undefined } | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    decoder.pos = length;
    return { is: readStamp(decoder) };
  } catch {
    return undefined;
  }
}

function isAbsent(bytes: Uint8Array): boolean {
  return bytes.length > ABSENT.length && ABSENT.every((byte, i) => bytes[i] === byte);
}
