import type { Prng } from "../../../src/base/prng.ts";
import { KINDS } from "./undo-kinds.ts";
import type { Move } from "./undo-run.ts";

/** The same, where the pages of both leave the memory now and then. */
export function withLeaving(moves: readonly Move[], prng: Prng): Move[] {
  return moves.flatMap((move) =>
    prng.chance(0.5) ? [{ who: prng.chance(0.5) ? 0 : 1, does: "leave" } as const, move] : [move],
  );
}

const MAX_MOVES = 16;

/** What two people may do, as a seed says. */
export function anyMoves(prng: Prng): Move[] {
  const kinds = Object.keys(KINDS);
  return Array.from({ length: 2 + prng.below(MAX_MOVES) }, (): Move => {
    const chance = prng.next();
    if (chance < 0.25) return "sync";
    const who = prng.chance(0.5) ? 0 : 1;
    if (chance < 0.6) return { who, does: "act", kind: kinds[prng.below(kinds.length)]! };
    return { who, does: chance < 0.85 ? "undo" : "redo" };
  });
}
