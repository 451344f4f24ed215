import type { PageInfo } from "../../../src/session/pages.ts";
import { expect, it } from "vitest";
import { FIRST_PAGE } from "../../../src/board/pages/page-id.ts";
import { cardStates, removedStates } from "../../../src/ui/pages/gallery-state.ts";
import { stringsOf } from "../../../src/ui/words/languages.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { contactOf } from "../../support/contacts.ts";
import { createMemoryPages } from "../../support/memory-pages.ts";

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 29, 12);
const nameOf = (address: string): string => address;

it("says of each page what it is called, where it is, who is there, and when it was made and changed", () => {
  let now = NOW - 26 * HOUR;
  const pages = createMemoryPages({ now: () => now, room: 3 });
  pages.add();
  pages.add();
  pages.rename("rs.2", "\u202ePlans\u0007");
  now = NOW - 2 * HOUR;
  pages.remotely("rs.1", 7, (board) => void board.setBackground("dots"));
  const contacts = [
    contactOf("Ann", {}, { page: "rs.1" }),
    contactOf("Bo", {}, { page: "rs.1" }),
    contactOf("Cid", {}),
    contactOf("Dan", undefined, { page: "rs.2" }),
  ];
  const states = cardStates(pages, pages.list(), { contacts, nameOf, strings: ENGLISH, now: NOW });
  expect(states.map(({ title, place }) => [title, place])).toEqual([
    ["Page 1", "Page 1 of 3"],
    ["Page 2", "Page 2 of 3"],
    ["Plans", "Page 3 of 3: Plans"],
  ]);
  expect(states.map(({ people, peopleText }) => [people, peopleText])).toEqual([
    [["Cid"], "Cid is here"],
    [["Ann", "Bo"], "Ann and Bo are here"],
    [[], ""],
  ]);
  expect(states.map(({ times }) => times)).toEqual([
    ["", ""],
    ["Made yesterday", "Changed 2 hours ago"],
    ["Made yesterday", ""],
  ]);
  expect(states.map(({ isShown, hasRoom }) => [isShown, hasRoom])).toEqual([
    [true, false],
    [false, false],
    [false, false],
  ]);
});

it("gives a name that runs the other way a direction of its own", () => {
  const pages = createMemoryPages();
  pages.rename(FIRST_PAGE, "خطة");
  const view = { contacts: [], nameOf, strings: ENGLISH, now: NOW };
  expect(cardStates(pages, pages.list(), view)[0]!.place).toBe("Page 1 of 1: \u2068خطة\u2069");
  pages.rename(FIRST_PAGE, "Plan");
  const arabic = { ...view, strings: stringsOf("ar") };
  expect(cardStates(pages, pages.list(), arabic)[0]!.place).toContain("\u2068Plan\u2069");
});

it("says of a removed page what it is called, or that it has no name, when it changed, and what it takes", () => {
  const pages = createMemoryPages({ now: () => NOW - 48 * HOUR });
  pages.add();
  pages.add();
  pages.rename("rs.1", "Plans");
  pages.remove("rs.2");
  pages.remove("rs.1");
  const removed = (): PageInfo[] =>
    pages.removed().map((page) => (page.id === "rs.1" ? { ...page, bytes: 45_600 } : page));
  expect(removedStates({ list: pages.list, removed }, ENGLISH, NOW)).toEqual([
    { id: "rs.1", title: "Plans", about: "Made 2 days ago · 46 kB" },
    { id: "rs.2", title: "Page without a name", about: "Made 2 days ago · 0 kB" },
  ]);
});
