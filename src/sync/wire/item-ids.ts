import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { ItemId, PathRange } from "../../board/document/board.ts";
import { CUT_STEPS } from "../../board/document/marks.ts";
import { itemId, writeOf } from "../../board/document/item-id.ts";
import { MAX_CLIENT } from "../../board/document/write-id.ts";

const MAX_CLOCK = 2 ** 31;
const MAX_POSITION = 2 ** 16;

/** Per session: the session, the number of items and their clocks, each from the one before. */
export function writeIds(encoder: encoding.Encoder, ids: readonly ItemId[]): void {
  writeByClient(encoder, new Map(ids.map((id) => [id, undefined])), () => {});
}

/** By session and clock, ascending. Throws where something is missing or out of bounds. */
export function readIds(decoder: decoding.Decoder): ItemId[] {
  return [...readByClient(decoder, () => undefined).keys()];
}

type Cuts = ReadonlyMap<ItemId, readonly PathRange[]>;

/** Like ids, each followed by the number of its ranges and these: start from the end before, length. */
export function writeCuts(encoder: encoding.Encoder, cuts: Cuts): void {
  writeByClient(encoder, cuts, (ranges) => {
    encoding.writeVarUint(encoder, ranges.length);
    let at = 0;
    for (const range of ranges) {
      const from = Math.max(at, onGrid(range.from));
      const to = Math.max(from, onGrid(range.to));
      encoding.writeVarUint(encoder, from - at);
      encoding.writeVarUint(encoder, to - from);
      at = to;
    }
  });
}

export function readCuts(decoder: decoding.Decoder): Cuts {
  return readByClient(decoder, () => {
    const ranges: PathRange[] = [];
    let at = 0;
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const from = at + decoding.readVarUint(decoder);
      at = from + decoding.readVarUint(decoder);
      if (!(at <= MAX_POSITION * CUT_STEPS)) throw new Error("a place beyond the end of a stroke");
      ranges.push({ from: from / CUT_STEPS, to: at / CUT_STEPS });
    }
    return ranges;
  });
}

function onGrid(position: number): number {
  return Math.round(Math.min(position, MAX_POSITION) * CUT_STEPS);
}

function writeByClient<T>(
  encoder: encoding.Encoder,
  items: ReadonlyMap<ItemId, T>,
  write: (value: T) => void,
): void {
  const byClient = new Map<number, { readonly clock: number; readonly value: T }[]>();
  for (const [id, value] of items) {
    const { client, clock } = writeOf(id);
    const known = byClient.get(client) ?? [];
    byClient.set(client, known);
    known.push({ clock, value });
  }
  encoding.writeVarUint(encoder, byClient.size);
  for (const [client, entries] of [...byClient].sort(([a], [b]) => a - b)) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, entries.length);
    let at = 0;
    for (const { clock, value } of entries.sort((a, b) => a.clock - b.clock)) {
      encoding.writeVarUint(encoder, clock - at);
      at = clock;
      write(value);
    }
  }
}

/** A count that claims more than there is throws at the end of the bytes. */
function readByClient<T>(decoder: decoding.Decoder, read: () => T): Map<ItemId, T> {
  const items = new Map<ItemId, T>();
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    const client = decoding.readVarUint(decoder);
    let clock = 0;
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      clock += decoding.readVarUint(decoder);
      if (client > MAX_CLIENT || clock > MAX_CLOCK) throw new Error("no item has such an id");
      items.set(itemId(client, clock), read());
    }
  }
  return items;
}
