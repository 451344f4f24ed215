import { decodeMark } from "../document/marks.ts";
import { Refusal } from "./refusal.ts";

/**
 * What no honest page writes: sessions of which a mark hides nothing, and ranges without a clock. They would cost
 * time with each change and hide nothing. Throws Refusal.
 */
export function checkMark(value: Uint8Array): void {
  const mark = decodeMark(value);
  if (!mark) return;
  const isEmpty =
    mark.kind === "clear"
      ? [...mark.below.values()].includes(0)
      : [...mark.ranges.values()].some(
          (ranges) => ranges.length === 0 || ranges.some(({ start, end }) => start === end),
        );
  if (isEmpty) throw new Refusal("a mark that hides nothing of a session");
}
