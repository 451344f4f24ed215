/*
 * Calls that rang in vain: for this person, who is to be told, and for others, whom somebody is to tell when they are
 * here again. The newest call of each who rang, and few of them; they are kept on the device as bytes, for the page may
 * be closed while it rings, and the one who rang be gone when it opens again. Rules: PROTOCOL.md, S21.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { LIMITS } from "../../board/document/limits.ts";
import type { Address } from "../../env/host.ts";

export interface MissedCall {
  readonly call: number;
  /** Who rang; undefined: this person. */
  readonly by: Address | undefined;
  /** When, in minutes of this device's calendar. */
  readonly at: number;
  /** This person is to be told. */
  isOwn: boolean;
  /** Who else is to be told. */
  readonly to: Set<Address>;
  /** Whom this page told, and may tell again. Not kept. */
  readonly said: Map<Address, Saying>;
}

interface Saying {
  readonly session: number | undefined;
  left: number;
  at: number;
}

export interface MissedBook {
  get(call: number): MissedCall | undefined;
  all(): readonly MissedCall[];
  /** A call rings. It takes the place of the one before by the same person. */
  rang(missed: MissedCall): void;
  /** Somebody took it, declined it, or knows of it; undefined: this person. */
  reached(call: number, who: Address | undefined): void;
  /** It became another call. */
  drop(call: number): void;
  /** This person was told of it, or was there. */
  isKnown(call: number): boolean;
  /** What is kept is read, and written when it changes. `now`: minutes; `isContact`: of the others. */
  keep(kept: KeptBytes, now: number, isContact: (address: Address) => boolean): void;
}

/** Where it is kept. Bytes that are damaged are as if there were none. */
export interface KeptBytes {
  read(): Uint8Array;
  write(bytes: Uint8Array): void;
}

interface Content {
  readonly calls: readonly MissedCall[];
  readonly known: readonly number[];
}

const MOST_KNOWN = 32;
/** Nobody needs to hear of older ones. */
const OLDEST_MINUTES = 14 * 24 * 60;

export function createMissedBook(): MissedBook {
  const calls = new Map<number, MissedCall>();
  let known: readonly number[] = [];
  let kept: KeptBytes | undefined;

  const changed = (): void => kept?.write(encode({ calls: [...calls.values()], known }));
  function add(missed: MissedCall): void {
    for (const { call, by } of calls.values()) if (by === missed.by) calls.delete(call);
    calls.set(missed.call, missed);
    for (const oldest of calls.keys()) if (calls.size > LIMITS.missedCalls.writes) calls.delete(oldest);
  }

  return {
    get: (call) => calls.get(call),
    all: () => [...calls.values()],
    rang(missed) {
      add(missed);
      changed();
    },
    reached(call, who) {
      const missed = calls.get(call);
      if (!missed) return;
      if (who !== undefined && !missed.to.delete(who)) return;
      if (who === undefined) {
        missed.isOwn = false;
        known = [...known.filter((each) => each !== call), call].slice(-MOST_KNOWN);
      }
      if (!missed.isOwn && missed.to.size === 0) calls.delete(call);
      changed();
    },
    drop(call) {
      if (calls.delete(call)) changed();
    },
    isKnown: (call) => known.includes(call),
    keep(where, now, isContact) {
      kept = where;
      const before = decode(where.read());
      const isCurrent = ({ by, at }: MissedCall): boolean =>
        now - at < OLDEST_MINUTES && (by === undefined || isContact(by));
      // What happened meanwhile is newer.
      const here = [...calls.values()];
      for (const missed of [...before.calls.filter(isCurrent), ...here]) add(missed);
      known = [...before.known, ...known].slice(-MOST_KNOWN);
      if (here.length > 0) changed();
    },
  };
}

function encode({ calls, known }: Content): Uint8Array {
  const addresses = [...new Set(calls.flatMap(({ by, to }) => [...(by === undefined ? [] : [by]), ...to]))];
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, addresses.length);
    for (const address of addresses) encoding.writeVarString(encoder, address);
    encoding.writeVarUint(encoder, calls.length);
    for (const { call, by, at, isOwn, to } of calls) {
      encoding.writeUint32(encoder, call);
      encoding.writeVarUint(encoder, by === undefined ? 0 : addresses.indexOf(by) + 1);
      encoding.writeVarUint(encoder, at);
      encoding.writeUint8(encoder, isOwn ? 1 : 0);
      encoding.writeVarUint(encoder, to.size);
      for (const each of to) encoding.writeVarUint(encoder, addresses.indexOf(each));
    }
    encoding.writeVarUint(encoder, known.length);
    for (const call of known) encoding.writeUint32(encoder, call);
  });
}

function decode(bytes: Uint8Array): Content {
  try {
    const decoder = decoding.createDecoder(bytes);
    const number = (): number => decoding.readVarUint(decoder);
    const many = <T>(each: () => T): T[] => {
      const all: T[] = [];
      for (let left = number(); left > 0; left--) all.push(each());
      return all;
    };
    const addresses = many(() => decoding.readVarString(decoder));
    const calls = many((): MissedCall => {
      const call = decoding.readUint32(decoder);
      const by = addresses[number() - 1];
      const at = number();
      const isOwn = decoding.readUint8(decoder) === 1;
      return { call, by, at, isOwn, to: new Set(many(() => addresses[number()] ?? "")), said: new Map() };
    });
    return { calls, known: many(() => decoding.readUint32(decoder)) };
  } catch {
    return { calls: [], known: [] };
  }
}
