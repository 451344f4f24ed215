import { decodePlaces } from "../document/marks.ts";
import { Refusal } from "./refusal.ts";

/**
 * What no honest page writes: sessions of which a mark hides nothing, and ranges without a clock. They would cost
 * time with each change and hide nothing. Throws Refusal.
 */
export function checkMark(value: Uint8Array): void {
  const mark = decodePlaces(value);
  if (!mark) return;
  const { clients, firsts, ends } = mark;
  const hasNone = clients.some((_, i) => firsts[i] === firsts[i + 1]);
  if (hasNone || ends.some((end, i) => i % 2 === 1 && end === ends[i - 1]))
    throw new Refusal("a mark that hides nothing of a session");
}
