import { createEmitter } from "../../base/emitter.ts";
import type { History, Step } from "../document/board.ts";

/** What came of taking a part back, or doing it again; `skipped`: somebody else changed all of it. */
export type Outcome = Exclude<Step, "nothing">;

/** Called with the sessions that are why something was not done as a whole. */
export type Blame = (sessions: Iterable<number>) => void;

/** One step of this session, as something that can be taken back and done again. */
export interface HistoryEntry {
  undo(blame: Blame): Outcome;
  redo(blame: Blame): Outcome;
}

export interface HistoryHandle {
  readonly history: History;
  /** Puts a new entry on top; what was undone before can no longer be redone. */
  record(entry: HistoryEntry): void;
  /** Takes back an entry wherever it lies. */
  undoEntry(entry: HistoryEntry): Step;
  /** As Board.revocable. */
  revocable(act: () => void): () => void;
}

/** An entry, and what could have been done again until it came. */
interface Recorded {
  readonly entry: HistoryEntry;
  readonly undone: readonly HistoryEntry[];
}

/** Older entries are forgotten: their ink stays, it can only not be taken back. */
const MAX_ENTRIES = 200;

/**
 * One call takes back one step: where nothing of it is left, it is used up, and the step before it, of which
 * the person does not think, stays.
 */
export function createHistory(onError: (error: unknown) => void): HistoryHandle {
  const done: HistoryEntry[] = [];
  const undone: HistoryEntry[] = [];
  let others: readonly number[] = [];
  /** What is recorded now may have to go. */
  let recorded: Recorded[] | undefined;
  const changed = createEmitter<void>(onError);

  function step(entry: HistoryEntry | undefined, to: HistoryEntry[], way: "undo" | "redo"): Step {
    if (!entry) return "nothing";
    const blamed = new Set<number>();
    const outcome = entry[way]((sessions) => {
      for (const session of sessions) blamed.add(session);
    });
    others = [...blamed];
    if (outcome !== "skipped") to.push(entry);
    changed.emit();
    return outcome;
  }

  function revoke({ entry, undone: before }: Recorded): void {
    const isLatest = done.at(-1) === entry && undone.length === 0;
    const at = done.indexOf(entry);
    if (at >= 0) {
      done.splice(at, 1);
      entry.undo(() => undefined);
    } else if (undone.includes(entry)) undone.splice(undone.indexOf(entry), 1);
    if (isLatest) undone.push(...before);
    changed.emit();
  }

  return {
    history: {
      canUndo: () => done.length > 0,
      canRedo: () => undone.length > 0,
      undo: () => step(done.pop(), undone, "undo"),
      redo: () => step(undone.pop(), done, "redo"),
      others: () => others,
      onChange: (listener) => changed.on(listener),
    },
    record(entry) {
      done.push(entry);
      recorded?.push({ entry, undone: [...undone] });
      if (done.length > MAX_ENTRIES) done.shift();
      undone.length = 0;
      changed.emit();
    },
    undoEntry(entry) {
      const at = done.indexOf(entry);
      if (at < 0) return "nothing";
      done.splice(at, 1);
      return step(entry, undone, "undo");
    },
    revocable(act) {
      const mine: Recorded[] = [];
      recorded = mine;
      try {
        act();
      } finally {
        recorded = undefined;
      }
      return () => {
        for (const each of mine.splice(0).reverse()) revoke(each);
      };
    },
  };
}

/** What parts of one step come to together. */
export function together(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.every((outcome) => outcome === "skipped")) return "skipped";
  return outcomes.every((outcome) => outcome === "done") ? "done" : "partly";
}
