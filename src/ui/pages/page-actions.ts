/*
 * What a person does with the pages, whichever key, button or finger it is done with, and what there is to say
 * about it. That another page is shown is said by whoever shows it.
 */
import type { PageId } from "../../board/pages/page-id.ts";
import type { PageInfo, Pages } from "../../session/pages.ts";
import type { Notices } from "../notices/notices.ts";
import { NOTICE_SECONDS } from "../notices/session-notices.ts";
import { isFewLeft } from "./few-left.ts";
import { pageNumber, pageTitle, placeText } from "../words/page-title.ts";
import type { Strings } from "../words/strings.ts";

/** Each says whether there was anything to do. */
export interface PageActions {
  go(id: PageId): boolean;
  /** To the page that many further on; at either end it says where that is. */
  step(by: 1 | -1): boolean;
  /** Makes a page there, at the end without `at`, and goes to it. */
  add(at?: number): boolean;
  /** The same behind the page that is shown; undefined: there is no room for a page. */
  begin(): (() => void) | undefined;
  duplicate(id: PageId): void;
  rename(id: PageId, name: string): boolean;
  move(id: PageId, at: number): boolean;
  moveBy(id: PageId, by: 1 | -1): boolean;
  /** With a notice that takes it back. */
  remove(id: PageId): boolean;
  restore(id: PageId): boolean;
  /** Asks first. */
  empty(): void;
}

export interface PageActionsDeps {
  /** Undefined before there is a board. */
  readonly pages: () => Pages | undefined;
  readonly notices: Pick<Notices, "show">;
  readonly strings: Strings;
  /** Says aloud what is otherwise only seen. */
  readonly say: (text: string) => void;
  /** The person is about to go to another page: what is under way on this one ends here. */
  readonly onTurn: () => void;
}

/** How long the notice of a removed page offers to bring it back. */
const UNDO_SECONDS = 10;

export function createPageActions({ pages, notices, strings, say, onTurn }: PageActionsDeps): PageActions {
  const words = strings.pages;
  const titleOf = (id: PageId): string => {
    const list = pages()?.list() ?? [];
    const page = [...list, ...(pages()?.removed() ?? [])].find((each) => each.id === id);
    return page ? pageTitle(list, page, strings) : words.unnamed;
  };
  const tellFull = (): void =>
    void notices.show({ kind: "pages-full", text: words.full, seconds: NOTICE_SECONDS });

  const go = (id: PageId): boolean => {
    const all = pages();
    if (!all || all.current() === id) return false;
    onTurn();
    all.show(id);
    return true;
  };
  let wasTold = false;
  const add = (at?: number): boolean => {
    const id = pages()?.add(at);
    if (id === undefined) tellFull();
    else tellFew();
    return id !== undefined && go(id);
  };
  /** Before the last one is made, once. */
  function tellFew(): void {
    const left = pages()?.left() ?? Infinity;
    if (wasTold || left === 0 || !isFewLeft(left)) return;
    wasTold = true;
    notices.show({ kind: "pages-full", text: words.left(left), seconds: NOTICE_SECONDS });
  }
  const move = (id: PageId, at: number): boolean => {
    const title = titleOf(id);
    if (pages()?.move(id, at) !== true) return false;
    const list = pages()?.list() ?? [];
    say(words.moved(title, pageNumber(list, id) ?? at + 1, list.length));
    return true;
  };
  const restore = (id: PageId): boolean => {
    if (pages()?.restore(id) !== true) return false;
    say(words.restored(titleOf(id)));
    return true;
  };

  return {
    go,
    step(by) {
      const all = pages();
      if (!all) return false;
      const next = neighbour(all.list(), all.current(), by);
      if (next) return go(next.id);
      say(placeText(all.list(), all.current(), strings));
      return true;
    },
    add,
    begin() {
      const all = pages();
      if (!all?.hasRoom()) return undefined;
      return () => void add(pageNumber(all.list(), all.current()));
    },
    duplicate(id) {
      const title = titleOf(id);
      void pages()
        ?.duplicate(id)
        .then((copy) => (copy === undefined ? tellFull() : say(words.duplicated(title))));
    },
    rename: (id, name) => pages()?.rename(id, name) ?? false,
    move,
    moveBy(id, by) {
      const list = pages()?.list() ?? [];
      const at = list.findIndex((page) => page.id === id);
      return at >= 0 && at + by >= 0 && at + by < list.length && move(id, at + by);
    },
    remove(id) {
      const all = pages();
      if (!all) return false;
      const text = words.removed(titleOf(id));
      const wasShown = all.current() === id;
      const next = neighbour(all.list(), id, 1) ?? neighbour(all.list(), id, -1);
      if (!next || !all.remove(id)) return false;
      if (wasShown) go(next.id);
      const takeBack = (): void => {
        if (restore(id) && wasShown) go(id);
      };
      const action = { label: strings.undo, run: takeBack };
      notices.show({ kind: "page-removed", text, seconds: UNDO_SECONDS, action });
      return true;
    },
    restore,
    empty() {
      const count = pages()?.removed().length ?? 0;
      if (count === 0) return;
      const run = (): void =>
        void pages()
          ?.emptyRemoved()
          .then(() => say(words.emptied));
      notices.show({
        kind: "pages-empty",
        text: words.askEmpty(count),
        answers: [
          { label: words.emptyYes, run },
          { label: words.emptyNo, run: () => undefined },
        ],
      });
    },
  };
}

/** Beside a page; a page that is not among them lies before the first and behind the last. */
function neighbour(list: readonly PageInfo[], id: PageId, by: 1 | -1): PageInfo | undefined {
  const at = list.findIndex((page) => page.id === id);
  if (at < 0) return list.at(by > 0 ? 0 : -1);
  return at + by < 0 ? undefined : list[at + by];
}
