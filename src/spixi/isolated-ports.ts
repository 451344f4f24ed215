import type { Clock } from "../env/clock.ts";
import type { Host } from "../env/host.ts";
import type { Storage } from "../env/storage.ts";
import { MAX_TEXT_LENGTH } from "./limits.ts";
import { createMemoryStore, createTextStorage } from "./text-storage.ts";

/**
 * The ports `Host` and `Storage` of a page that must keep to itself: nobody takes part, nothing is
 * sent, and what is stored lives in memory. For the time in which it is not known whose page this is.
 */
export function createIsolatedPorts({
  clock,
  leave,
}: {
  readonly clock: Clock;
  /** The way back. */
  readonly leave: () => void;
}): { readonly host: Host; readonly storage: Storage } {
  let closed = false;
  const host: Host = {
    maxLength: MAX_TEXT_LENGTH,
    open({ opened }) {
      clock.after(0, () => {
        if (!closed) opened({ own: undefined, remotes: [] });
      });
    },
    send: (text) => (closed ? "closed" : text.length > MAX_TEXT_LENGTH ? "too-large" : "queued"),
    // Nothing that is sent goes anywhere, so nothing needs to be made.
    whenFree: () => undefined,
    flush: () => undefined,
    leave,
    close() {
      closed = true;
    },
  };
  return { host, storage: createTextStorage(createMemoryStore(), () => Promise.resolve("alone")) };
}
