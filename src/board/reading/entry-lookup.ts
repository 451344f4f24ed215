import * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import { itemId } from "../document/item-id.ts";
import { readKey } from "../document/keys.ts";
import { CUT_STEPS } from "../document/marks.ts";
import type { MarkPlaces } from "../document/marks.ts";
import type { Entry, StrokeList } from "./stroke-list.ts";

/** Finds the entries that changes of other roots are about. */
export interface EntryLookup {
  /**
   * Those that erase marks, or cuts, are about. Where much would have to be looked up, more than those: all, or of
   * cuts all that these sessions drew.
   */
  erasedBy(marks: readonly MarkPlaces[]): Iterable<Entry>;
  cutBy(marks: readonly MarkPlaces[]): Iterable<Entry>;
  /** The one whose words the label of a key holds. */
  ofLabel(key: string): Entry | undefined;
}

/** Up to so many ranges and writes, marks' items are looked up one by one. */
const FEW = 1000;

export function createEntryLookup(
  doc: Y.Doc,
  { items, labels }: Roots,
  list: Pick<StrokeList, "entries" | "entry" | "entryOf">,
): EntryLookup {
  function ofLabel(key: string): Entry | undefined {
    const { client, n } = readKey("labels", key) ?? {};
    return client === undefined || n === undefined ? undefined : list.entry(itemId(client, n));
  }

  /** The entry that a write made, or added ink or words to. */
  function ofWrite(struct: Y.Item | Y.GC): Entry | undefined {
    if (!(struct instanceof Y.Item)) return undefined;
    const { parent } = struct;
    if (parent === items) return list.entryOf(struct);
    const holder = parent instanceof Y.Text ? parent._item : null;
    if (holder?.parent === items) return list.entryOf(holder);
    return holder?.parent === labels && holder.parentSub ? ofLabel(holder.parentSub) : undefined;
  }

  function ofSessions(marks: readonly MarkPlaces[]): Entry[] {
    const clients = new Set<number>();
    for (const mark of marks) for (const client of mark.clients) clients.add(client);
    return list.entries.filter(({ client }) => clients.has(client));
  }

  /** The writes that marks are about; undefined where they are many. */
  function fewWrites(marks: readonly MarkPlaces[], steps: number): (Y.Item | Y.GC)[] | undefined {
    const found: (Y.Item | Y.GC)[] = [];
    let looked = 0;
    for (const { clients, firsts, ends } of marks) {
      looked += ends.length / 2;
      if (looked + found.length > FEW) return undefined;
      for (const [n, client] of clients.entries()) {
        for (let i = firsts[n]!; i < firsts[n + 1]!; i += 2) {
          const from = Math.floor(ends[i]! / steps);
          const to = Math.min(Math.ceil(ends[i + 1]! / steps), Y.getState(doc.store, client));
          addWrites(found, client, from, to);
          if (looked + found.length > FEW) return undefined;
        }
      }
    }
    return found;
  }

  /** Those of a session from one clock up to another, and at most one more than are few. */
  function addWrites(found: (Y.Item | Y.GC)[], client: number, from: number, to: number): void {
    if (from >= to) return;
    const structs = doc.store.clients.get(client)!;
    for (let i = Y.findIndexSS(structs, from); structs[i] && structs[i]!.id.clock < to; i++) {
      if (found.push(structs[i]!) > FEW) return;
    }
  }

  /** Marks' ranges count in so many steps to a clock. */
  function few(marks: readonly MarkPlaces[], steps: number): Set<Entry> | undefined {
    const writes = fewWrites(marks, steps);
    return writes && new Set(writes.flatMap((write) => ofWrite(write) ?? []));
  }

  return {
    ofLabel,
    erasedBy: (marks) => few(marks, 1) ?? list.entries,
    cutBy: (marks) => few(marks, CUT_STEPS) ?? ofSessions(marks),
  };
}
