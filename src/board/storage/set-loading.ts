/*
 * Reads a stored board when a page opens it (set-reader.ts), and what the storage did not give then, later.
 */
import type { Clock } from "../../env/clock.ts";
import type { Findings } from "./run-reader.ts";
import { loadRuns, loadSet } from "./set-reader.ts";
import type { ReadInto, StoredReport } from "./set-reader.ts";
import { isBeyond, markChanged, takeLoaded } from "./set-state.ts";
import type { SetState } from "./set-state.ts";
import type { StoredCopy } from "./stored-set.ts";

export interface SetLoading {
  /** The first reading. */
  load(): Promise<StoredReport>;
  /** Reads what is lacking. Never rejects. */
  readAgain(): Promise<void>;
  /** When to do that; undefined: nothing is lacking. */
  readAgainAt(): number | undefined;
  /** It is known what there is, as far as it must not be overwritten. */
  isLoaded(): boolean;
  /** Something is lacking. */
  isIncomplete(): boolean;
}

export interface SetLoadingDeps {
  readonly clock: Clock;
  readonly copy: StoredCopy;
  readonly others: readonly StoredCopy[];
  readonly board: ReadInto;
  readonly state: SetState;
  readonly findings: Findings;
  isClosed(): boolean;
  /** A newer version wrote here. */
  newer(): void;
}

const RETRY_MS = 5000;

export function createSetLoading(deps: SetLoadingDeps): SetLoading {
  const { clock, copy, board, state, findings } = deps;
  let isLoaded = false;
  let isIncomplete = false;
  let readAgainAt: number | undefined;

  function tryAgain(isNeeded: boolean): void {
    isIncomplete = isNeeded;
    readAgainAt = isNeeded ? clock.now() + RETRY_MS : undefined;
  }

  async function load(): Promise<StoredReport> {
    const loaded = await loadSet(copy, board);
    const { damaged, newer, failed, isUnsure } = loaded;
    if (newer) deps.newer();
    if (deps.isClosed()) return { damaged, newer, failed };
    findings.damagedValues.push(...loaded.damagedValues);
    findings.repairs.push(...loaded.repairs);
    tryAgain(failed);
    if (!isUnsure) {
      takeLoaded(state, loaded, clock.now(), clock.now() + RETRY_MS);
      isLoaded = true;
      if (isBeyond(state, board.doc)) markChanged(state, clock.now());
      // Whatever is new in them is a change of this board, and is written like any other.
      const { doc, guard } = board;
      for (const each of deps.others) void loadSet(each, { doc, guard, apply: (act) => act() });
    }
    return { damaged, newer, failed };
  }

  /** Of the runs that are known, those that could not be read. */
  async function readRuns(from: number): Promise<void> {
    const { version } = state;
    const names = state.runs.slice(from).map(({ name }) => name);
    const { runs, newer } = await loadRuns(copy, board, names, findings);
    if (newer) deps.newer();
    if (deps.isClosed() || version !== state.version) return;
    state.runs = [...state.runs.slice(0, from), ...runs];
    tryAgain(runs.some((run) => run.state === "unread"));
    markChanged(state, clock.now());
  }

  return {
    load,
    async readAgain() {
      readAgainAt = undefined;
      if (!isLoaded) {
        await load();
        return;
      }
      const from = state.runs.findIndex((run) => run.state === "unread");
      if (from < 0) tryAgain(false);
      else await readRuns(from);
    },
    readAgainAt: () => readAgainAt,
    isLoaded: () => isLoaded,
    isIncomplete: () => isIncomplete,
  };
}
