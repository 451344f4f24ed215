/*
 * Tells in one line what the others drew while this person was away, when all of it is here and has played, with a
 * button that plays it again: page by page where it is on several, the one that is shown first.
 */
import type { ItemId } from "../../board/document/board.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { AwayNews, Contact, Session } from "../../session.ts";
import type { Who } from "../people/who.ts";
import type { Strings } from "../words/strings.ts";
import type { Notices } from "./notices.ts";

export interface AwayNotice {
  /** The session, the page that is shown or what plays there may be another. */
  update(): void;
}

export interface AwayNoticeDeps {
  readonly session: Pick<Session, "away" | "pages" | "whoIs">;
  readonly notices: Pick<Notices, "show">;
  readonly strings: Strings;
  readonly contacts: () => readonly Contact[];
  readonly whoWrote: (sessions: readonly number[]) => Who;
  /** Shows this page; says whether it is shown now. */
  readonly turnTo: (page: PageId) => boolean;
  readonly isPlaying: () => boolean;
  /** Plays these on the page that is shown; false: it is not there yet. */
  readonly play: (ids: readonly ItemId[]) => boolean;
}

const SECONDS = 12;

export function createAwayNotice(deps: AwayNoticeDeps): AwayNotice {
  const { session, notices, strings } = deps;
  /** To be played as soon as it is shown; `from`: who goes elsewhere than there meanwhile does not want it. */
  let wanted: { readonly page: PageId; readonly from: PageId; readonly after: () => void } | undefined;
  let ids: AwayNews["pages"] = new Map();

  function show(text: string, left: readonly PageId[]): void {
    const all = session.pages();
    const current = all?.current();
    const there = new Set(all?.list().map(({ id }) => id));
    const [page, ...others] = left
      .filter((id) => there.has(id))
      .sort((a, b) => Number(b === current) - Number(a === current));
    const label = page === current ? strings.away.again : strings.pages.goThere;
    const run = (): void => {
      wanted = { page: page!, from: current!, after: () => others.length > 0 && show(text, others) };
      playWanted();
    };
    const action = page === undefined ? {} : { action: { label, run } };
    notices.show({ kind: "away", text, seconds: SECONDS, ...action });
  }

  function playWanted(): void {
    if (!wanted) return;
    const sought = wanted;
    const current = session.pages()?.current();
    // What is done here is told, too.
    wanted = undefined;
    if (current !== sought.page && current !== sought.from) return;
    if (deps.turnTo(sought.page) && deps.play(ids.get(sought.page) ?? [])) sought.after();
    else wanted = sought;
  }

  return {
    update() {
      playWanted();
      const news = deps.isPlaying() ? undefined : session.away()?.take();
      if (!news) return;
      ids = news.pages;
      show(textOf(news, deps), [...news.pages.keys()]);
    },
  };
}

function textOf({ by, strokes, pages }: AwayNews, deps: AwayNoticeDeps): string {
  const { session, strings } = deps;
  // Of many contacts it may have been one of whom nobody here knows it.
  const isKnown = deps.contacts().length === 1 || by.every((client) => session.whoIs(client) !== undefined);
  const name = isKnown ? deps.whoWrote(by).names : strings.somebody;
  return pages.size > 1 ? strings.away.onPages(name, strokes, pages.size) : strings.away.drew(name, strokes);
}
