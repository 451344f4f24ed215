import { deflateSync, Inflate } from "fflate";
import * as Y from "yjs";
import { concatBytes } from "../../base/bytes.ts";
import { LIMITS } from "../document/limits.ts";

/** A board of this size opens for minutes on a phone; what claims more is damaged or hostile. */
const MAX_STATE_BYTES = LIMITS.snapshotBytes.takes;
/** So many deflated bytes are read at a time: in a bomb they are a thousand times as many. */
const STEP_BYTES = 8 * 1024;

/** The whole document, as small as it gets: Yjs's V2 encoding, deflated (RFC 1951). */
export function encodeSnapshot(doc: Y.Doc): Uint8Array {
  return deflateSync(Y.encodeStateAsUpdateV2(doc), { level: 6 });
}

/** A part of a document, given as an update (V1), in the same way. */
export function encodeChanges(update: Uint8Array): Uint8Array {
  return deflateSync(Y.convertUpdateFormatV1ToV2(update), { level: 6 });
}

/** The V2 update of a snapshot or a part, or undefined where it cannot be read. Never throws. */
export function decodeSnapshot(bytes: Uint8Array): Uint8Array | undefined {
  const steps = inflateSteps(bytes);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** What was deflated, as `decodeSnapshot` gives it; each step is a moment's work. */
export function* inflateSteps(bytes: Uint8Array): Generator<undefined, Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    // A streaming inflater tells the size as it grows, so a small bomb stays small.
    const inflate = new Inflate((part) => {
      size += part.length;
      if (size > MAX_STATE_BYTES) throw new Error("a snapshot over the limit");
      parts.push(part);
    });
    let at = 0;
    for (; at + STEP_BYTES < bytes.length; at += STEP_BYTES) {
      inflate.push(bytes.subarray(at, at + STEP_BYTES));
      yield undefined;
    }
    inflate.push(bytes.subarray(at), true);
  } catch {
    return undefined;
  }
  return concatBytes(parts);
}
