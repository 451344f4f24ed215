import type { InkSample } from "../../src/ink/stroke.ts";

/** As the outbox sends the ink of a stroke that is drawn without haste: first soon, then by and by. */
const FIRST_MS = 50;
const EVERY_MS = 150;

/** A stroke in the parts that are sent together. */
export function batchesOf(
  stroke: readonly InkSample[],
  every = EVERY_MS,
  first = Math.min(every, FIRST_MS),
): InkSample[][] {
  const batches: InkSample[][] = [[]];
  let due = stroke[0]!.time + first;
  for (const sample of stroke) {
    if (sample.time > due) {
      batches.push([]);
      while (due < sample.time) due += every;
    }
    batches.at(-1)!.push(sample);
  }
  return batches;
}
