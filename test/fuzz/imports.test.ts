import { expect, test } from "vitest";
import { runImports } from "./import-run.ts";

test("hundreds of damaged and forged files are read without harm; `npm run fuzz:imports` tries more", async () => {
  const { failure, cases, came } = await runImports({ seed: 1, cases: 600, endsAt: Infinity });
  expect(failure).toBeUndefined();
  expect(cases).toBe(600);
  // Were all refused at once, or none, nothing would be tested.
  for (const kind of ["read", "broken", "newer", "foreign"])
    expect([kind, (came.get(kind) ?? 0) > 5]).toEqual([kind, true]);
});
