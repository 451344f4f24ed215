/*
 * The bytes in which the register of this device's boards is stored (see board-register.ts): which boards
 * there are, with whom, and which of them were offered for carrying over and answered.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { equalHash, hashBytes } from "../../base/hash.ts";
import type { Address, Participants } from "../../env/host.ts";

/** A board on this device. Its id is that of its participants (`boardIdOf`), so it is not stored again. */
export interface KnownBoard {
  readonly participants: Participants;
  /** Something could be seen on it when that was noted last. */
  readonly holdsSomething: boolean;
  /** What it takes on this device, in all its copies, when that was noted last; undefined: it was not. */
  readonly bytes?: number | undefined;
  /** When it became different last, in minutes of this device's calendar. */
  readonly changedAt?: number | undefined;
  /** It is removed from this device, and not all of it is emptied yet (removal.ts). */
  readonly isRemoved?: boolean | undefined;
}

/** This person was asked whether one board may be copied to another one, and said yes or no. */
export interface AnsweredOffer {
  /** The ids of the boards. */
  readonly from: string;
  readonly to: string;
}

/** Both newest first. */
export interface RegisterContent {
  readonly boards: readonly KnownBoard[];
  readonly answers: readonly AnsweredOffer[];
}

export type DecodedRegister =
  | { readonly kind: "register"; readonly generation: number; readonly content: RegisterContent }
  /** Not what was stored. */
  | { readonly kind: "damaged" }
  /** Intact, and written by a newer version: it must not be overwritten. */
  | { readonly kind: "newer" };

const MAGIC = 0x4942; // "IB"
/** A higher number is a newer version's. */
const VERSION = 1;
const CHECKSUM_BYTES = 8;
const HOLDS_SOMETHING = 1;
const OWN_IS_KNOWN = 2;
const IS_REMOVED = 4;

/**
 * Magic, version, generation; the addresses of all boards, each once; of each board its flags, and its
 * own and the contacts' addresses as places in that list; the pairs of ids; where any is known, of each board its size
 * and when it changed, each with 1 added, 0 where it is not known; a checksum over all before it. Versions before 0.6.0
 * do not look at what comes behind the pairs, and write none.
 */
export function encodeRegister({ boards, answers }: RegisterContent, generation: number): Uint8Array {
  const addresses = [
    ...new Set(boards.flatMap(({ participants: { own, remotes } }) => [own ?? [], remotes].flat())),
  ];
  const places = new Map(addresses.map((address, place) => [address, place] as const));
  const encoder = encoding.createEncoder();
  const writePlace = (address: Address): void => encoding.writeVarUint(encoder, places.get(address)!);
  encoding.writeUint16(encoder, MAGIC);
  encoding.writeUint8(encoder, VERSION);
  encoding.writeVarUint(encoder, generation);
  encoding.writeVarUint(encoder, addresses.length);
  for (const address of addresses) encoding.writeVarString(encoder, address);
  encoding.writeVarUint(encoder, boards.length);
  for (const { participants, holdsSomething, isRemoved } of boards) {
    const { own, remotes } = participants;
    const flags =
      (holdsSomething ? HOLDS_SOMETHING : 0) |
      (own === undefined ? 0 : OWN_IS_KNOWN) |
      (isRemoved ? IS_REMOVED : 0);
    encoding.writeVarUint(encoder, flags);
    if (own !== undefined) writePlace(own);
    encoding.writeVarUint(encoder, remotes.length);
    for (const remote of remotes) writePlace(remote);
  }
  encoding.writeVarUint(encoder, answers.length);
  for (const { from, to } of answers) {
    encoding.writeVarString(encoder, from);
    encoding.writeVarString(encoder, to);
  }
  const sizes = boards.map(({ bytes, changedAt }) => [bytes, changedAt] as const);
  if (sizes.flat().some((each) => each !== undefined)) {
    for (const each of sizes.flat()) encoding.writeVarUint(encoder, each === undefined ? 0 : each + 1);
  }
  const { hi, lo } = hashBytes(encoding.toUint8Array(encoder));
  encoding.writeUint32(encoder, hi);
  encoding.writeUint32(encoder, lo);
  return encoding.toUint8Array(encoder);
}

/** Never throws. */
export function decodeRegister(bytes: Uint8Array): DecodedRegister {
  if (bytes.length <= CHECKSUM_BYTES) return { kind: "damaged" };
  const body = bytes.subarray(0, bytes.length - CHECKSUM_BYTES);
  const tail = decoding.createDecoder(bytes.subarray(body.length));
  const checksum = { hi: decoding.readUint32(tail), lo: decoding.readUint32(tail) };
  if (!equalHash(hashBytes(body), checksum)) return { kind: "damaged" };
  try {
    return decodeBody(decoding.createDecoder(body));
  } catch {
    return { kind: "damaged" };
  }
}

function decodeBody(decoder: decoding.Decoder): DecodedRegister {
  if (decoding.readUint16(decoder) !== MAGIC) return { kind: "damaged" };
  if (decoding.readUint8(decoder) > VERSION) return { kind: "newer" };
  const generation = decoding.readVarUint(decoder);
  const addresses = readList(decoder, () => decoding.readVarString(decoder));
  const readAddress = (): Address => {
    const address = addresses[decoding.readVarUint(decoder)];
    if (address === undefined) throw new Error("no such address");
    return address;
  };
  const boards = readList(decoder, (): KnownBoard => {
    const flags = decoding.readVarUint(decoder);
    const own = flags & OWN_IS_KNOWN ? readAddress() : undefined;
    const remotes = readList(decoder, readAddress);
    const holdsSomething = (flags & HOLDS_SOMETHING) !== 0;
    return {
      participants: { own, remotes },
      holdsSomething,
      ...(flags & IS_REMOVED ? { isRemoved: true } : {}),
    };
  });
  const answers = readList(decoder, (): AnsweredOffer => {
    const from = decoding.readVarString(decoder);
    return { from, to: decoding.readVarString(decoder) };
  });
  if (!decoding.hasContent(decoder)) return { kind: "register", generation, content: { boards, answers } };
  const readSize = (): number | undefined => {
    const read = decoding.readVarUint(decoder);
    return read === 0 ? undefined : read - 1;
  };
  const sized = boards.map((board) => ({ ...board, bytes: readSize(), changedAt: readSize() }));
  return { kind: "register", generation, content: { boards: sized, answers } };
}

/** A count, and then so many; a count that is too high throws at the end of the bytes. */
function readList<T>(decoder: decoding.Decoder, readOne: () => T): T[] {
  const list: T[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--) list.push(readOne());
  return list;
}
