import { LIMITS } from "../../board/document/limits.ts";

/** `from`: undefined where it was sent to somebody else. */
export interface Received<From> {
  readonly update: Uint8Array;
  readonly from: From | undefined;
}

/** Updates that were too much to be taken in together with what came before them. */
export interface PutOff<From> {
  add(update: Uint8Array, from: From): void;
  isEmpty(): boolean;
  /** All, in their order; they are not put off any more. */
  take(): readonly Received<From>[];
}

/** What is more than may wait is dropped, and asked for again. */
export function createPutOff<From>(): PutOff<From> {
  let all: Received<From>[] = [];
  let bytes = 0;

  return {
    add(update, from) {
      if (bytes + update.length > LIMITS.waitingBytes.takes) return;
      bytes += update.length;
      // A copy: the update is a view of its message, which may be much longer.
      all.push({ update: update.slice(), from });
    },
    isEmpty: () => all.length === 0,
    take() {
      const taken = all;
      all = [];
      bytes = 0;
      return taken;
    },
  };
}
