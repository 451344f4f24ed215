/*
 * The notes of a board's pages (page-notes.ts) as bytes: encoder and decoder side by side.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Address } from "../../env/host.ts";
import type { StateDigest } from "../document/state.ts";

export interface PageNote {
  readonly digest: StateDigest;
  /** When something on it became different last, in minutes of this device's calendar. */
  readonly changedAt: number;
  /** How much it takes on this device. */
  readonly bytes: number;
  /** Of what was written of it: where the storage has less, it lost something since. */
  readonly sequence: number;
}

/** What a device keeps in mind of a board's pages, and of calls, as page-notes.ts has it. */
export interface Notes {
  readonly pages: ReadonlyMap<string, PageNote>;
  readonly shown: string;
  readonly hasIndex: boolean;
  readonly authors: ReadonlyMap<number, Address>;
  readonly hasAllOwn: boolean;
  readonly calls: Uint8Array;
}

export function encodeNotes({ pages, shown, hasIndex, authors, hasAllOwn, calls }: Notes): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, shown);
    encoding.writeUint8(encoder, hasIndex ? 1 : 0);
    encoding.writeVarUint(encoder, pages.size);
    for (const [id, { digest, changedAt, bytes, sequence }] of pages) {
      encoding.writeVarString(encoder, id);
      for (const { hi, lo } of [digest.writes, digest.deletions]) {
        encoding.writeUint32(encoder, hi);
        encoding.writeUint32(encoder, lo);
      }
      encoding.writeVarUint(encoder, changedAt);
      encoding.writeVarUint(encoder, bytes);
      encoding.writeVarUint(encoder, sequence);
    }
    const addresses = [...new Set(authors.values())];
    encoding.writeUint8(encoder, hasAllOwn ? 1 : 0);
    encoding.writeVarUint(encoder, addresses.length);
    for (const address of addresses) encoding.writeVarString(encoder, address);
    encoding.writeVarUint(encoder, authors.size);
    for (const [session, address] of authors) {
      encoding.writeVarUint(encoder, session);
      encoding.writeVarUint(encoder, addresses.indexOf(address));
    }
    encoding.writeVarUint8Array(encoder, calls);
  });
}

/** Undefined where it is damaged. */
export function decodeNotes(payload: Uint8Array): Notes | undefined {
  try {
    const decoder = decoding.createDecoder(payload);
    const shown = decoding.readVarString(decoder);
    const hasIndex = decoding.readUint8(decoder) === 1;
    const pages = new Map<string, PageNote>();
    const hash = (): StateDigest["writes"] => ({
      hi: decoding.readUint32(decoder),
      lo: decoding.readUint32(decoder),
    });
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const id = decoding.readVarString(decoder);
      const digest = { writes: hash(), deletions: hash() };
      const changedAt = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint(decoder);
      pages.set(id, { digest, changedAt, bytes, sequence: decoding.readVarUint(decoder) });
    }
    const writers = readAuthors(decoder);
    const calls = decoding.hasContent(decoder)
      ? decoding.readVarUint8Array(decoder).slice()
      : new Uint8Array(0);
    return { pages, shown, hasIndex, ...writers, calls };
  } catch {
    return undefined;
  }
}

function readAuthors(decoder: decoding.Decoder): Pick<Notes, "authors" | "hasAllOwn"> {
  const authors = new Map<number, Address>();
  // Notes of earlier versions end here.
  if (!decoding.hasContent(decoder)) return { authors, hasAllOwn: false };
  const hasAllOwn = decoding.readUint8(decoder) === 1;
  const addresses: Address[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left--)
    addresses.push(decoding.readVarString(decoder));
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const session = decoding.readVarUint(decoder);
    const address = addresses[decoding.readVarUint(decoder)];
    if (address !== undefined) authors.set(session, address);
  }
  return { authors, hasAllOwn };
}
