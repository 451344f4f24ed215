import { expect, test } from "vitest";
import { runDirectFuzz } from "./direct-run.ts";

test("[S22] whatever a contact says of connections, none begins but of this person's doing; `npm run fuzz:guard` tries more", async () => {
  const { failure, begun, described, refused, connected } = await runDirectFuzz({ seed: 4, runs: 40 });
  expect(failure).toBeUndefined();
  // Were nothing ever taken, nothing would be tested.
  expect(begun).toBeGreaterThan(200);
  expect(described).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(40);
  expect(connected).toBeGreaterThan(20);
});
