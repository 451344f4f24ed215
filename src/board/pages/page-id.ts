import { entryKey, readKey } from "../document/keys.ts";
import { ENTRY_FIELDS } from "../document/schema.ts";
import { shortId } from "../document/write-id.ts";

/**
 * `session.n` in base 36: the session that made the page, which alone makes pages under its number, and how many it
 * had made before. The first page is there without having been made.
 */
export type PageId = string;
export const FIRST_PAGE: PageId = "";

export function pageIdOf(session: number, n: number): PageId {
  return shortId(session, n);
}

/** Who made a page, and as which of theirs. */
export interface PageMaker {
  readonly session: number;
  readonly n: number;
}

/** Undefined for the first page, and for what is no page's id in its one spelling. */
export function makerOf(page: PageId): PageMaker | undefined {
  const { client, n } = readKey("attrs", entryKey(page, ENTRY_FIELDS.made.key)) ?? {};
  return client === undefined || n === undefined ? undefined : { session: client, n };
}
