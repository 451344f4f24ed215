/*
 * What contacts do, read aloud for people who do not see it: gathered until the announcer's turn, so that much
 * at once is one sentence.
 */
import type { BoardChange } from "../../board/document/board.ts";
import type { Contact, Notice } from "../../session.ts";
import type { Announcer } from "./announcer.ts";
import { boardNews } from "./board-news.ts";
import { createComings } from "./comings.ts";
import type { NameOf } from "../people/presence-text.ts";
import type { Strings } from "../words/strings.ts";
import type { Who } from "../people/who.ts";

/** What the contacts do, for people who do not see it. */
export interface News {
  say(text: string): void;
  contactsChanged(before: readonly Contact[], after: readonly Contact[]): void;
  /** `who`: who it was, if it was a contact. */
  boardChanged(change: BoardChange, who: Who): void;
  noticed(notice: Notice): void;
  close(): void;
}

/**
 * All that there is to say waits for its turn together: everybody who came or went meanwhile, and of the
 * rest the latest.
 */
export function createNews({
  announcer,
  nameOf,
  strings,
}: {
  readonly announcer: Announcer;
  readonly nameOf: NameOf;
  readonly strings: Strings;
}): News {
  const comings = createComings(nameOf, strings);
  let latest: string | undefined;
  /** A contact has just cleared the page, which a notice tells; the change of the board is still to come. */
  let isCleared = false;

  const waiting = (): string | undefined => {
    const texts = [comings.take(), latest].filter((text) => text !== undefined);
    latest = undefined;
    return texts.length > 0 ? texts.join(". ") : undefined;
  };
  const say = (text: string): void => {
    latest = text;
    announcer.say(waiting);
  };
  return {
    say,
    contactsChanged(before, after) {
      if (comings.note(before, after)) announcer.say(waiting);
    },
    boardChanged(change, who) {
      const news = boardNews(change, who, strings);
      if (news !== undefined && !isCleared) say(news);
      isCleared = false;
    },
    noticed({ kind }) {
      if (kind === "cleared") isCleared = true;
    },
    close: announcer.close,
  };
}
