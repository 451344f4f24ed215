import { beforeEach, describe, expect, it } from "vitest";
import { FIRST_PAGE } from "../../../src/board/pages/page-id.ts";
import type { NoticeOptions } from "../../../src/ui/notices/notices.ts";
import { createPageActions, type PageActions } from "../../../src/ui/pages/page-actions.ts";
import { pagesCommands } from "../../../src/ui/pages/pages-commands.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { createMemoryPages, type MemoryPages } from "../../support/memory-pages.ts";

let pages: MemoryPages;
let actions: PageActions;
let said: string[];
let notices: NoticeOptions[];
let turns: number;

const ids = (): readonly string[] => pages.list().map(({ id }) => id);
const press = (label: string): void => {
  const all = notices.flatMap(({ action, other, answers = [] }) => [action, other, ...answers]);
  all
    .filter((each) => each?.label === label)
    .at(-1)!
    .run();
};
const A = "rs.1";
const B = "rs.2";

beforeEach(() => {
  pages = createMemoryPages({ room: 5 });
  pages.add();
  pages.add();
  said = [];
  notices = [];
  turns = 0;
  actions = createPageActions({
    pages: () => pages,
    notices: {
      show(options) {
        notices.push(options);
        return () => undefined;
      },
    },
    strings: ENGLISH,
    say: (text) => void said.push(text),
    onTurn: () => turns++,
  });
});

describe("going to a page", () => {
  it("ends what is under way on this one, unless it is the same", () => {
    expect(actions.go(FIRST_PAGE)).toBe(false);
    expect(turns).toBe(0);
    expect(actions.go(B)).toBe(true);
    expect([pages.current(), turns]).toEqual([B, 1]);
  });
  it("goes one on and one back, and says where it is at either end", () => {
    expect(actions.step(-1)).toBe(true);
    expect([pages.current(), said]).toEqual([FIRST_PAGE, ["Page 1 of 3"]]);
    actions.step(1);
    actions.step(1);
    expect(pages.current()).toBe(B);
    pages.rename(B, "Plans");
    actions.step(1);
    expect([pages.current(), said.at(-1)]).toEqual([B, "Page 3 of 3: Plans"]);
  });
  it("goes to the others from one that somebody has removed", () => {
    pages.show(A);
    pages.remove(A);
    actions.step(1);
    expect(pages.current()).toBe(FIRST_PAGE);
    pages.show(A);
    actions.step(-1);
    expect(pages.current()).toBe(B);
  });
  it("with three fingers goes on to where one reads from", () => {
    const run = (direction: "ltr" | "rtl", command: "swipe-left" | "swipe-right"): string => {
      pages.show(A);
      const toggle = (): void => undefined;
      pagesCommands({ pages: () => pages, actions, direction, toggle, rename: toggle })[command]();
      return pages.current();
    };
    expect(run("ltr", "swipe-left")).toBe(B);
    expect(run("ltr", "swipe-right")).toBe(FIRST_PAGE);
    expect(run("rtl", "swipe-left")).toBe(FIRST_PAGE);
    expect(run("rtl", "swipe-right")).toBe(B);
  });
});

describe("a new page", () => {
  it("is shown: at the end, or behind this one where it takes its place", () => {
    actions.add();
    expect([ids().at(-1), pages.current()]).toEqual(["rs.3", "rs.3"]);
    pages.show(A);
    actions.begin()!();
    expect(ids()).toEqual([FIRST_PAGE, A, "rs.4", B, "rs.3"]);
    expect(pages.current()).toBe("rs.4");
  });
  it("is told of before the last one, and refused in words where there is no room, and not offered", () => {
    actions.add();
    actions.add();
    expect(actions.begin()).toBeUndefined();
    expect(actions.add()).toBe(false);
    expect(notices.map(({ text }) => text)).toEqual([
      "There is room for 1 more page.",
      "There is no room for another page.",
    ]);
  });
  it("may be a copy of another", async () => {
    actions.duplicate(A);
    await Promise.resolve();
    expect(ids()).toEqual([FIRST_PAGE, A, "rs.3", B]);
    await expect.poll(() => said).toEqual(["Page 2 is duplicated"]);
    expect(pages.current()).toBe(FIRST_PAGE);
  });
});

describe("the order", () => {
  it("is changed by one or to any place, and said", () => {
    actions.moveBy(A, 1);
    expect(ids()).toEqual([FIRST_PAGE, B, A]);
    expect(said).toEqual(["Page 2 is now number 3 of 3"]);
    expect(actions.moveBy(A, 1)).toBe(false);
    expect(actions.moveBy(FIRST_PAGE, -1)).toBe(false);
    actions.move(A, 0);
    expect(ids()).toEqual([A, FIRST_PAGE, B]);
  });
});

describe("removing a page", () => {
  it("goes to the next one, and the notice brings both back", () => {
    pages.rename(A, "Plans");
    pages.show(A);
    expect(actions.remove(A)).toBe(true);
    expect([pages.current(), ids()]).toEqual([B, [FIRST_PAGE, B]]);
    expect(notices.at(-1)).toMatchObject({ text: "Plans is removed", seconds: 10 });
    press("Undo");
    expect(pages.current()).toBe(A);
    expect(ids()).toContain(A);
    expect(said).toEqual(["Plans is back"]);
  });
  it("leaves where one is if it is another, and the last one stays", () => {
    actions.remove(B);
    expect(pages.current()).toBe(FIRST_PAGE);
    actions.remove(A);
    expect(actions.remove(FIRST_PAGE)).toBe(false);
    expect(ids()).toEqual([FIRST_PAGE]);
  });
  it("for good asks first", async () => {
    actions.empty();
    expect(notices).toEqual([]);
    actions.remove(A);
    actions.remove(B);
    actions.empty();
    expect(notices.at(-1)!.text).toBe("2 removed pages will be gone for good, for everybody who takes part.");
    press("Keep");
    expect(pages.removed()).toHaveLength(2);
    press("Delete for good");
    await expect.poll(() => said.at(-1)).toBe("The removed pages are gone");
    expect(pages.removed()).toEqual([]);
  });
});

it("does nothing before there is a board", () => {
  const none = createPageActions({
    pages: () => undefined,
    notices: { show: () => () => undefined },
    strings: ENGLISH,
    say: () => undefined,
    onTurn: () => undefined,
  });
  expect([none.go(A), none.step(1), none.move(A, 0), none.remove(A), none.restore(A)]).not.toContain(true);
});
