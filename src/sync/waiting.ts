import type { Clock } from "../env/clock.ts";

/** Updates whose ground is missing: they came too early, or what came before them was lost. */
export interface WaitingUpdates {
  add(update: Uint8Array): void;
  /** Offers each fresh update to `settle`, which says whether it is dealt with and can go. */
  retry(settle: (update: Uint8Array) => boolean): void;
  size(): number;
}

/** A diff brings again whatever is dropped here, so the queue may be small. */
const MAX_UPDATES = 256;
const MAX_BYTES = 1024 * 1024;
const MAX_AGE_MS = 15_000;

export function createWaitingUpdates(clock: Clock): WaitingUpdates {
  let entries: { update: Uint8Array; at: number }[] = [];
  let bytes = 0;

  function dropFirst(): void {
    bytes -= entries.shift()?.update.length ?? 0;
  }

  return {
    add(update) {
      entries.push({ update, at: clock.now() });
      bytes += update.length;
      while (entries.length > MAX_UPDATES || bytes > MAX_BYTES) dropFirst();
    },
    retry(settle) {
      const oldest = clock.now() - MAX_AGE_MS;
      entries = entries.filter(({ update, at }) => at >= oldest && !settle(update));
      bytes = entries.reduce((sum, { update }) => sum + update.length, 0);
    },
    size: () => entries.length,
  };
}
