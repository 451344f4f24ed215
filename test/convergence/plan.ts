import { createPrng } from "../../src/base/prng.ts";
import type { Prng } from "../../src/base/prng.ts";
import { WHEN_CLOSED, WHEN_OPEN } from "./actions.ts";
import type { Action } from "./actions.ts";
import type { Operation } from "./operation.ts";
import { PICTURES } from "./pictures.ts";
import { namesOf } from "./run-options.ts";
import type { RunOptions } from "./run-options.ts";

/** Between closing a page and opening the next one a person needs at least this long. */
const REOPEN_MS = 1000;
/** Between two operations of one person, at most, on an average. */
const PAUSE_MS = 2400;

/** What will happen in a run. The same options give the same list. */
export function planOperations(options: RunOptions): Operation[] {
  const prng = createPrng(options.seed);
  const names = namesOf(options);
  const operations: Operation[] = [];
  const openFrom = new Map<string, number>();
  const closed = new Set(names);
  const open = options.pictures ? { ...WHEN_OPEN, ...PICTURES } : WHEN_OPEN;
  const add = (at: number, who: string, what: string): void => {
    operations.push({ at, who, what, seed: prng.uint32() });
  };
  for (const who of names) {
    // Some join late.
    if (!prng.chance(0.7)) continue;
    add(0, who, "open");
    closed.delete(who);
  }
  for (let at = 0; ;) {
    at += prng.below(Math.ceil(PAUSE_MS / options.peers));
    if (at >= options.durationMs) return operations;
    const who = names[prng.below(names.length)]!;
    if ((openFrom.get(who) ?? 0) > at) continue;
    const [what, action] = pick(prng, closed.has(who) ? WHEN_CLOSED : open, options.peers);
    add(at, who, what);
    if (action.page === "opens") closed.delete(who);
    if (action.page === "closes") {
      closed.add(who);
      openFrom.set(who, at + REOPEN_MS);
    }
  }
}

/** The action of an operation; undefined where there is none of this name. */
export function actionOf({ what }: Operation): Action | undefined {
  return WHEN_OPEN[what] ?? WHEN_CLOSED[what] ?? PICTURES[what];
}

function pick(prng: Prng, actions: Readonly<Record<string, Action>>, peers: number): [string, Action] {
  const entries = Object.entries(actions).filter(([, action]) => peers >= (action.peers ?? 2));
  let rest = prng.below(entries.reduce((sum, [, { weight }]) => sum + weight, 0));
  for (const entry of entries) {
    rest -= entry[1].weight;
    if (rest < 0) return entry;
  }
  throw new Error("weights do not add up");
}
