import { expect } from "vitest";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { describeDocument } from "./describe-document.ts";
import { expectAlive } from "./expect-alive.ts";
import { createLab } from "./lab.ts";
import type { Lab } from "./lab.ts";

/** What the guard says to each; the page must be as before, and live. */
export function verdicts(make: (lab: Lab) => Iterable<Uint8Array>): Set<Verdict["kind"]> {
  const lab = createLab();
  const before = describeDocument(lab.page.doc);
  const kinds = new Set<Verdict["kind"]>();
  for (const update of make(lab)) kinds.add(lab.page.admit(update).kind);
  expect(describeDocument(lab.page.doc)).toBe(before);
  expectAlive(lab);
  lab.close();
  return kinds;
}

export const REFUSED = new Set(["refused"]);
export const WAITING = new Set(["waiting"]);
export const KNOWN = new Set(["known"]);
