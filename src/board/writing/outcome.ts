import type { Step } from "../document/board.ts";

/** What came of taking a part back, or doing it again; as Step has it. */
export type Outcome = Exclude<Step, "nothing">;

export type Way = "undo" | "redo";

/** Called with the sessions that are why something was not done as a whole. */
export type Blame = (sessions: Iterable<number>) => void;

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
