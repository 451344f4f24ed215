/*
 * What two people in a call tell each other to be connected directly, in bytes. Whatever a contact writes here ends as
 * numbers, or as letters of one alphabet: none of it can add a line to what a browser is given. Source of the rules:
 * sync/PROTOCOL.md, S22.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { LIMITS } from "../../board/document/limits.ts";
import type { DirectEnd, DirectPlace } from "../../env/direct-call.ts";

const FINGERPRINT_BYTES = 32;
const IP4_BYTES = 4;
const IP6_BYTES = 16;
const UUID_BYTES = 16;
/** Kinds of places by their numbers, from 1. */
const SIZES = [IP4_BYTES, IP6_BYTES, UUID_BYTES] as const;
const NAME = 3;

const USER = /^[A-Za-z0-9+/]{4,32}$/;
const PASSWORD = /^[A-Za-z0-9+/]{22,64}$/;
const FIRST_FREE_PORT = 1024;
const LAST_PORT = 0xffff;

export function writeDirectEnd(content: encoding.Encoder, end: DirectEnd): void {
  encoding.writeUint8(content, end.payload);
  encoding.writeVarString(content, end.user);
  encoding.writeVarString(content, end.password);
  encoding.writeUint8Array(content, end.fingerprint);
  const places = end.places.filter(isFit).slice(0, LIMITS.directPlaces.writes);
  encoding.writeVarUint(content, places.length);
  for (const { kind, address, port } of places) {
    encoding.writeUint8(content, kind === "name" ? NAME : address.length === IP4_BYTES ? 1 : 2);
    encoding.writeUint8Array(content, address);
    encoding.writeUint16(content, port);
  }
}

/** Throws where it is malformed. */
export function readDirectEnd(content: decoding.Decoder): DirectEnd {
  const payload = decoding.readUint8(content);
  const user = decoding.readVarString(content);
  const password = decoding.readVarString(content);
  const fingerprint = decoding.readUint8Array(content, FINGERPRINT_BYTES).slice();
  const count = decoding.readVarUint(content);
  const isFitToConnect = isFree(payload) && USER.test(user) && PASSWORD.test(password);
  if (!isFitToConnect || count > LIMITS.directPlaces.takes) throw new Error("nothing to connect to");
  const places = Array.from({ length: count }, () => readPlace(content));
  return { payload, user, password, fingerprint, places };
}

function readPlace(content: decoding.Decoder): DirectPlace {
  const kind = decoding.readUint8(content);
  const size = SIZES[kind - 1];
  if (size === undefined) throw new Error("a place of no kind");
  const address = decoding.readUint8Array(content, size).slice();
  const place: DirectPlace = {
    kind: kind === NAME ? "name" : "ip",
    address,
    port: decoding.readUint16(content),
  };
  if (!isFit(place)) throw new Error("a place where nobody is");
  return place;
}

/** A number of RTP that stands for no codec of its own, and is none of RTCP's. */
function isFree(payload: number): boolean {
  return (payload >= 96 && payload < 128) || (payload >= 35 && payload < 64);
}

/** Not this device itself, nobody's address, everybody's, nor one that is known only beside the wire that it is on. */
function isFit({ kind, address, port }: DirectPlace): boolean {
  if (port < FIRST_FREE_PORT || port > LAST_PORT) return false;
  if (kind === "name") return address.length === UUID_BYTES;
  const [first = 0] = address;
  if (address.length === IP4_BYTES) return first > 0 && first < 224 && first !== 127;
  // Global ones, and those of a private network.
  return address.length === IP6_BYTES && ((first >= 0x20 && first < 0x40) || (first & 0xfe) === 0xfc);
}
