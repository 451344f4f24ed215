/*
 * Everything on the page that is about the people of the board and not about the board itself.
 */
import type { Box } from "../base/geometry.ts";
import type { Address } from "../env/host.ts";
import type { PageId } from "../board/pages/page-id.ts";
import type { Contact, Session } from "../session.ts";
import type { Choices } from "./choices/choices.ts";
import { announceIn } from "./notices/announce-in.ts";
import type { News } from "./notices/news.ts";
import { createNews } from "./notices/news.ts";
import type { HostKind } from "./open-in-messenger.ts";
import type { KnownPeople } from "./people/contact-names.ts";
import { createContactNames } from "./people/contact-names.ts";
import type { Follow } from "./people/follow.ts";
import { createFollow } from "./people/follow.ts";
import type { PeopleList } from "./people/people-list.ts";
import { createPeopleList } from "./people/people-list.ts";
import type { BoardState, NameOf } from "./people/presence-text.ts";
import type { Presence } from "./people/presence.ts";
import { createPresence } from "./people/presence.ts";
import type { Who } from "./people/who.ts";
import type { ElsewhereOf } from "./people/whose-page.ts";
import { whoWrote } from "./people/who.ts";
import type { Strings } from "./words/strings.ts";

/** The people on the page: what they are called, who is here, what is said of them, and who is followed. */
export interface PagePeople {
  readonly nameOf: NameOf;
  /** Who wrote in these sessions, where it was not this person. */
  whoWrote(sessions: readonly number[]): Who;
  readonly news: News;
  readonly presence: Presence;
  readonly list: PeopleList;
  readonly follow: Follow;
  /** Follows the first contact who is here, or stops. */
  toggleFollow(): void;
  /** Those who are shown. */
  contacts(): readonly Contact[];
  /** The session has something new: names them, and shows who is here. */
  update(board: BoardState): void;
  close(): void;
}

export interface PagePeopleDeps {
  readonly session: Session;
  readonly strings: Strings;
  readonly choices: Choices;
  readonly around: HostKind;
  /** What the page has learnt about these people before. */
  readonly known: KnownPeople;
  /** Says aloud what the contacts do. */
  readonly newsRegion: HTMLElement;
  /** The panel with the list of everybody. */
  readonly panel: {
    readonly isOpen: () => boolean;
    readonly toggle: (byKeyboard: boolean) => void;
    /** Whichever panel is open. */
    readonly close: () => void;
  };
  readonly elsewhere: ElsewhereOf;
  /** Shows this page of the board; says whether it is shown now. */
  readonly turnTo: (page: PageId) => boolean;
  /** To where somebody is, and to what somebody sees. */
  readonly showContact: (address: Address) => void;
  readonly goTo: (view: Box) => void;
}

export function createPagePeople(deps: PagePeopleDeps): PagePeople {
  const { session, strings, choices, around, panel, elsewhere } = deps;
  const inBrowser = around === "browser";
  let contacts: readonly Contact[] = [];

  const names = createContactNames({
    known: deps.known,
    strings,
    choices,
    unnamed: inBrowser ? (address) => strings.tab(address.replace(/\D/gu, "")) : undefined,
  });
  const { nameOf } = names;
  const news = createNews({ announcer: announceIn(deps.newsRegion), nameOf, strings });
  const presence = createPresence({
    nameOf,
    strings,
    elsewhere,
    remark: remarkOf(around, strings),
    onFollow: (address) => follow.toggle(address),
    onEveryone: panel.toggle,
  });
  const follow = createFollow({
    turnTo: deps.turnTo,
    goTo: deps.goTo,
    onChange() {
      const whom = follow.whom();
      presence.setFollowed(whom);
      list.show();
      if (whom !== undefined) news.say(strings.following(nameOf(whom)));
    },
  });
  const list = createPeopleList({
    strings,
    choices,
    nameOf,
    elsewhere,
    followed: follow.whom,
    isOpen: panel.isOpen,
    // Both go where somebody is: what covers the canvas makes way.
    onShow(address) {
      follow.stop();
      panel.close();
      deps.showContact(address);
    },
    onFollow(address) {
      panel.close();
      follow.toggle(address);
    },
  });
  const stops = [session.onNotice(news.noticed), choices.onChange(list.show)];
  /** What this person drew in an earlier opening comes back from a contact: nobody drew it now. */
  const contactIn = (client: number): Address | undefined => {
    const address = session.whoIs(client);
    return address === session.own() ? undefined : address;
  };

  return {
    nameOf,
    whoWrote: (sessions) => whoWrote(sessions, contactIn, contacts, nameOf, strings),
    news,
    presence,
    list,
    follow,
    toggleFollow() {
      const whom = follow.whom() ?? contacts.find(({ state }) => state === "here")?.address;
      if (whom !== undefined) follow.toggle(whom);
    },
    contacts: () => contacts,
    update(board) {
      const before = contacts;
      const own = session.own();
      // In a browser there is room for tabs that nobody is waiting for.
      contacts = session.contacts().filter(({ state }) => !inBrowser || state === "here");
      names.update(own, contacts);
      news.contactsChanged(before, contacts);
      presence.update({ phase: session.phase(), own, contacts, ...board });
      list.update(own, contacts);
    },
    close() {
      for (const stop of stops) stop();
      news.close();
    },
  };
}

/** Where the ink is, if it is not where it should be. */
function remarkOf(around: HostKind, strings: Strings): string | undefined {
  if (around === "messenger") return undefined;
  return around === "browser" ? strings.noHost : strings.hostIsSilent;
}
