/*
 * What a person did, in its order, and what of it was taken back. A step that can change nothing now, since
 * somebody else has erased or changed the same, is not thrown away: a press says so once and later presses pass
 * over it, until there is something of it to be seen again.
 */
import { createEmitter } from "../../base/emitter.ts";
import type { History, Step } from "../document/board.ts";
import { LIMITS } from "../document/limits.ts";
import type { Entries, HistoryEntry } from "./entries.ts";
import type { Blame, Outcome, Way } from "./outcome.ts";

export interface HistoryHandle {
  readonly history: History;
  /**
   * Puts a new entry on top; what was undone before can no longer be redone. `isBehind`: nothing of it is to be
   * seen until the next entry is undone, and nobody is told so.
   */
  record(entry: HistoryEntry, isBehind?: boolean): void;
  /** Takes back an entry wherever it lies, on the document that the page has in memory now. */
  undoEntry(entry: HistoryEntry): Step;
  /** As Board.revocable: also where the page has left the memory since, and is there again. */
  revocable(act: () => void): () => void;
  /** As what that gives, for what was recorded meanwhile. */
  revoke(recorded: readonly Recorded[]): void;
  /** The document leaves the memory; the state stays. */
  close(): void;
}

/** An entry, and which way nobody is told where it can do nothing: they were, or it was done. */
export interface Kept {
  readonly entry: HistoryEntry;
  readonly isQuiet: Record<Way, boolean>;
}

/** An entry, and what could have been done again until it came. */
export interface Recorded {
  readonly kept: Kept;
  readonly undone: readonly Kept[];
}

/** What was done on a page and what of it was taken back: it outlives the document that the page has in memory. */
export interface HistoryState {
  /** All, also what is undone, oldest first. */
  done: Kept[];
  /** In the order in which they were undone. */
  undone: Kept[];
  /** What can be done again where what was recorded since goes; the latest at the end. */
  dropped: (readonly Kept[])[];
  /** Who kept the latest step from being done. */
  others: readonly number[];
  /** The history on the document that is in memory now; undefined: none is. */
  handle: HistoryHandle | undefined;
}

export function newHistory(): HistoryState {
  return { done: [], undone: [], dropped: [], others: [], handle: undefined };
}

export interface HistoryDeps {
  readonly state: HistoryState;
  /** Does with its steps on the document what is to be done. */
  readonly entries: Entries;
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
export function createHistory({ state, entries, hasRoom, onError }: HistoryDeps): HistoryHandle {
  /** What is recorded now may have to go. */
  let recorded: Recorded[] | undefined;
  const changed = createEmitter<void>(onError);

  const { forget, letGo, drop } = createForgetting(state, entries);

  /** The document of this history has not left the memory. */
  const isHere = (): boolean => state.handle === handle;

  function step(kept: Kept | undefined, way: Way): Step {
    state.others = [];
    if (!kept || !isHere() || !hasRoom()) return "nothing";
    const { entry, isQuiet } = kept;
    const blamed = new Set<number>();
    const blame: Blame = (sessions) => {
      for (const session of sessions) blamed.add(session);
    };
    let outcome: Outcome = "skipped";
    if (entries.can(entry, way)) {
      outcome = entries[way](entry, blame);
      // What was undone in part, and now the rest of it, keeps its place among those to be done again.
      const isWaiting = state.undone.includes(kept) && !isQuiet.redo;
      if (way === "redo" || !isWaiting) state.undone = without(state.undone, kept);
      if (way === "redo") state.undone.unshift(kept);
      else if (!isWaiting) state.undone.push(kept);
      isQuiet.undo = way === "undo";
      isQuiet.redo = way === "redo";
    } else {
      isQuiet[way] = true;
      entries.blame(entry, way, blame);
    }
    state.others = [...blamed];
    changed.emit();
    return outcome;
  }

  function revoke({ kept, undone: before }: Recorded): void {
    const isLatest = state.done.at(-1) === kept && state.undone.length === 0;
    const isUndone = state.undone.includes(kept);
    state.done = without(state.done, kept);
    state.undone = without(state.undone, kept);
    if (!isUndone) entries.revoke(kept.entry);
    if (isLatest && state.dropped.includes(before)) {
      state.dropped = state.dropped.filter((other) => other !== before);
      state.undone = [...before];
    }
    letGo([kept]);
    changed.emit();
  }

  function isNext({ entry, isQuiet }: Kept, way: Way): boolean {
    return !isQuiet[way] || entries.can(entry, way);
  }

  function latest(list: readonly Kept[], way: Way): Kept | undefined {
    for (let i = list.length - 1; i >= 0; i--) if (isNext(list[i]!, way)) return list[i];
    return undefined;
  }

  const handle: HistoryHandle = {
    history: {
      canUndo: () => state.done.some((kept) => isNext(kept, "undo")),
      canRedo: () => state.undone.some((kept) => isNext(kept, "redo")),
      undo: () => step(latest(state.done, "undo"), "undo"),
      redo: () => step(latest(state.undone, "redo"), "redo"),
      others: () => state.others,
      onChange: (listener) => changed.on(listener),
    },
    record(entry, isBehind = false) {
      if (!isHere()) return;
      const kept: Kept = { entry, isQuiet: { undo: isBehind, redo: false } };
      recorded?.push({ kept, undone: state.undone });
      state.done.push(kept);
      drop(recorded !== undefined);
      forget();
      changed.emit();
    },
    undoEntry(entry) {
      if (!isHere()) return state.handle?.undoEntry(entry) ?? "nothing";
      const kept = state.done.find((each) => each.entry === entry);
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
      return () => state.handle?.revoke(mine.splice(0));
    },
    revoke(all) {
      for (const each of [...all].reverse()) revoke(each);
    },
    close() {
      if (isHere()) state.handle = undefined;
    },
  };
  state.handle = handle;
  return handle;
}

/** Steps that nobody can take back or do again any more. */
function createForgetting(state: HistoryState, entries: Entries) {
  /** Those that are undone, or passed over, do not count among those that a person can still take back. */
  function forget(): void {
    for (const isQuiet of [true, false]) {
      const { done } = state;
      const alike = done.filter((kept) => kept.isQuiet.undo === isQuiet);
      if (alike.length > MAX_ENTRIES) letGo(done.splice(done.indexOf(alike[0]!), 1));
    }
  }

  /** Forgets those of these that nobody can take back or do again from now on. */
  function letGo(some: readonly Kept[]): void {
    const isRedone = new Set([...state.undone, ...state.dropped.flat()]);
    for (const kept of some) {
      if (isRedone.has(kept) || (state.done.includes(kept) && !entries.isOver(kept.entry))) continue;
      state.done = without(state.done, kept);
      entries.forget(kept.entry);
    }
  }

  /** What was undone cannot be done again, for good but where what is recorded now may have to go: `isRevocable`. */
  function drop(isRevocable: boolean): void {
    const { undone, dropped } = state;
    if (undone.length > 0) dropped.push(undone);
    state.undone = [];
    const gone = dropped.splice(0, isRevocable ? Math.max(0, dropped.length - MAX_DROPPED) : dropped.length);
    letGo(gone.flat());
  }

  return { forget, letGo, drop };
}

function without(list: readonly Kept[], gone: Kept): Kept[] {
  return list.filter((kept) => kept !== gone);
}
