import { expect, test } from "vitest";
import { pagesRun } from "./pages-run.ts";

/*
 * A few of the runs of `npm run fuzz:pages`. In 111 a phone loses one page alone, of which it had noted what was on it,
 * and that nobody opens: it looks itself, and asks. In 4494 and 5018 one of those in memory was asked about in vain, as the
 * contact was gone: it is asked about again when that says what it has. In 5230 an undo that finds nothing is followed by a redo.
 */
test.each([1, 2, 3, 4, 5, 111, 4494, 5018, 5230])("pages in any weather, seed %i", async (seed) => {
  const { failures, dots } = await pagesRun({ seed, steps: 80 });
  expect(failures).toEqual([]);
  expect(dots).toBeGreaterThan(10);
});
