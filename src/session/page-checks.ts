import type { PageId } from "../board/pages/page-id.ts";
import type { PageNotes } from "../board/storage/page-notes.ts";
import { readHead } from "../board/storage/set-reader.ts";
import { TWINS } from "../board/storage/stored-set.ts";
import type { StoredCopy } from "../board/storage/stored-set.ts";
import type { Cancel, Clock } from "../env/clock.ts";

/**
 * Looks once, at leisure, whether the storage still has of each page what was noted of it. What is noted and is not
 * there would never be asked for.
 */
export interface PageChecks {
  begin(ids: readonly PageId[]): void;
  close(): void;
}

export interface PageChecksDeps {
  readonly clock: Clock;
  readonly notes: Pick<PageNotes, "of" | "forget">;
  copyOf(id: PageId): StoredCopy;
}

/** Between two pages: nothing of it is urgent. */
const PACE_MS = 6000;

export function createPageChecks({ clock, notes, copyOf }: PageChecksDeps): PageChecks {
  let left: PageId[] = [];
  let plan: Cancel | undefined;

  async function check(id: PageId): Promise<void> {
    const noted = notes.of(id);
    if (!noted) return;
    const copy = copyOf(id);
    const heads = await Promise.all(
      TWINS.map((twin) => readHead(copy, twin, { damagedValues: [], repairs: [] })),
    );
    // What the storage did not give may be there.
    if (heads.some(({ value }) => value === undefined)) return;
    const sequence = Math.max(0, ...heads.map(({ head }) => head?.sequence ?? 0));
    if (sequence < noted.sequence && notes.of(id) === noted) notes.forget(id);
  }

  function next(): void {
    plan = undefined;
    const id = left.shift();
    if (id === undefined) return;
    plan = clock.after(PACE_MS, next);
    void check(id);
  }

  return {
    begin(ids) {
      left = [...ids];
      plan = clock.after(PACE_MS, next);
    },
    close() {
      left = [];
      plan?.();
    },
  };
}
