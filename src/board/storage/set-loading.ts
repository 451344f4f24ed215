/*
 * Reads a stored board when a page opens it (set-reader.ts), and what the storage did not give then, later.
 */
import type { Clock } from "../../env/clock.ts";
import { checkTwins } from "./run-reader.ts";
import type { Findings } from "./run-reader.ts";
import { loadRuns } from "./run-loading.ts";
import { loadSet } from "./set-reader.ts";
import type { ReadHeads } from "./set-reader.ts";
import type { ReadInto, StoredReport } from "./run-loading.ts";
import { isBeyond, markChanged, takeLoaded } from "./set-state.ts";
import type { SetState } from "./set-state.ts";
import { OLD_LAYOUT } from "./stored-set.ts";
import type { RunName, StoredCopy } from "./stored-set.ts";

export interface SetLoading {
  /** The first reading. */
  load(): Promise<StoredReport>;
  /** Reads what is lacking. Never rejects. */
  readAgain(): Promise<void>;
  /** When to do that, or to look at what was not read because all was well; undefined: nothing is to be done. */
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
  /** As loadSet has it. */
  readonly begun?: ((heads: ReadHeads) => Promise<void>) | undefined;
}

const RETRY_MS = 5000;
const CHECK_MS = 20_000;

export function createSetLoading(deps: SetLoadingDeps): SetLoading {
  const { clock, copy, board, state, findings } = deps;
  let isLoaded = false;
  let isIncomplete = false;
  let readAgainAt: number | undefined;
  let areTwinsChecked = false;

  function tryAgain(isNeeded: boolean): void {
    isIncomplete = isNeeded;
    if (isNeeded) readAgainAt = clock.now() + RETRY_MS;
    else readAgainAt = areTwinsChecked ? undefined : clock.now() + CHECK_MS;
  }

  /** Once in a page's life: a twin that is damaged unnoticed is none. Not one that may just be written. */
  async function check(): Promise<void> {
    areTwinsChecked = true;
    const names = state.runs.flatMap(({ name }) => (name.place === OLD_LAYOUT ? [] : name));
    const found: Findings = { damagedValues: [], repairs: [] };
    await checkTwins(copy, names, found);
    findings.damagedValues.push(...found.damagedValues);
    const isStill = (name: RunName): boolean => state.runs.some((run) => run.name === name);
    if (names.every(isStill)) findings.repairs.push(...found.repairs);
  }

  async function load(): Promise<StoredReport> {
    const loaded = await loadSet(copy, board, deps.begun);
    board.arrival?.end();
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
      if (from >= 0) await readRuns(from);
      else if (isIncomplete) tryAgain(false);
      else await check();
    },
    readAgainAt: () => readAgainAt,
    isLoaded: () => isLoaded,
    isIncomplete: () => isIncomplete,
  };
}
