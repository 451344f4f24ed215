import { visibleLine } from "../../base/visible-line.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { PageInfo } from "../../session/pages.ts";
import { MAX_NAME_CHARS } from "../../sync/wire/name.ts";
import type { Strings } from "./strings.ts";

/** A page's name as it may be shown; empty where nobody gave it one that can be seen. */
export function pageName({ name }: Pick<PageInfo, "name">): string {
  return visibleLine(name, MAX_NAME_CHARS);
}

/** The place of a page among all, from 1; undefined: it is none of them. */
export function pageNumber(pages: readonly PageInfo[], id: PageId): number | undefined {
  const at = pages.findIndex((page) => page.id === id);
  return at < 0 ? undefined : at + 1;
}

/** What a page is called: by its name, or by its place; what was removed has none. */
export function pageTitle(pages: readonly PageInfo[], page: PageInfo, { pages: words }: Strings): string {
  const number = pageNumber(pages, page.id);
  return pageName(page) || (number === undefined ? words.unnamed : words.pageAt(number));
}

/** Where one is: "Page 3 of 5: Plans". */
export function placeText(pages: readonly PageInfo[], id: PageId, { pages: words }: Strings): string {
  const number = pageNumber(pages, id);
  if (number === undefined) return words.gone;
  const name = pageName(pages[number - 1]!);
  return name === "" ? words.place(number, pages.length) : words.placeNamed(number, pages.length, name);
}
