import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { TIME_LIMIT } from "../../ink/header.ts";

/*
 * A stamp says when a value was written: a time of its session (session-records.ts) as a varuint, behind
 * everything else. Values of formats 1 and 2 have none.
 */

/** The longest stamp. */
export const MAX_STAMP_BYTES = 3;

/** The value with a stamp; without one where it is undefined. */
export function withStamp(value: Uint8Array, stamp: number | undefined): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8Array(encoder, value);
    if (stamp !== undefined) encoding.writeVarUint(encoder, stamp);
  });
}

/** What is left of a value is a stamp or nothing; throws where it is anything else. */
export function readStamp(decoder: decoding.Decoder): number | undefined {
  if (!decoding.hasContent(decoder)) return undefined;
  const stamp = decoding.readVarUint(decoder);
  if (decoding.hasContent(decoder) || stamp >= TIME_LIMIT) throw new Error("not a stamp");
  return stamp;
}
