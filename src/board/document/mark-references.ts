import { CUT_STEPS } from "./marks.ts";
import type { Mark } from "./marks.ts";

/** Per session, the first clock behind what the mark is about: its author had seen everything before it. */
export function referencesOf(mark: Mark): ReadonlyMap<number, number> {
  if (mark.kind === "clear") return mark.below;
  const steps = mark.kind === "cut" ? CUT_STEPS : 1;
  return new Map(
    [...mark.ranges].map(
      ([client, ranges]) => [client, Math.ceil((ranges.at(-1)?.end ?? 0) / steps)] as const,
    ),
  );
}
