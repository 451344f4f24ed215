/*
 * Empties a board that is removed from this device (board/storage/removal.ts), document by document: the pages, as
 * long as the index says which there are; then the index and the notes; and the first page last, whose heads say that
 * the board is removed, and then that nothing is left of it.
 */
import { delay } from "../base/delay.ts";
import { FIRST_PAGE } from "../board/pages/page-id.ts";
import type { PageId } from "../board/pages/page-id.ts";
import { clearBlobs } from "../board/blobs/blob-tables.ts";
import { INDEX_NAME, storedNameOf } from "../board/pages/stored-name.ts";
import { readStored } from "../board/storage/carry.ts";
import { clearNotes, createPageNotes } from "../board/storage/page-notes.ts";
import { clearStored, isMarkedRemoved, ON_DISK_MS } from "../board/storage/removal.ts";
import { copiesOfDocument } from "../board/storage/stored-copies.ts";
import type { StoredCopy } from "../board/storage/stored-set.ts";
import type { Env } from "../env/env.ts";
import { storedPages } from "./stored-pages.ts";

export interface BoardRemovalDeps {
  readonly env: Pick<Env, "clock" | "calendar" | "log">;
  /** Wherever the first page of the board may be stored. */
  readonly copies: readonly [StoredCopy, ...StoredCopy[]];
  /** Nothing more is to be done: somebody else may have the board. */
  isOver(): boolean;
}

/**
 * Empties a board that is marked as removed. `kept`: it is not marked any more, since a page that has it open wrote
 * it anew; `failed`: it may be tried again. Never rejects.
 */
export async function clearBoard(deps: BoardRemovalDeps): Promise<"cleared" | "kept" | "failed"> {
  const { env, copies, isOver } = deps;
  const [own, ...others] = copies;
  const documentsOf = (name: string): StoredCopy[] => copiesOfDocument(copies, name);
  const pages = await pagesOf(deps);
  const indexes = documentsOf(INDEX_NAME);
  const steps: readonly (readonly StoredCopy[] | "wait")[] = [
    ...pages.map((id) => documentsOf(storedNameOf(id))),
    "wait",
    indexes,
    others,
    "wait",
    [own],
  ];
  for (const step of steps) {
    if (step === "wait") {
      await delay(env.clock, ON_DISK_MS);
      continue;
    }
    if (isOver()) return "failed";
    if (!(await isMarkedRemoved(own))) return "kept";
    for (const copy of step) {
      if (!(await clearStored(copy, !isNamed(copy, copies), isOver))) return "failed";
      const of = indexes.includes(copy) ? copies[indexes.indexOf(copy)]! : undefined;
      if (of && !((await clearBlobs(of)) && (await clearNotes(of)))) return "failed";
    }
  }
  return "cleared";
}

/** A document beside the first page. */
function isNamed({ boardId }: StoredCopy, copies: readonly StoredCopy[]): boolean {
  return copies.every((copy) => copy.boardId !== boardId);
}

/** Before a removed board is opened anew. Settles when what is left of it is emptied, or somebody else brought it back. */
export async function finishRemoval(deps: BoardRemovalDeps): Promise<void> {
  while (!deps.isOver()) {
    if ((await clearBoard(deps)) !== "failed") return;
    await delay(deps.env.clock, ON_DISK_MS);
  }
}

/** All of which something may be stored, without the first one. */
async function pagesOf({ env, copies }: BoardRemovalDeps): Promise<readonly PageId[]> {
  const notes = createPageNotes({ ...env, copy: copies[0] });
  await notes.load();
  const index = await readStored(copiesOfDocument(copies, INDEX_NAME), "index");
  const onError = (error: unknown): void => env.log.warn("removal: the index could not be read", error);
  const ids = new Set([...notes.ids(), ...storedPages(index.doc, env, onError)]);
  index.doc.destroy();
  return [...ids].filter((id) => id !== FIRST_PAGE);
}
