/*
 * Keeps the heads of a stored board short and its runs few (stored-set.ts).
 *
 *   idle --enough is recent--> writing --both twins are written, 3 s--> named in the heads
 *    ^                                                                     |
 *    +---------- what it replaces is emptied <-- both heads are written, 3 s
 */
import type { Clock } from "../../env/clock.ts";
import { readRun } from "./run-reader.ts";
import { atOnce, inTasks } from "./run-content.ts";
import { QUIET_MS } from "./run-writer.ts";
import type { Made, RunWriter } from "./run-writer.ts";
import { markStale } from "./set-state.ts";
import type { SetState } from "./set-state.ts";
import { OLD_LAYOUT, partKey, runTable, TWINS } from "./stored-set.ts";
import type { RunName, StoredCopy } from "./stored-set.ts";

export interface Compaction {
  /** Does what is due now. Never rejects. */
  step(): Promise<void>;
  /** When something is due; undefined: nothing is. */
  dueAt(): number | undefined;
  /** Makes what is recent a run at once, since it fits into no head. */
  atOnce(): void;
  /** The same in tasks: for much that came in one go. Given up where the runs are other ones before it is done. */
  soon(): Promise<void>;
  /** The runs are other ones: what was begun is given up. */
  giveUp(): void;
}

export interface CompactionDeps {
  readonly clock: Clock;
  readonly copy: StoredCopy;
  readonly state: SetState;
  readonly runWriter: RunWriter;
  isClosed(): boolean;
  /** Waits for a task of its own. */
  turn(): Promise<void>;
  /** Whether this page may make runs now: no other page does, and no head was written unseen. */
  mayBegin(): Promise<boolean>;
}

/** The host writes a table up to two seconds after it took a value. */
const DURABLE_MS = 3000;
/** What did not work is tried again after it. */
const REST_MS = 30_000;

type Phase =
  | { readonly kind: "idle" }
  | { readonly kind: "busy" }
  | { readonly kind: "written"; readonly at: number; readonly made: Made }
  | { readonly kind: "named" };

export function createCompaction(deps: CompactionDeps): Compaction {
  const { clock, copy, state, runWriter } = deps;
  let phase: Phase = { kind: "idle" };
  let notBefore = -Infinity;
  /** What no list names any more. */
  let replaced: RunName[] = [];
  /** How often the list of runs became another page's. */
  let adoptions = 0;

  /** The heads name the new run from now on. */
  function takeIn({ run, kept, deletedBefore }: Made): void {
    replaced.push(...state.runs.slice(kept).map((each) => each.name));
    state.runs = [...state.runs.slice(0, kept), run];
    state.version = run.name.sequence;
    state.deleted = state.deleted.slice(deletedBefore);
    state.isLoose &&= kept > 0;
    state.recentBytes = 0;
    markStale(state);
    phase = { kind: "named" };
  }

  /** Without waiting until it is on disk: what is in it is in no other value yet. */
  function takeInNow(made: Made | undefined): void {
    if (!made) return;
    takeIn(made);
    void made.areWritten.then((isThere) => {
      if (isThere) return;
      made.run.state = "lost";
      markStale(state);
    });
  }

  const begun = (): RunName[] => (phase.kind === "written" ? [phase.made.run.name] : []);
  const makeRecent = (): ReturnType<RunWriter["make"]> =>
    runWriter.make(runWriter.keptAtOnce(), () => [...replaced, ...begun()]);

  async function begin(): Promise<void> {
    const beginning: Phase = { kind: "busy" };
    phase = beginning;
    const isStill = (): boolean => !deps.isClosed() && phase === beginning;
    const may = await deps.mayBegin();
    if (!isStill()) return;
    const kept = runWriter.keptRuns();
    // Something changed meanwhile, on a board that was at rest.
    if (may && !isDue(runWriter.neededAt())) return wait(0);
    if (may && kept === undefined) return wait(QUIET_MS);
    if (!may || kept === undefined) return wait(REST_MS);
    const made = await inTasks({
      work: runWriter.make(kept, () => replaced),
      turn: deps.turn,
      isStill,
      done(run) {
        if (run) phase = { kind: "written", at: clock.now(), made: run };
      },
    });
    if (!made) return isStill() ? wait(REST_MS) : undefined;
    const isOwn = (): boolean => phase.kind === "written" && phase.made === made;
    if (!(await made.areWritten) && isOwn()) wait(REST_MS);
  }

  function isDue(at: number | undefined): boolean {
    return at !== undefined && at <= clock.now();
  }

  function wait(ms: number): void {
    phase = { kind: "idle" };
    notBefore = clock.now() + ms;
  }

  /** It is on disk by now, unless another page wrote there, or the device failed. */
  async function finish(made: Made): Promise<void> {
    phase = { kind: "busy" };
    const found = await readRun(copy, made.run.name, { damagedValues: [], repairs: [] });
    if (deps.isClosed() || phase.kind !== "busy") return;
    const isThere = typeof found !== "string" && found.isWhole;
    if (isThere && made.version === state.version) return takeIn(made);
    wait(REST_MS);
  }

  return {
    async step() {
      if (!isDue(this.dueAt())) return;
      if (phase.kind === "idle") await begin();
      else if (phase.kind === "written") await finish(phase.made);
      else if (phase.kind === "named") {
        emptyRuns(copy, replaced);
        replaced = [];
        phase = { kind: "idle" };
      }
    },
    dueAt() {
      if (phase.kind === "idle") {
        const at = runWriter.neededAt();
        return at === undefined ? undefined : Math.max(notBefore, at);
      }
      if (phase.kind === "written") return phase.at + DURABLE_MS;
      return phase.kind === "named" ? emptiedAt(state) : undefined;
    },
    atOnce() {
      takeInNow(atOnce(makeRecent()));
    },
    async soon() {
      const [version, before] = [state.version, adoptions];
      await inTasks({
        work: makeRecent(),
        turn: deps.turn,
        isStill: () => !deps.isClosed() && state.version === version && adoptions === before,
        done: takeInNow,
      });
    },
    giveUp() {
      adoptions++;
      if (phase.kind === "idle") return;
      replaced = [];
      phase = { kind: "idle" };
    },
  };
}

/** When what was replaced may be emptied: no head that counts names it, not even on disk. */
function emptiedAt({ twins, version }: SetState): number | undefined {
  const written = twins.filter(({ head }) => head?.version === version);
  const areOthersRefused = twins.every((twin) => written.includes(twin) || twin.hasFailed);
  if (written.length === 0 || !areOthersRefused) return undefined;
  return Math.max(...written.map(({ namesSince }) => namesSince)) + DURABLE_MS;
}

function emptyRuns({ storage, boardId }: StoredCopy, names: readonly RunName[]): void {
  for (const { place, parts } of names) {
    if (place === OLD_LAYOUT) continue;
    for (const twin of TWINS) {
      for (let i = 0; i < parts; i++) {
        void storage.write(runTable(boardId, place, twin), partKey(i), new Uint8Array(0));
      }
    }
  }
}
