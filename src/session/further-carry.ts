import type * as Y from "yjs";
import { causalChunks } from "../board/document/chunks.ts";
import { stateVectorOf } from "../board/document/state.ts";
import type { Guard } from "../board/guard/guard.ts";
import { INDEX_NAME, storedNameOf } from "../board/pages/stored-name.ts";
import { applyAll } from "../board/storage/apply.ts";
import { readStored } from "../board/storage/carry.ts";
import type { StoredDocument } from "../board/storage/carry.ts";
import { copiesOfDocument, storedCopies } from "../board/storage/stored-copies.ts";
import type { Participants } from "../env/host.ts";
import type { PagesState } from "./page-state.ts";
import { storedPages } from "./stored-pages.ts";

/**
 * Copies the further pages of a board that is stored here for other people to this one: its index first, since nobody
 * takes a page that is in none. Says whether all of it is here now.
 */
export async function carryPages(state: PagesState, from: Participants): Promise<boolean> {
  const { deps, index, open } = state;
  const copies = storedCopies(deps.env, from);
  const old = await readStored(copiesOfDocument(copies, INDEX_NAME), "index");
  // Most boards have one page only.
  if (old.kind === "lost") return true;
  if (!open) return false;
  let isWhole = bring(old, index.doc, index.guard);
  for (const id of storedPages(old.doc, deps.env, deps.onError)) {
    const taken = await open.memory.borrow(
      id,
      async ({ document: { doc, guard } }) =>
        bring(await readStored(copiesOfDocument(copies, storedNameOf(id)), "page"), doc, guard),
      false,
    );
    isWhole &&= taken === true;
  }
  return isWhole;
}

/** What is on it is on this one, too. One on which nothing was ever drawn has nothing stored. */
function bring({ doc: old, kind }: StoredDocument, doc: Y.Doc, guard: Guard): boolean {
  if (kind === "unreadable") return false;
  let left = applyAll(guard, causalChunks(old, stateVectorOf(doc), true));
  // In pieces as small as they get less is refused with what is to be refused.
  if (left > 0) left = applyAll(guard, causalChunks(old, stateVectorOf(doc), true, 1));
  return left === 0 && kind !== "damaged";
}
