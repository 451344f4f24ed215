import { expect, test } from "vitest";
import { runFuzz } from "./guard-run.ts";

test("thousands of hostile messages leave pages that live; `npm run fuzz:guard` tries more", () => {
  const { failure, cases, kinds } = runFuzz({ seed: 20, cases: 1500, maxMs: Infinity });
  expect(failure).toBeUndefined();
  expect(cases).toBe(1500);
  // Were nothing ever taken, nothing would be tested.
  for (const [kind, { applied }] of kinds)
    expect([kind, applied > 0 || kind === "replayed"]).toEqual([kind, true]);
});

test("a case is the same for the same seed and number", () => {
  const [first, second] = [1, 2].map(() => runFuzz({ seed: 3, cases: 100, maxMs: Infinity }));
  expect(first!.refusals).toEqual(second!.refusals);
  expect(first!.kinds).toEqual(second!.kinds);
});
