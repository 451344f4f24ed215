import { createEmitter } from "../base/emitter.ts";
import type { History } from "./board.ts";

/** One thing this session did, as something that can be taken back and done again. */
export interface HistoryEntry {
  /** False: there is nothing left of it to take back (somebody else hid it), so it is passed over. */
  undo(): boolean;
  redo(): boolean;
}

export interface HistoryHandle {
  readonly history: History;
  /** Puts a new entry on top; what was undone before can no longer be redone. */
  record(entry: HistoryEntry): void;
}

/** Older entries are forgotten: their ink stays, it can only not be taken back. */
const MAX_ENTRIES = 200;

export function createHistory(onError: (error: unknown) => void): HistoryHandle {
  const done: HistoryEntry[] = [];
  const undone: HistoryEntry[] = [];
  const changed = createEmitter<void>(onError);

  function step(from: HistoryEntry[], to: HistoryEntry[], act: (entry: HistoryEntry) => boolean): boolean {
    for (let entry = from.pop(); entry; entry = from.pop()) {
      if (!act(entry)) continue;
      to.push(entry);
      changed.emit();
      return true;
    }
    changed.emit();
    return false;
  }

  return {
    history: {
      canUndo: () => done.length > 0,
      canRedo: () => undone.length > 0,
      undo: () => step(done, undone, (entry) => entry.undo()),
      redo: () => step(undone, done, (entry) => entry.redo()),
      onChange: (listener) => changed.on(listener),
    },
    record(entry) {
      done.push(entry);
      if (done.length > MAX_ENTRIES) done.shift();
      undone.length = 0;
      changed.emit();
    },
  };
}
