/*
 * What a person did, in its order, and what of it was taken back. A step that can change nothing now, since
 * somebody else has erased or changed the same, is not thrown away: a press says so once and later presses pass
 * over it, until there is something of it to be seen again.
 */
import { createEmitter } from "../../base/emitter.ts";
import type { History, Step } from "../document/board.ts";
import { LIMITS } from "../document/limits.ts";

/** What came of taking a part back, or doing it again; as Step has it. */
export type Outcome = Exclude<Step, "nothing">;

export type Way = "undo" | "redo";

/** Called with the sessions that are why something was not done as a whole. */
export type Blame = (sessions: Iterable<number>) => void;

/** One step of this session, as something that can be taken back and done again. */
export interface HistoryEntry {
  /** Whether there is something of it to take back, or to do again, that anybody would see. Writes nothing. */
  can(way: Way): boolean;
  /** Tells who keeps it from that. */
  blame(way: Way, blame: Blame): void;
  undo(blame: Blame): Outcome;
  redo(blame: Blame): Outcome;
  /** Takes it back as if it had never been done: what others have hidden of it by now stays away as well. */
  revoke(): void;
  /** As of a part (part.ts). */
  isOver(): boolean;
  forget(): void;
}

export interface HistoryHandle {
  readonly history: History;
  /**
   * Puts a new entry on top; what was undone before can no longer be redone. `isBehind`: nothing of it is to be
   * seen until the next entry is undone, and nobody is told so.
   */
  record(entry: HistoryEntry, isBehind?: boolean): void;
  /** Takes back an entry wherever it lies. */
  undoEntry(entry: HistoryEntry): Step;
  /** As Board.revocable. */
  revocable(act: () => void): () => void;
}

/** An entry, and which way nobody is told where it can do nothing: they were, or it was done. */
interface Kept {
  readonly entry: HistoryEntry;
  readonly isQuiet: Record<Way, boolean>;
}

/** An entry, and what could have been done again until it came. */
interface Recorded {
  readonly kept: Kept;
  readonly undone: readonly Kept[];
}

export interface HistoryDeps {
  /** Whether a step may write what it takes back, or does again; where it may not, that is told. */
  hasRoom(): boolean;
  /** A listener threw. */
  onError(error: unknown): void;
}

/** Older entries are forgotten: their ink stays, it can only not be taken back. */
const MAX_ENTRIES = LIMITS.historySteps.writes;
/**
 * What could have been done again is kept for the latest so many acts that may turn out never to have been meant:
 * more hands than a person has do not rest on a screen.
 */
const MAX_DROPPED = 8;

/**
 * One call takes back one step: where nothing of it is to be seen, that is told, and the step before it, of
 * which the person does not think, stays.
 */
export function createHistory({ hasRoom, onError }: HistoryDeps): HistoryHandle {
  /** All, also what is undone, oldest first. */
  let done: Kept[] = [];
  /** In the order in which they were undone. */
  let undone: Kept[] = [];
  let others: readonly number[] = [];
  /** What is recorded now may have to go. */
  let recorded: Recorded[] | undefined;
  /** What can be done again where what was recorded since goes; the latest at the end. */
  let dropped: (readonly Kept[])[] = [];
  const changed = createEmitter<void>(onError);

  function step(kept: Kept | undefined, way: Way): Step {
    others = [];
    if (!kept || !hasRoom()) return "nothing";
    const { entry, isQuiet } = kept;
    const blamed = new Set<number>();
    const blame: Blame = (sessions) => {
      for (const session of sessions) blamed.add(session);
    };
    let outcome: Outcome = "skipped";
    if (entry.can(way)) {
      outcome = entry[way](blame);
      // What was undone in part, and now the rest of it, keeps its place among those to be done again.
      const isWaiting = undone.includes(kept) && !isQuiet.redo;
      if (way === "redo" || !isWaiting) undone = undone.filter((other) => other !== kept);
      if (way === "redo") undone.unshift(kept);
      else if (!isWaiting) undone.push(kept);
      isQuiet.undo = way === "undo";
      isQuiet.redo = way === "redo";
    } else {
      isQuiet[way] = true;
      entry.blame(way, blame);
    }
    others = [...blamed];
    changed.emit();
    return outcome;
  }

  /** Those that are undone, or passed over, do not count among those that a person can still take back. */
  function forget(): void {
    for (const isQuiet of [true, false]) {
      const alike = done.filter((kept) => kept.isQuiet.undo === isQuiet);
      if (alike.length > MAX_ENTRIES) letGo(done.splice(done.indexOf(alike[0]!), 1));
    }
  }

  /** Forgets those of these that nobody can take back or do again from now on. */
  function letGo(some: readonly Kept[]): void {
    const isRedone = new Set([...undone, ...dropped.flat()]);
    for (const kept of some) {
      if (isRedone.has(kept) || (done.includes(kept) && !kept.entry.isOver())) continue;
      done = done.filter((other) => other !== kept);
      kept.entry.forget();
    }
  }

  /** What was undone cannot be done again, for good but where what is recorded now may have to go. */
  function drop(): void {
    if (undone.length > 0) dropped.push(undone);
    undone = [];
    const gone = dropped.splice(0, recorded ? Math.max(0, dropped.length - MAX_DROPPED) : dropped.length);
    letGo(gone.flat());
  }

  function revoke({ kept, undone: before }: Recorded): void {
    const isLatest = done.at(-1) === kept && undone.length === 0;
    const isUndone = undone.includes(kept);
    done = done.filter((other) => other !== kept);
    undone = undone.filter((other) => other !== kept);
    if (!isUndone) kept.entry.revoke();
    if (isLatest && dropped.includes(before)) {
      dropped = dropped.filter((other) => other !== before);
      undone = [...before];
    }
    letGo([kept]);
    changed.emit();
  }

  return {
    history: {
      canUndo: () => done.some((kept) => isNext(kept, "undo")),
      canRedo: () => undone.some((kept) => isNext(kept, "redo")),
      undo: () => step(latest(done, "undo"), "undo"),
      redo: () => step(latest(undone, "redo"), "redo"),
      others: () => others,
      onChange: (listener) => changed.on(listener),
    },
    record(entry, isBehind = false) {
      const kept: Kept = { entry, isQuiet: { undo: isBehind, redo: false } };
      recorded?.push({ kept, undone });
      done.push(kept);
      drop();
      forget();
      changed.emit();
    },
    undoEntry(entry) {
      const kept = done.find((each) => each.entry === entry);
      return step(kept && isNext(kept, "undo") ? kept : undefined, "undo");
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

function isNext({ entry, isQuiet }: Kept, way: Way): boolean {
  return !isQuiet[way] || entry.can(way);
}

function latest(list: readonly Kept[], way: Way): Kept | undefined {
  for (let i = list.length - 1; i >= 0; i--) if (isNext(list[i]!, way)) return list[i];
  return undefined;
}

/** What parts of one step come to together. */
export function together(outcomes: readonly Outcome[]): Outcome {
  const areAll = (...some: readonly Outcome[]): boolean =>
    outcomes.every((outcome) => some.includes(outcome));
  if (areAll("skipped")) return "skipped";
  if (areAll("shared", "skipped")) return "shared";
  return areAll("done") ? "done" : "partly";
}

/** Passes on what is told; whether anybody was named. */
export function tellWhether(blame: Blame, run: (tell: Blame) => void): boolean {
  const all = new Set<number>();
  run((sessions) => {
    for (const session of sessions) all.add(session);
  });
  blame(all);
  return all.size > 0;
}
