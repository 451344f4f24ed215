import type { PageId } from "../board/pages/page-id.ts";
import { UNLISTED } from "../board/storage/page-notes.ts";
import type { PageNotes } from "../board/storage/page-notes.ts";
import { readHead } from "../board/storage/set-reader.ts";
import { TWINS } from "../board/storage/stored-set.ts";
import type { StoredCopy } from "../board/storage/stored-set.ts";
import type { Cancel, Clock } from "../env/clock.ts";

/**
 * Looks once, at leisure, whether the storage still has of each page what was noted of it: what is noted and is not
 * there would never be asked for. And of what nothing is noted it is read what there is: nobody would be told of it.
 */
export interface PageChecks {
  look(ids: readonly PageId[]): void;
  close(): void;
}

export interface PageChecksDeps {
  readonly clock: Clock;
  readonly notes: Pick<PageNotes, "of">;
  copyOf(id: PageId): StoredCopy;
  /** Reads a page, so that it is noted. */
  read(id: PageId): void;
}

/** Between two pages: nothing of it is urgent. Those of which nothing is known come first. */
const PACE_MS = 6000;
const UNKNOWN_PACE_MS = 1000;

export function createPageChecks({ clock, notes, copyOf, read }: PageChecksDeps): PageChecks {
  let left: PageId[] = [];
  let planned: Cancel | undefined;

  const isUnknown = (id: PageId): boolean => (notes.of(id)?.sequence ?? UNLISTED) === UNLISTED;

  async function check(id: PageId): Promise<void> {
    const noted = notes.of(id);
    if (!noted) return read(id);
    const copy = copyOf(id);
    const heads = await Promise.all(
      TWINS.map((twin) => readHead(copy, twin, { damagedValues: [], repairs: [] })),
    );
    // What the storage did not give may be there.
    if (heads.some(({ value }) => value === undefined)) return;
    const sequence = Math.max(0, ...heads.map(({ head }) => head?.sequence ?? 0));
    if (sequence < noted.sequence && notes.of(id) === noted) read(id);
  }

  function plan(): void {
    const [id] = left;
    if (id === undefined) return;
    planned = clock.after(isUnknown(id) ? UNKNOWN_PACE_MS : PACE_MS, () => {
      left.shift();
      void check(id);
      plan();
    });
  }

  return {
    look(ids) {
      left = [...ids.filter(isUnknown), ...left, ...ids.filter((id) => !isUnknown(id))];
      planned?.();
      plan();
    },
    close() {
      left = [];
      planned?.();
    },
  };
}
