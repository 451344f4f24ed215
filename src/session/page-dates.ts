import type { StateDigest } from "../board/document/state.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { Journal } from "../board/storage/journal.ts";
import type { PageNotes } from "../board/storage/page-notes.ts";
import type { Calendar } from "../env/calendar.ts";
import type { Cancel, Clock } from "../env/clock.ts";

/** When pages became different last, and in which state they are: kept in mind for when they are not in memory. */
export interface PageDates {
  /** The page, which is in memory, became different now. */
  touch(id: PageId): void;
  /** In minutes of this device's calendar. */
  changedAt(id: PageId): number | undefined;
  /** Notes how a page is that is in memory. */
  note(id: PageId): void;
  /** The same for all that became different. */
  noteAll(): void;
  forget(id: PageId): void;
  close(): void;
}

export interface PageDatesDeps {
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly notes: PageNotes;
  /** Of a page in memory; undefined: it is not in the index. */
  digestOf(id: PageId): StateDigest | undefined;
  journalOf(id: PageId): Pick<Journal, "bytes" | "sequence" | "isStored"> | undefined;
}

/** A page that is drawn on changes all the time: it is noted so long after. */
const NOTE_MS = 6000;

export function createPageDates({ clock, calendar, notes, ...deps }: PageDatesDeps): PageDates {
  const touched = new Map<PageId, number>();
  let plan: Cancel | undefined;

  function changedAt(id: PageId): number | undefined {
    return touched.get(id) ?? notes.of(id)?.changedAt;
  }

  function note(id: PageId): void {
    const digest = deps.digestOf(id);
    const journal = deps.journalOf(id);
    // What is noted is not asked for, so it must be given to the storage.
    if (journal?.isStored() === false) return;
    if (!digest || !journal) return void touched.delete(id);
    const changed = changedAt(id) ?? calendar.minutes();
    notes.set(id, { digest, changedAt: changed, bytes: journal.bytes(), sequence: journal.sequence() });
    touched.delete(id);
  }

  function noteAll(): void {
    plan?.();
    plan = undefined;
    for (const id of [...touched.keys()]) note(id);
    if (touched.size > 0) plan = clock.after(NOTE_MS, noteAll);
  }

  return {
    touch(id) {
      touched.set(id, calendar.minutes());
      plan ??= clock.after(NOTE_MS, noteAll);
    },
    changedAt,
    note,
    noteAll,
    forget: (id) => void touched.delete(id),
    close() {
      noteAll();
      plan?.();
      plan = undefined;
    },
  };
}
