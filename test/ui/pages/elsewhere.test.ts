import { beforeEach, expect, it } from "vitest";
import { FIRST_PAGE } from "../../../src/board/pages/page-id.ts";
import type { NoticeOptions } from "../../../src/ui/notices/notices.ts";
import { createElsewhere, type Elsewhere } from "../../../src/ui/pages/elsewhere.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { contactOf } from "../../support/contacts.ts";
import { createMemoryPages, type MemoryPages } from "../../support/memory-pages.ts";

let pages: MemoryPages;
let elsewhere: Elsewhere;
/** The notices that are there, by their kinds. */
let shown: Map<string, NoticeOptions>;
let texts: string[];
let followed: string | undefined;

const on = (address: string, page: string | undefined) => contactOf(address, {}, { page });
const A = "rs.1";
const B = "rs.2";

beforeEach(() => {
  pages = createMemoryPages();
  pages.add();
  pages.add();
  shown = new Map();
  texts = [];
  followed = undefined;
  elsewhere = createElsewhere({
    pages: () => pages,
    notices: {
      show(options) {
        shown.set(options.kind, options);
        texts.push(options.text);
        return () => undefined;
      },
      dismiss: (kind) => void shown.delete(kind),
      has: (kind) => shown.has(kind),
    },
    nameOf: (address) => address,
    strings: ENGLISH,
    followed: () => followed,
    go: (id) => pages.show(id),
  });
});

it("tells who comes on another page, or leaves this one, and one tap goes there", () => {
  elsewhere.update([on("Ann", FIRST_PAGE), on("Bo", B)]);
  expect(texts).toEqual(["Bo is on page 3"]);
  elsewhere.update([on("Ann", A), on("Bo", B)]);
  expect(texts.at(-1)).toBe("Ann is on page 2");
  shown.get("elsewhere")!.action!.run();
  expect(pages.current()).toBe(A);
  elsewhere.update([on("Ann", A), on("Bo", B)]);
  expect(shown.has("elsewhere")).toBe(false);
  expect(texts).toHaveLength(2);
});

it("tells where somebody goes on to as long as the notice is there, and then no more", () => {
  elsewhere.update([on("Ann", FIRST_PAGE)]);
  elsewhere.update([on("Ann", A)]);
  elsewhere.update([on("Ann", B)]);
  expect(texts).toEqual(["Ann is on page 2", "Ann is on page 3"]);
  shown.clear();
  elsewhere.update([on("Ann", A)]);
  expect(texts).toHaveLength(2);
});

it("says nothing of those whom this person left behind, or follows, or of whom the page is not known", () => {
  elsewhere.update([on("Ann", FIRST_PAGE), contactOf("Cid", undefined, { state: "here" })]);
  pages.show(B);
  elsewhere.update([on("Ann", FIRST_PAGE)]);
  pages.show(FIRST_PAGE);
  elsewhere.update([on("Ann", FIRST_PAGE)]);
  followed = "Ann";
  elsewhere.update([on("Ann", A)]);
  elsewhere.update([on("Ann", "7.7")]);
  expect(texts).toEqual([]);
});

it("takes who tells of no pages as being on the first", () => {
  pages.show(A);
  elsewhere.update([]);
  elsewhere.update([on("Ann", undefined)]);
  expect(texts).toEqual(["Ann is on page 1"]);
});

it("tells of a page that was made when it is here, and not besides that its maker is there", () => {
  elsewhere.update([on("Ann", FIRST_PAGE)]);
  elsewhere.added({ kind: "page-added", address: "Ann", page: "rs.3" });
  expect(texts).toEqual([]);
  pages.add();
  elsewhere.update([on("Ann", "rs.3")]);
  expect(texts).toEqual(["Ann added page 4"]);
  shown.get("page-added")!.action!.run();
  expect(pages.current()).toBe("rs.3");
  elsewhere.added({ kind: "page-added", address: undefined, page: A });
  expect(texts.at(-1)).toBe("Somebody added page 2");
});
