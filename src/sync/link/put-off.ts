import { LIMITS } from "../../board/document/limits.ts";

/** `from`: undefined where it was sent to somebody else. */
export interface Received<From> {
  readonly update: Uint8Array;
  readonly from: From | undefined;
  /** A part of an update that made too much to compare for one task, for which its sender was blamed. */
  readonly isPart?: boolean;
}

/** Updates that were too much to be taken in together with what came before them, and what came after these. */
export interface PutOff<From> {
  add(updates: readonly Received<From>[]): void;
  /** In front of the others. */
  putBack(updates: readonly Received<From>[]): void;
  /** All of somebody's. */
  drop(from: From): void;
  isEmpty(): boolean;
  /** The first ones, in their order, as many as have so many bytes, and one in any case: they are put off no more. */
  take(bytes: number): readonly Received<From>[];
}

/** What is more than may wait is dropped, and asked for again. */
export function createPutOff<From>(): PutOff<From> {
  let all: Received<From>[] = [];
  let bytes = 0;

  const kept = (updates: readonly Received<From>[]): Received<From>[] =>
    updates
      .filter(({ update: { length } }) => {
        const hasRoom = bytes + length <= LIMITS.waitingBytes.takes;
        if (hasRoom) bytes += length;
        return hasRoom;
      })
      // Copies: an update is a view of its message, which may be much longer.
      .map((each) => ({ ...each, update: each.update.slice() }));

  return {
    add(updates) {
      all.push(...kept(updates));
    },
    putBack(updates) {
      all.unshift(...kept(updates));
    },
    drop(from) {
      all = all.filter((each) => {
        if (each.from !== from) return true;
        bytes -= each.update.length;
        return false;
      });
    },
    isEmpty: () => all.length === 0,
    take(most) {
      let end = 0;
      for (let sum = 0; end < all.length && (end === 0 || sum + all[end]!.update.length <= most); end++)
        sum += all[end]!.update.length;
      const taken = all.slice(0, end);
      all = all.slice(end);
      for (const { update } of taken) bytes -= update.length;
      return taken;
    },
  };
}
