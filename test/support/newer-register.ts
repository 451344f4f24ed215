import { hashBytes } from "../../src/base/hash.ts";
import { encodeHead, removalHead } from "../../src/board/storage/stored-set.ts";

/** A register of boards as a version may write it that this one does not know: of a higher number, intact. */
export function newerRegister(): Uint8Array {
  return checked(Uint8Array.of(0x42, 0x49, 2, 1, 9, 9));
}

/** The same of a head of a board. */
export function newerHead(boardId: string): Uint8Array {
  const body = encodeHead(removalHead(1000), boardId).slice(0, -8);
  body[2] = 200;
  return checked(body);
}

function checked(body: Uint8Array): Uint8Array {
  const { hi, lo } = hashBytes(body);
  const checksum = new DataView(new ArrayBuffer(8));
  checksum.setUint32(0, hi, true);
  checksum.setUint32(4, lo, true);
  return Uint8Array.of(...body, ...new Uint8Array(checksum.buffer));
}
