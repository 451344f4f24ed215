import type { Clock } from "../env/clock.ts";
import type { PackedAppend } from "./packed-append.ts";

/** Appends whose ground is missing: without it they cannot even be read. */
export interface HeldAppends<From> {
  add(packed: PackedAppend, from: From): void;
  /** Offers each fresh one to `settle`, which returns true where it is dealt with and can go. */
  retry(settle: (packed: PackedAppend, from: From) => boolean): void;
  size(): number;
}

interface Entry<From> {
  readonly packed: PackedAppend;
  readonly from: From;
  readonly at: number;
}

/** A diff brings again whatever is dropped here, so the queue may be small. */
const MAX_APPENDS = 64;
const MAX_AGE_MS = 15_000;

export function createHeldAppends<From>(clock: Clock): HeldAppends<From> {
  let entries: Entry<From>[] = [];

  function dropOld(): void {
    const oldest = clock.now() - MAX_AGE_MS;
    entries = entries.filter(({ at }) => at >= oldest).slice(-MAX_APPENDS);
  }

  return {
    add(packed, from) {
      entries.push({ packed, from, at: clock.now() });
      dropOld();
    },
    retry(settle) {
      dropOld();
      // One may be the ground of another that came before it.
      for (let before = -1; before !== entries.length;) {
        before = entries.length;
        entries = entries.filter(({ packed, from }) => !settle(packed, from));
      }
    },
    size() {
      dropOld();
      return entries.length;
    },
  };
}
