import * as Y from "yjs";
import { lengthOf } from "../../src/sync/wire/append.ts";
import type { Append } from "../../src/sync/wire/append.ts";
import { openAppend, readAppend } from "../../src/sync/wire/append-message.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import { slotOf } from "../../src/board/document/slot.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import type { Address } from "../../src/env/host.ts";
import type { World } from "../../src/simulator/world.ts";
import { decodeMessage } from "../support/messages.ts";

/** Characters of base64 that pages handed to the messenger, by purpose, however many contacts get them. */
export interface Traffic {
  /** Changes of the board, when they are said for the first time. */
  readonly live: number;
  /** The same once more, in case that they were lost. */
  readonly repeated: number;
  /** Requests for what is missing. */
  readonly asked: number;
  /** Answers to requests and hellos. */
  readonly answered: number;
  /** Hellos, signs of life and the heads of messages. */
  readonly other: number;
}

/** Everything that would not be sent if nothing were ever lost. */
export function repairOf({ repeated, asked, answered }: Traffic): number {
  return repeated + asked + answered;
}

/** Two sums. */
export function addTraffic(a: Traffic, b: Traffic): Traffic {
  return {
    live: a.live + b.live,
    repeated: a.repeated + b.repeated,
    asked: a.asked + b.asked,
    answered: a.answered + b.answered,
    other: a.other + b.other,
  };
}

export const NO_TRAFFIC: Traffic = { live: 0, repeated: 0, asked: 0, answered: 0, other: 0 };

export interface TrafficMeter {
  total(): Traffic;
}

/** Listens to everything that pages send in `world`. */
export function createTrafficMeter(world: World): TrafficMeter {
  /** Up to which clock the writes of each session, by its slot, were said by anybody. */
  const said = new Map<number, number>();
  const sum: { -readonly [K in keyof Traffic]: number } = { ...NO_TRAFFIC };

  function addAppend(slot: number, { clock, writes }: Append, bytes: number): void {
    const length = lengthOf({ session: slot, clock, writes });
    const before = Math.max(said.get(slot) ?? 0, clock);
    const fresh = Math.max(0, clock + length - before);
    said.set(slot, Math.max(said.get(slot) ?? 0, clock + length));
    const live = Math.round((bytes * fresh) / length);
    sum.live += live;
    sum.repeated += bytes - live;
  }

  /** A message becomes a packet for each contact: one of them counts. */
  function isFirstCopy({ from, to }: { readonly from: Address; readonly to: Address }): boolean {
    return world.phone(from).pages().at(-1)?.contacts[0] === to;
  }

  world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data" || !isFirstCopy(event)) return;
    const append = openAppend(event.text);
    const read = append && readAppend(append, append.author ?? append.slot);
    if (read) return addAppend(slotOf(read.session), read, event.bytes);
    const frames = decodeMessage(event.text)?.frames;
    if (!frames) return;
    let left = event.bytes;
    for (const frame of frames) {
      const size = sizeOf(frame);
      left -= size;
      if (frame.type === "update") {
        const fresh = freshPart(frame.update, said);
        const live = fresh === undefined ? 0 : Math.min(size, sizeOf({ type: "update", update: fresh }));
        sum.live += live;
        sum.repeated += size - live;
      } else {
        sum[purposeOf(frame)] += size;
      }
    }
    sum.other += left;
  });

  return { total: () => ({ ...sum }) };
}

function purposeOf({ type }: Frame): keyof Traffic {
  if (type === "request") return "asked";
  return type === "diff" ? "answered" : "other";
}

/** What of an update was not said before; undefined: nothing. Takes down that it is said now. */
function freshPart(update: Uint8Array, said: Map<number, number>): Uint8Array | undefined {
  const { structs } = Y.decodeUpdate(update);
  const sessions = new Set(structs.map(({ id }) => id.client));
  const known = new Map(Array.from(sessions, (client) => [client, said.get(slotOf(client)) ?? 0]));
  const fresh = Y.diffUpdate(update, Y.encodeStateVector(known));
  let isFresh = false;
  for (const { id, length } of structs) {
    const end = id.clock + length;
    const slot = slotOf(id.client);
    if (end <= (said.get(slot) ?? 0)) continue;
    said.set(slot, end);
    isFresh = true;
  }
  return isFresh ? fresh : undefined;
}

const EMPTY = encodeMessage({ session: 0, frames: [] }).length;

function sizeOf(frame: Frame): number {
  return encodeMessage({ session: 0, frames: [frame] }).length - EMPTY;
}
