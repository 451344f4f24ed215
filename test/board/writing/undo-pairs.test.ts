/*
 * Each kind of deed with each other one, by two people: undo and redo on both sides. `npm run fuzz:undo` tries
 * more of them, in longer rows.
 */
import { expect, test } from "vitest";
import { anyMoves } from "./undo-moves.ts";
import { createPrng } from "../../../src/base/prng.ts";
import { KINDS } from "./undo-kinds.ts";
import { runMoves } from "./undo-run.ts";
import type { Move } from "./undo-run.ts";

const press = (who: 0 | 1, does: "undo" | "redo"): Move => ({ who, does });

/** What is pressed once both have acted; in the end of each run all is taken back and done again. */
const PROGRAMS: readonly (readonly Move[])[] = [
  ["sync", press(0, "undo"), "sync", press(1, "undo")],
  ["sync", press(0, "undo"), press(1, "undo"), "sync", press(0, "redo")],
  [press(0, "undo"), "sync", press(1, "undo")],
  ["sync", press(1, "undo"), "sync", press(1, "redo"), press(0, "undo")],
  ["sync"],
  ["sync", press(1, "undo"), press(0, "undo"), press(0, "redo"), "sync", press(1, "redo")],
  [press(1, "undo"), "sync", press(1, "redo"), press(0, "undo")],
];

/** Each pair meets the programs in turn, and each kind meets all of them with others. */
const pairs = Object.keys(KINDS).flatMap((first, i) =>
  Object.keys(KINDS).map((second, j) => ({ first, second, program: PROGRAMS[(i + j) % PROGRAMS.length]! })),
);

test.each(["at once", "one after the other"])("all pairs of two people who act %s", (when) => {
  for (const { first, second, program } of pairs) {
    // At once, neither is the first: a pair is that of the same two the other way round.
    if (when === "at once" && first > second) continue;
    const acts: Move[] = [
      { who: 0, does: "act", kind: first },
      { who: 1, does: "act", kind: second },
    ];
    if (when !== "at once") acts.splice(1, 0, "sync");
    expect(() => runMoves([...acts, ...program])).not.toThrow();
  }
});

test("longer rows of what two people may do", () => {
  for (let seed = 0; seed < 60; seed++) expect(() => runMoves(anyMoves(createPrng(seed)))).not.toThrow();
});
