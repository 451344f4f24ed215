import type * as Y from "yjs";
import type { Roots } from "../document/document.ts";
import { markOf } from "../document/marks.ts";
import type { MarkPlaces } from "../document/marks.ts";
import type { EntryLookup } from "./entry-lookup.ts";
import type { MarkCover } from "./mark-cover.ts";
import type { PendingChange } from "./pending-change.ts";
import { isTextTool } from "./shown-item.ts";
import type { Entry, StrokeList } from "./stroke-list.ts";
import { originOf } from "./transaction-origin.ts";

export interface MarkFollowingDeps {
  readonly doc: Y.Doc;
  readonly roots: Pick<Roots, "marks">;
  readonly list: Pick<StrokeList, "entries">;
  readonly cover: MarkCover;
  readonly pending: PendingChange;
  readonly lookup: EntryLookup;
  /** Looks anew whether it is visible. */
  update(entry: Entry): void;
}

/** Takes what changed in the `marks` map into what is read of the board: all of it in one go, however many marks. */
export function createMarkFollowing({
  doc,
  roots: { marks },
  list,
  cover,
  pending,
  lookup,
  update,
}: MarkFollowingDeps): (event: Y.YMapEvent<unknown>) => void {
  /** They stand since now, or fell. */
  function follow(changed: readonly MarkPlaces[]): void {
    const ofKind = (kind: MarkPlaces["kind"]): MarkPlaces[] => changed.filter((mark) => mark.kind === kind);
    if (ofKind("clear").length > 0) list.entries.forEach(update);
    for (const entry of lookup.erasedBy(ofKind("erase"))) {
      update(entry);
      if (entry.stroke && isTextTool(entry.stroke.header.tool)) pending.alter(entry);
    }
    for (const entry of lookup.cutBy(ofKind("cut"))) pending.alter(entry);
  }

  return ({ keys, transaction }) => {
    const isForeign = originOf(transaction) === "remote";
    const changed: MarkPlaces[] = [];
    for (const key of keys.keys()) {
      const { client } = markOf(key);
      for (const mark of cover.set(key, marks.get(key))) {
        changed.push(mark);
        if (mark.kind === "clear" && isForeign && client !== doc.clientID) pending.clear(client);
      }
    }
    follow(changed);
  };
}
