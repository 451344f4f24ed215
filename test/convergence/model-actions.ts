import * as Y from "yjs";
import { REMOTE_ORIGIN } from "../../src/board/document/document.ts";
import { CHANGES } from "./model-changes.ts";
import { INK } from "./model-ink.ts";
import { LAYERS } from "./model-layers.ts";
import { oneOf, same } from "./model-step.ts";
import type { Action, Choice, Peer, Run } from "./model-step.ts";
import { TEXTS } from "./model-texts.ts";

/** Something that one person does, or that gets from one to another. */
export interface ModelOperation extends Choice {
  readonly who: number;
  readonly what: keyof typeof ACTIONS;
}

export const ACTIONS = {
  ...INK,
  ...CHANGES,
  ...TEXTS,
  ...LAYERS,
  undo: (run, { board, person }) => same(board.history.undo(), person.step("undo")),
  redo: (run, { board, person }) => same(board.history.redo(), person.step("redo")),
  /** Everybody gets everything. */
  meet(run) {
    for (const peer of run.peers) deliver(run, peer, run.steps.keys());
  },
  /** All steps that the one has and the other has not, or the next few of them. */
  sync(run, to, { a, b }) {
    const from = oneOf(run.peers, a)!;
    const lacking = [...from.known].filter((step) => !to.known.has(step)).sort((x, y) => x - y);
    deliver(run, to, b % 3 > 0 ? lacking : lacking.slice(0, 1 + (b % 5)));
  },
} as const satisfies Record<string, Action>;

export function deliver(run: Run, to: Peer, numbers: Iterable<number>): void {
  for (const number of numbers) {
    if (to.known.has(number)) continue;
    to.known.add(number);
    const { updates, facts } = run.steps[number]!;
    for (const update of updates) Y.applyUpdate(to.doc, update, REMOTE_ORIGIN);
    for (const fact of facts) to.person.view.add(fact);
  }
}
