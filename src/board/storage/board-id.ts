import * as sha256 from "lib0/hash/sha256";
import { encodeUtf8 } from "lib0/string";
import { hexOf } from "../../base/sha256.ts";
import type { Address, Participants } from "../../env/host.ts";

/** What a message says to show which board it is about; not secret. */
const TAG_BYTES = 8;
const ID_BYTES = 16;

/** A list of many boards is gone through often. */
const ids = new WeakMap<Participants, string>();

/**
 * The name of a board is that of its participants, whoever of them asks: a contact with whom the app
 * is opened later must never be shown what was drawn with somebody else. 33 characters `[a-z0-9]`.
 * Where the own address is not known, the contacts' make a name that holds on this device.
 */
export function boardIdOf(participants: Participants): string {
  const known = ids.get(participants);
  if (known !== undefined) return known;
  const id = `b${hexOf(hashOf(participants).subarray(0, ID_BYTES))}`;
  ids.set(participants, id);
  return id;
}

/** The bytes by which two devices notice that they speak of different boards. */
export function boardTagOf(participants: Participants & { readonly own: Address }): Uint8Array {
  return hashOf(participants).slice(-TAG_BYTES);
}

function hashOf({ own, remotes }: Participants): Uint8Array {
  const everybody = [...new Set(own === undefined ? remotes : [own, ...remotes])].sort();
  return sha256.digest(encodeUtf8(JSON.stringify(["inkmesh board", ...everybody])));
}
