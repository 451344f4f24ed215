/*
 * Brings pages into memory of which a contact has something else than what is here, one after the other, and
 * leaves them there until both have the same.
 */
import type { PageId } from "../board/pages/page-id.ts";
import type { Clock } from "../env/clock.ts";
import type { PageMemory } from "./page-memory.ts";

export interface PageSync {
  /** A contact has something else on this page, or asks for it. Whoever says so may be in the midst of a change. */
  need(id: PageId): void;
  /** Both have the same, or it cannot be had. */
  settled(id: PageId): void;
  /** A person waits for another page: whatever is there makes way, and is needed again when that shows. */
  hurry(): void;
}

/** A page of which nothing comes any more does not stop the others. */
const PATIENCE_MS = 20_000;

export function createPageSync(clock: Clock, memory: Pick<PageMemory, "borrow">): PageSync {
  /** Those that are needed, and how the one that is there is given back. */
  const needed = new Map<PageId, (() => void) | undefined>();

  function wait(id: PageId): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(PATIENCE_MS, resolve);
      needed.set(id, () => {
        cancel();
        resolve();
      });
    });
  }

  return {
    need(id) {
      if (needed.has(id)) return;
      needed.set(id, undefined);
      clock.after(0, () => {
        void memory.borrow(id, () => wait(id), false).then(() => needed.delete(id));
      });
    },
    settled: (id) => needed.get(id)?.(),
    hurry() {
      for (const giveBack of needed.values()) giveBack?.();
    },
  };
}
