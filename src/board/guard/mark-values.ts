import { decodePlaces } from "../document/marks.ts";
import type { Places } from "../document/marks.ts";
import { Refusal } from "./refusal.ts";

/**
 * What no honest page writes: sessions of which a mark hides nothing, and ranges without a clock. They would cost
 * time with each change and hide nothing. Throws Refusal.
 */
export function checkMark(value: Uint8Array): void {
  const mark = decodePlaces(value);
  if (!mark) return;
  const isEmpty = [...mark.places.values()].some((ends) => ends.length === 0 || hasEmpty(ends));
  if (isEmpty) throw new Refusal("a mark that hides nothing of a session");
}

function hasEmpty(ends: Places): boolean {
  for (let i = 0; i < ends.length; i += 2) if (ends[i] === ends[i + 1]) return true;
  return false;
}
