/*
 * The cases with which the guard is tried: how many of which kind.
 */
import type { Prng } from "../../src/base/prng.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { decodeRaw, encodeRaw } from "../board/guard/raw-update.ts";
import { addressed, anyAppend, mutateMessage } from "./guard-messages.ts";
import type { Material, Stage } from "./guard-stage.ts";
import { madeUp, mutateRaw } from "./guard-structures.ts";
import { anyUpdate, mutateBytes, pick } from "./guard-values.ts";

/** One thing to hand to a page: a name for the statistics, and the messages. */
export interface Case {
  readonly kind: string;
  readonly texts: readonly string[];
}

/** The case of a seed and a number: the same for the same, whatever ran before. */
export function makeCase(prng: Prng, material: Material, stage: Stage): Case {
  const dice = prng.below(100);
  const wrap = (update: Uint8Array): string => {
    const isDiff = prng.chance(0.3);
    const last = prng.chance(0.7);
    const says: Frame = isDiff ? { type: "diff", update, last } : { type: "update", update };
    return stage.message([prng.chance(0.25) ? addressed(prng, says) : says]);
  };
  if (dice < 4) return { kind: "honest", texts: [wrap(pick(prng, material.fresh))] };
  if (dice < 6) return { kind: "replayed", texts: [wrap(pick(prng, material.known))] };
  if (dice < 26) return { kind: "bytes", texts: [wrap(mutateBytes(prng, anyUpdate(prng, material)))] };
  if (dice < 66) {
    const raw = decodeRaw(anyUpdate(prng, material));
    for (let left = 1 + prng.below(3); left > 0; left--) mutateRaw(prng, raw, material);
    return { kind: "structure", texts: [wrap(encodeRaw(raw))] };
  }
  if (dice < 77) return { kind: "append", texts: [anyAppend(prng, stage)] };
  if (dice < 87) return { kind: "made up", texts: [wrap(encodeRaw(madeUp(prng)))] };
  if (dice < 98) return { kind: "message", texts: [mutateMessage(prng, material, stage)] };
  const parts = Array.from({ length: 2 + prng.below(6) }, () =>
    wrap(prng.chance(0.5) ? encodeRaw(madeUp(prng)) : pick(prng, material.fresh)),
  );
  return { kind: "several", texts: parts };
}
