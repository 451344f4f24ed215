import { expect, test } from "vitest";
import { pagesRun } from "./pages-run.ts";

/*
 * A few of the runs of `npm run fuzz:pages`. In 111 a phone loses one page alone, of which it had noted what was on it,
 * and that nobody opens: it looks itself, and asks.
 */
test.each([1, 2, 3, 4, 5, 111])("pages in any weather, seed %i", async (seed) => {
  const { failures, dots } = await pagesRun({ seed, steps: 80 });
  expect(failures).toEqual([]);
  expect(dots).toBeGreaterThan(10);
});
