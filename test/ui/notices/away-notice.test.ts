import { beforeEach, describe, expect, it } from "vitest";
import type { AwayNews, Contact, Pages } from "../../../src/session.ts";
import { waitingContact } from "../../../src/session/contact.ts";
import { createAwayNotice } from "../../../src/ui/notices/away-notice.ts";
import type { AwayNotice } from "../../../src/ui/notices/away-notice.ts";
import type { NoticeOptions } from "../../../src/ui/notices/notices.ts";
import { whoWrote } from "../../../src/ui/people/who.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";

/** Sessions by who is known to draw in them. */
const SESSIONS: ReadonlyMap<number, string> = new Map([
  [1, "Ann"],
  [2, "Bo"],
]);

let contacts: readonly Contact[];
let news: AwayNews | undefined;
let list: readonly string[];
let current: string;
/** The page that is on its way. */
let turning: string | undefined;
let isPlaying: boolean;
let played: string[];
let shown: NoticeOptions[];
let notice: AwayNotice;

beforeEach(() => {
  contacts = [waitingContact("Ann")];
  [news, list, current, turning, isPlaying, played, shown] = [undefined, [""], "", undefined, false, [], []];
  const whoIs = (session: number): string | undefined => SESSIONS.get(session);
  notice = createAwayNotice({
    session: {
      whoIs,
      away: () => ({
        includes: () => false,
        take() {
          const taken = news;
          news = undefined;
          return taken;
        },
      }),
      pages: () => ({ current: () => current, list: () => list.map((id) => ({ id })) }) as unknown as Pages,
    },
    notices: {
      show(options) {
        shown.push(options);
        return () => undefined;
      },
    },
    strings: ENGLISH,
    contacts: () => contacts,
    whoWrote: (sessions) => whoWrote(sessions, whoIs, contacts, (name) => name, ENGLISH),
    turnTo(page) {
      if (page !== current) turning = page;
      return page === current;
    },
    isPlaying: () => isPlaying,
    play(ids) {
      played.push(...ids);
      // Whoever plays tells of it.
      notice.update();
      return true;
    },
  });
});

function tell(by: readonly number[], pages: Readonly<Record<string, readonly string[]>>): void {
  const strokes = Object.values(pages).reduce((sum, { length }) => sum + length, 0);
  news = { by, strokes, pages: new Map(Object.entries(pages)) };
  notice.update();
}

const press = (): void => shown.at(-1)!.action!.run();

/** The page that is on its way is there. */
function arrive(): void {
  current = turning!;
  notice.update();
}

describe("the line about what others drew", () => {
  it("waits until it has played, and is told once", () => {
    isPlaying = true;
    tell([1], { "": ["1.1", "1.2"] });
    expect(shown).toEqual([]);
    isPlaying = false;
    notice.update();
    notice.update();
    expect(shown.map(({ text }) => text)).toEqual(["Ann drew 2 strokes while you were away"]);
  });

  it("names the only contact whoever's session it was, several people, and else nobody", () => {
    tell([7], { "": ["7.1"] });
    contacts = [waitingContact("Ann"), waitingContact("Bo")];
    tell([1, 2], { "": ["1.1", "2.1"] });
    tell([1, 7], { "": ["1.1", "7.1"] });
    expect(shown.map(({ text }) => text)).toEqual([
      "Ann drew 1 stroke while you were away",
      "Ann and Bo drew 2 strokes while you were away",
      "Somebody drew 2 strokes while you were away",
    ]);
  });

  it("plays it again where one is", () => {
    tell([1], { "": ["1.1", "1.2"] });
    expect(shown.at(-1)!.action!.label).toBe("See again");
    press();
    expect(played).toEqual(["1.1", "1.2"]);
    expect(shown.length).toBe(1);
  });

  it("leads from page to page, the one that is shown first", () => {
    list = ["", "a", "b"];
    current = "b";
    tell([1], { "": ["1.1"], a: ["1.2"], b: ["1.3"], gone: ["1.4"] });
    expect(shown.at(-1)!.text).toBe("Ann drew 4 strokes on 4 pages while you were away");
    press();
    expect(played).toEqual(["1.3"]);
    expect(shown.at(-1)!.action!.label).toBe("Go there");
    press();
    expect(played).toEqual(["1.3"]);
    arrive();
    expect(played).toEqual(["1.3", "1.1"]);
    press();
    arrive();
    expect(played).toEqual(["1.3", "1.1", "1.2"]);
    expect(shown.length).toBe(3);
  });

  it("does not play on a page to which one went oneself meanwhile", () => {
    list = ["", "a", "b"];
    tell([1], { a: ["1.1"] });
    press();
    current = "b";
    notice.update();
    current = "a";
    notice.update();
    expect(played).toEqual([]);
  });

  it("has nothing to lead to where the page was removed", () => {
    tell([1], { a: ["1.1"] });
    expect(shown.at(-1)!.action).toBeUndefined();
  });
});
