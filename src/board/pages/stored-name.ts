import { makerOf } from "./page-id.ts";
import type { PageId } from "./page-id.ts";

/*
 * What the names of tables in the storage have behind the board's id, for each document but the first one: letters
 * and digits, so that no two documents of any boards have one name.
 */

export const INDEX_NAME = "i";

/** Of a page other than the first. */
export function storedNameOf(page: PageId): string {
  const { session = 0, n = 0 } = makerOf(page) ?? {};
  return `p${session.toString(36).padStart(7, "0")}${n.toString(36).padStart(4, "0")}`;
}
