import type { Frame } from "../../src/sync/wire/frame.ts";
import { encodeRaw, section } from "../board/guard/raw-update.ts";
import type { RawSection, RawStruct } from "../board/guard/raw-update.ts";
import type { LargeStage } from "./large-stage.ts";

/**
 * Messages, in their order, each of which a contact may send: as large as one may be, or such as stay and make
 * the board large.
 */
export interface LargeKind {
  readonly name: string;
  /** `size`: 0 .. 1, of what may be. */
  messages(on: LargeStage, size: number): Iterable<LargeMessage>;
}

/** The frames of a message of the contact, or an append as it is on the wire. */
export type LargeMessage = readonly Frame[] | string;

export function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: Math.floor(count) }, (_, i) => make(i));
}

export function updateFrame(update: Uint8Array): readonly Frame[] {
  return [{ type: "update", update }];
}

export function sectionsFrame(sections: RawSection[]): readonly Frame[] {
  return updateFrame(encodeRaw({ sections, deletions: [] }));
}

/** What a fresh session writes, so many writes in a message. */
export function* written(
  client: number,
  structs: readonly RawStruct[],
  perMessage: number,
): Iterable<readonly Frame[]> {
  for (let clock = 0; clock < structs.length; clock += perMessage)
    yield updateFrame(section(client, clock, ...structs.slice(clock, clock + perMessage)));
}
