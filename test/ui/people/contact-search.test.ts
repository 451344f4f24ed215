import { expect, it } from "vitest";
import { FIRST_PAGE } from "../../../src/board/pages/page-id.ts";
import type { Contact } from "../../../src/session.ts";
import { createContactSearch } from "../../../src/ui/people/contact-search.ts";
import { createFollow } from "../../../src/ui/people/follow.ts";
import { contactOf } from "../../support/contacts.ts";

const on = (page: string, x = 0): Contact =>
  contactOf("Ann", { view: { minX: x, minY: 0, maxX: x + 100, maxY: 100 } }, { page });

function createBook(contact: Contact) {
  const book = { contact, current: FIRST_PAGE, turned: [] as string[], shown: [] as string[] };
  /** Another page takes a moment: a test says when it is there. */
  const turnTo = (page: string): boolean => {
    if (page === book.current) return true;
    if (book.turned.at(-1) !== page) book.turned.push(page);
    return false;
  };
  return { book, turnTo };
}

it("goes to where a contact is: on this page at once, on another when that is there", () => {
  const { book, turnTo } = createBook(on(FIRST_PAGE));
  const search = createContactSearch({
    contacts: () => [book.contact],
    current: () => book.current,
    turnTo,
    show: (address) => book.shown.push(`${address} on ${book.current}`) > 0,
  });
  search.start("Ann");
  expect(book.shown).toEqual(["Ann on "]);
  book.contact = on("2");
  search.start("Ann");
  search.update();
  expect(book.turned).toEqual(["2"]);
  book.current = "2";
  search.update();
  search.update();
  expect(book.shown).toEqual(["Ann on ", "Ann on 2"]);
});

it("gives up where this person goes elsewhere meanwhile, or the contact has gone", () => {
  const { book, turnTo } = createBook(on("2"));
  const search = createContactSearch({
    contacts: () => [book.contact],
    current: () => book.current,
    turnTo,
    show: (address) => book.shown.push(address) > 0,
  });
  search.start("Ann");
  book.current = "3";
  search.update();
  book.current = "2";
  search.update();
  expect(book.shown).toEqual([]);
  book.current = "3";
  search.start("Ann");
  book.contact = contactOf("Ann");
  search.update();
  book.current = "2";
  book.contact = on("2");
  search.update();
  expect(book.shown).toEqual([]);
});

it("whoever is followed is followed across pages: the page first, then what is seen there", () => {
  const { book, turnTo } = createBook(on("2"));
  const went: string[] = [];
  const follow = createFollow({
    turnTo,
    goTo: ({ minX }) => went.push(`${book.current} ${minX}`),
    onChange: () => undefined,
  });
  follow.update([on(FIRST_PAGE)]);
  follow.toggle("Ann");
  expect(went).toEqual([" 0"]);
  follow.update([on("2")]);
  follow.update([on("2")]);
  expect([book.turned, went]).toEqual([["2"], [" 0"]]);
  book.current = "2";
  follow.update([on("2")]);
  follow.update([on("2")]);
  expect(went).toEqual([" 0", "2 0"]);
  follow.update([on("2", 50)]);
  expect(went.at(-1)).toBe("2 50");
});
