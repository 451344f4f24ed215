import * as decoding from "lib0/decoding";
import { NO_VALUE } from "./attributes.ts";
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
  const codec = readKey("attrs", key)?.field.codec;
  try {
    const decoder = decoding.createDecoder(bytes);
    if (isAbsent(bytes)) {
      decoder.pos = ABSENT.length;
      return { value: NO_VALUE, stamp: readStamp(decoder) };
    }
    if (codec?.read(decoder) !== undefined) {
      return { value: bytes.slice(0, decoder.pos), stamp: readStamp(decoder) };
    }
  } catch {
    // Nothing of it can be told apart.
  }
  return { value: bytes, stamp: undefined };
}

function isAbsent(bytes: Uint8Array): boolean {
  return bytes.length > ABSENT.length && ABSENT.every((byte, i) => bytes[i] === byte);
}
