/*
 * A document of a board, with what stands before it and what keeps it: the first page, a further one, or the index.
 * Each is read from the storage by a journal of its own.
 */
import type * as Y from "yjs";
import { createArrival } from "../board/document/arrival.ts";
import type { ArrivalControl } from "../board/document/arrival.ts";
import { createDocument } from "../board/document/document.ts";
import type { SizeLimits } from "../board/document/size.ts";
import { createGuard } from "../board/guard/guard.ts";
import type { Guard } from "../board/guard/guard.ts";
import { createJournal } from "../board/storage/journal.ts";
import type { Journal, JournalDeps } from "../board/storage/journal.ts";
import type { StoredCopy } from "../board/storage/stored-set.ts";
import type { Env } from "../env/env.ts";

/** Milliseconds for the storage, after which a person may draw all the same, and what is stored comes onto it. */
export const STORAGE_PATIENCE = 100;

export interface KeptDocument {
  readonly doc: Y.Doc;
  readonly guard: Guard;
  readonly arrival: ArrivalControl;
  readonly journal: Journal;
  /** From now on this page may write under `session`. */
  begin(session: number): void;
  /** Writes what is unsaved. */
  close(): void;
}

export interface KeptDocumentDeps {
  readonly env: Env;
  readonly copies: readonly [StoredCopy, ...StoredCopy[]];
  readonly limits: SizeLimits;
  readonly holds: "page" | "index";
  onWedged(): void;
  /** As JournalDeps has it. */
  readonly begun?: JournalDeps["begun"];
  readonly isAlone?: JournalDeps["isAlone"];
}

export function openKeptDocument({ env, copies, begun, isAlone, ...deps }: KeptDocumentDeps): KeptDocument {
  const { clock, log } = env;
  const [place, ...others] = copies;
  const doc = createDocument();
  const guard = createGuard({ doc, ...deps });
  const arrival = createArrival((error) => log.warn("session: a part failed", error));
  const journal = createJournal({ clock, log, ...place, others, doc, guard, arrival, begun, isAlone });
  return {
    doc,
    guard,
    arrival,
    journal,
    begin(session) {
      doc.clientID = session;
      guard.setOwnClient(session);
    },
    close() {
      journal.close();
      guard.close();
      doc.destroy();
    },
  };
}
