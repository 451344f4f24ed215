import { hashBytes } from "../../src/base/hash.ts";

/** A register of boards as a version may write it that this one does not know: of a higher number, intact. */
export function newerRegister(): Uint8Array {
  const body = Uint8Array.of(0x42, 0x49, 2, 1, 9, 9);
  const { hi, lo } = hashBytes(body);
  const checksum = new DataView(new ArrayBuffer(8));
  checksum.setUint32(0, hi, true);
  checksum.setUint32(4, lo, true);
  return Uint8Array.of(...body, ...new Uint8Array(checksum.buffer));
}
