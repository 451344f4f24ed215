import type * as Y from "yjs";
import type { BoardChange } from "../document/board.ts";
import { LOCAL_ORIGIN, STORAGE_ORIGIN } from "../document/document.ts";

/** Who caused a transaction: what is of no known origin is a contact's. */
export function originOf({ origin }: Y.Transaction): BoardChange["origin"] {
  if (origin === LOCAL_ORIGIN) return "local";
  return origin === STORAGE_ORIGIN ? "storage" : "remote";
}
