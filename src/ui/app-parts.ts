/*
 * Parts of the app that are about whichever board is on the page: who is searched, and what came while this person
 * was away.
 */
import type { Session } from "../session.ts";
import type { BoardPages } from "./board-pages.ts";
import { createAwayNotice } from "./notices/away-notice.ts";
import type { AwayNotice } from "./notices/away-notice.ts";
import type { Notices } from "./notices/notices.ts";
import { createPictureNotice } from "./notices/picture-notice.ts";
import type { PagePeople } from "./page-people.ts";
import { createContactSearch, type ContactSearch } from "./people/contact-search.ts";
import type { ShownBoard } from "./shown-board.ts";
import { pageClock } from "./widgets/page-clock.ts";
import type { Strings } from "./words/strings.ts";

/** Finds contacts on whichever page they are. */
export function searchOn({
  session,
  people,
  pages,
  shown,
}: { readonly session: Session } & {
  readonly people: PagePeople;
  readonly pages: BoardPages;
  readonly shown: ShownBoard;
}): ContactSearch {
  return createContactSearch({
    contacts: people.contacts,
    current: pages.current,
    turnTo: pages.turnTo,
    show(address) {
      if (shown.board() !== session.board()) return false;
      shown.open()?.stage.contacts.show(address);
      return true;
    },
  });
}

/** What the others drew while this person was away, and pictures on their way. */
export function tellOfAway({
  people,
  pages,
  shown,
  ...shared
}: { readonly session: Session; readonly strings: Strings } & {
  readonly notices: Notices;
  readonly people: PagePeople;
  readonly pages: BoardPages;
  readonly shown: ShownBoard;
}): AwayNotice {
  const pictures = createPictureNotice({ ...shared, nameOf: people.nameOf, clock: pageClock });
  const away = createAwayNotice({
    ...shared,
    contacts: people.contacts,
    whoWrote: people.whoWrote,
    turnTo: pages.turnTo,
    isPlaying: () => shown.open()?.away.isPlaying() === true,
    play(ids) {
      if (shown.board() !== shared.session.board()) return false;
      shown.open()?.away.again(ids);
      return true;
    },
  });
  return {
    update() {
      away.update();
      pictures.update();
    },
  };
}
