/** A part of a JPEG's file: what a marker says, and what belongs to it. */
export interface JpegSegment {
  /** The second byte of its marker (below). */
  readonly marker: number;
  /** Where its content is, behind its length; the end may be beyond that of the bytes. */
  readonly start: number;
  readonly end: number;
}

/** Markers: a picture's data begin, and the file ends. */
export const SCAN = 0xda;
export const END = 0xd9;

/** The frame's header, which tells its size: SOF0 to SOF15, but for DHT, JPG and DAC, which are among them. */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** No JPEG has more of what these are made of: parts, and bytes in a scan that had to be told from a marker. */
const MOST_STEPS = 1 << 21;

/**
 * The segments of bytes that begin like a JPEG, one after the other, those behind the end too. What stands between two
 * of them is passed over, as decoders do: the data of a scan, fill bytes, and what damage has left. A length that is
 * none ends them, for decoders too, and so does what would take long. Never throws.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment, void> {
  let at = 2;
  for (let steps = 0; at + 2 <= bytes.length && steps < MOST_STEPS; steps++) {
    const marker = bytes[at + 1]!;
    // A zero: the byte before it belongs to a scan's data, and had to be told from a marker.
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) {
      at = bytes.indexOf(0xff, at + 1);
      if (at < 0) return;
      continue;
    }
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= END);
    if (!isAlone && at + 4 > bytes.length) return;
    const length = isAlone ? 0 : bytes[at + 2]! * 256 + bytes[at + 3]!;
    // It counts itself.
    if (!isAlone && length < 2) return;
    const end = at + 2 + length;
    yield { marker, start: isAlone ? end : at + 4, end };
    at = end;
  }
}
