import { FIRST_DOCUMENT } from "../document/document-number.ts";
import { MAX_CLIENT, PAGES_OF_SESSION } from "../document/write-id.ts";
import { FIRST_PAGE, makerOf, pageIdOf } from "./page-id.ts";
import type { PageId } from "./page-id.ts";

/*
 * The documents of a board as frames name them: the first page is 0, the index 1, every other page its session's
 * number times 2^20 and its count. Between 1 and 2^20 there is none. All are below 2^52.
 */

/** Undefined for what is no page's id. */
export function documentOfPage(page: PageId): number | undefined {
  if (page === FIRST_PAGE) return FIRST_DOCUMENT;
  const { session, n } = makerOf(page) ?? {};
  return session === undefined || n === undefined ? undefined : session * PAGES_OF_SESSION + n;
}

/** Undefined for the index, and for what is no document's number. */
export function pageOfDocument(document: number): PageId | undefined {
  if (document === FIRST_DOCUMENT) return FIRST_PAGE;
  const session = Math.floor(document / PAGES_OF_SESSION);
  const isPage = Number.isInteger(document) && session >= 1 && session <= MAX_CLIENT;
  return isPage ? pageIdOf(session, document % PAGES_OF_SESSION) : undefined;
}
