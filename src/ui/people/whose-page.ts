import type { PageId } from "../../board/pages/page-id.ts";
import { FIRST_PAGE } from "../../board/pages/page-id.ts";
import type { Contact } from "../../session.ts";

/** The page that a contact looks at; undefined where that is not known, or it is not here. */
export function pageOf({ state, page, presence }: Contact): PageId | undefined {
  if (state !== "here") return undefined;
  // An app that tells what it does and of no pages knows the first one only.
  return page ?? (presence && FIRST_PAGE);
}

/** Tells the number of the page that a contact looks at; undefined: it is the one that is shown here, or not known. */
export type ElsewhereOf = (contact: Contact) => number | undefined;

/** Of a board with one page. */
export const nowhereElse: ElsewhereOf = () => undefined;
