import type { WriteId } from "../board/guard/scan.ts";
import type { Clock } from "../env/clock.ts";

/** Updates whose ground is missing: they came too early, or what came before them was lost. */
export interface WaitingUpdates<From> {
  /** `missing`: a write that it builds on; `from`: whose update it is. */
  add(update: Uint8Array, missing: WriteId, from: From): void;
  /**
   * Offers each fresh update whose ground may be there now to `settle`, which says what it still waits
   * for; undefined: it is dealt with and can go. Goes on as long as that makes others ready.
   */
  retry(
    isThere: (id: WriteId) => boolean,
    settle: (update: Uint8Array, from: From) => WriteId | undefined,
  ): void;
  /** What they wait for, and whose they are; without those that are too old. */
  missing(): readonly { readonly id: WriteId; readonly from: From }[];
}

interface Entry<From> {
  readonly update: Uint8Array;
  missing: WriteId;
  readonly from: From;
  readonly at: number;
}

/** A diff brings again whatever is dropped here, so the queue may be small. */
const MAX_UPDATES = 256;
const MAX_BYTES = 1024 * 1024;
const MAX_AGE_MS = 15_000;

export function createWaitingUpdates<From>(clock: Clock): WaitingUpdates<From> {
  let entries: Entry<From>[] = [];
  let bytes = 0;

  function dropFirst(): void {
    bytes -= entries.shift()?.update.length ?? 0;
  }

  function dropOld(): void {
    const oldest = clock.now() - MAX_AGE_MS;
    if (entries.every(({ at }) => at >= oldest)) return;
    entries = entries.filter(({ at }) => at >= oldest);
    bytes = entries.reduce((sum, { update }) => sum + update.length, 0);
  }

  function settleDue(
    due: ReadonlySet<Entry<From>>,
    settle: (update: Uint8Array, from: From) => WriteId | undefined,
  ): void {
    entries = entries.filter((entry) => {
      const missing = due.has(entry) ? settle(entry.update, entry.from) : entry.missing;
      if (missing) entry.missing = missing;
      return missing !== undefined;
    });
  }

  return {
    add(update, missing, from) {
      // A copy: the update is a view of its message, which may be much longer.
      entries.push({ update: update.slice(), missing, from, at: clock.now() });
      bytes += update.length;
      while (entries.length > MAX_UPDATES || bytes > MAX_BYTES) dropFirst();
    },
    retry(isThere, settle) {
      dropOld();
      for (;;) {
        const due = new Set(entries.filter(({ missing }) => isThere(missing)));
        const before = entries.length;
        if (due.size > 0) settleDue(due, settle);
        // What is due and does not settle waits for the next change: no two rounds are the same.
        if (entries.length === before) break;
      }
      bytes = entries.reduce((sum, { update }) => sum + update.length, 0);
    },
    missing() {
      dropOld();
      return entries.map(({ missing, from }) => ({ id: missing, from }));
    },
  };
}
