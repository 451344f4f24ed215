/*
 * Each kind of deed with each other one, by two people: undo and redo on both sides, in the orders in which
 * what the one did can meet what the other took back.
 */
import { expect, test } from "vitest";
import { KINDS } from "./kinds.ts";
import { runMoves } from "./run.ts";
import type { Move } from "./run.ts";

const NAMES = Object.keys(KINDS);

const press = (who: 0 | 1, does: "undo" | "redo"): Move => ({ who, does });

/** After both have acted. */
const PROGRAMS: Readonly<Record<string, readonly Move[]>> = {
  "and then take everything back": [],
  "and the first takes back first": [press(0, "undo"), "sync", press(1, "undo"), "sync"],
  "and take back at once": [press(0, "undo"), press(1, "undo"), "sync"],
  "and the second takes back and does again while the first takes back": [
    press(1, "undo"),
    "sync",
    press(1, "redo"),
    press(0, "undo"),
    "sync",
  ],
};

test.each(Object.entries(PROGRAMS))("two people who act %s", (_, program) => {
  const failures: string[] = [];
  for (const first of NAMES) {
    for (const second of NAMES) {
      const acts: readonly Move[] = [
        { who: 0, does: "act", kind: first },
        { who: 1, does: "act", kind: second },
      ];
      for (const before of [acts, [acts[0]!, "sync" as const, acts[1]!]]) {
        for (const moves of [
          [...before, "sync" as const, ...program],
          ...(program[0] ? [[...before, ...program]] : []),
        ]) {
          try {
            runMoves(moves);
          } catch (error) {
            failures.push(String(error));
          }
        }
      }
    }
  }
  const byMsg = new Map<string, string[]>(); for (const f of failures) { const m = f.split("\n")[0]!.split(": ").at(-1)!; byMsg.set(m, [...(byMsg.get(m) ?? []), f.slice(0, 400)]); } for (const [m, l] of byMsg) console.log(m, l.length, "\n", l.filter((_, i) => i % Math.ceil(l.length / 12) === 0).map((x) => x.split("\n")[0]).join("\n "));
  expect(failures.length).toEqual(0); expect([]).toEqual([]);
});
