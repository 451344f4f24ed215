import * as Y from "yjs";
import { sameId } from "./parties.ts";
import type { WriteId } from "./scan.ts";

/**
 * How many entries Yjs passes on its way to the place of a new one (Item.integrate, yjs 13.6), for an
 * entry of `client` after `origin` without anything to its right. Stops at `limit`.
 *
 * Next to nothing for honest sessions: an entry goes to the end of what its session sees, so it
 * passes only what others added to that same end meanwhile.
 */
export function conflictSteps(
  store: Y.Doc["store"],
  first: Y.Item | null,
  origin: WriteId | undefined,
  client: number,
  limit: number,
): number {
  let steps = 0;
  let passed: Set<Y.Item> | undefined;
  for (let at = first; at && steps < limit; at = at.right) {
    if (sameId(at.origin, origin)) {
      if (at.id.client >= client) break;
    } else if (!at.origin || !passed?.has(Y.getItem(store, at.origin))) {
      break;
    }
    passed ??= new Set();
    passed.add(at);
    steps++;
  }
  return steps;
}
