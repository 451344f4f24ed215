import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const BYTES = 3;

/** `color`: 0xRRGGBB, as three bytes, red first. */
export function writeColor(encoder: encoding.Encoder, color: number): void {
  for (let byte = BYTES - 1; byte >= 0; byte--) encoding.writeUint8(encoder, (color >> (8 * byte)) & 255);
}

export function readColor(decoder: decoding.Decoder): number {
  let color = 0;
  for (let byte = 0; byte < BYTES; byte++) color = color * 256 + decoding.readUint8(decoder);
  return color;
}
