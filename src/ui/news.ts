import type { BoardChange } from "../board/board.ts";
import type { Contact, Notice } from "../session.ts";
import { createAnnouncer } from "./announcer.ts";
import { boardNews } from "./board-news.ts";
import type { NameOf } from "./presence-text.ts";
import { presenceNews } from "./presence-text.ts";
import type { Strings } from "./strings.ts";

/** What the contacts do, for who does not see it. */
export interface News {
  say(text: string): void;
  contactsChanged(before: readonly Contact[], after: readonly Contact[]): void;
  /** `name`: who it was, if it was a contact. */
  boardChanged(change: BoardChange, name: string): void;
  noticed(notice: Notice): void;
  close(): void;
}

/** `region`: a live region; what is put there is read aloud. */
export function createNews({
  region,
  nameOf,
  strings,
}: {
  readonly region: HTMLElement;
  readonly nameOf: NameOf;
  readonly strings: Strings;
}): News {
  const announcer = createAnnouncer({
    speak: (text) => (region.textContent = text),
    now: () => performance.now(),
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
  });
  /** A contact has just cleared the page, which a notice tells; the change of the board is still to come. */
  let isCleared = false;
  return {
    say: announcer.say,
    contactsChanged(before, after) {
      for (const news of presenceNews(before, after, nameOf, strings)) announcer.say(news);
    },
    boardChanged(change, name) {
      const news = boardNews(change, name, strings);
      if (news !== undefined && !isCleared) announcer.say(news);
      isCleared = false;
    },
    noticed({ kind }) {
      if (kind === "cleared") isCleared = true;
    },
    close: announcer.close,
  };
}
