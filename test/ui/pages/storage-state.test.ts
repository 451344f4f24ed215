import { expect, it } from "vitest";
import { LIMITS } from "../../../src/board/document/limits.ts";
import type { StoredBoard } from "../../../src/session/stored-boards.ts";
import { isFewLeft } from "../../../src/ui/pages/few-left.ts";
import { storageState } from "../../../src/ui/pages/storage-state.ts";
import { stringsOf } from "../../../src/ui/words/languages.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import type { Strings } from "../../../src/ui/words/strings.ts";
import { createMemoryPages } from "../../support/memory-pages.ts";
import type { MemoryPages } from "../../support/memory-pages.ts";

const NOW = Date.UTC(2026, 10, 29, 12);
const nameOf = (address: string): string => address;

function board(id: string, people: readonly string[], more: Partial<StoredBoard> = {}): StoredBoard {
  return { id, people, isOpen: false, bytes: undefined, changedAt: undefined, ...more };
}

const BOARDS = [
  board("b1", ["Ann"], { isOpen: true, bytes: 1_260_000 }),
  board("b2", ["Bo", "Cid"], { bytes: 45_600, changedAt: NOW - 2 * 3_600_000 }),
  board("b3", ["Dan"]),
  board("b4", [], { bytes: 9400 }),
];

/** Three pages of 12, 25 and 0 kB, the second one nearly full, and a removed one. */
function pagesOf(room = 500): MemoryPages {
  const pages = createMemoryPages({ room });
  for (let i = 0; i < 3; i++) pages.add();
  for (const [id, count] of [
    ["", 1],
    ["rs.2", 2],
  ] as const) {
    for (let i = 0; i < count; i++) {
      pages.remotely(id, 7 + i, ({ startStroke }) => {
        const header = {
          tool: "pen",
          input: "mouse",
          color: 0,
          width: 4,
          pressure: false,
          scale: 0,
        } as const;
        const writer = startStroke(header);
        writer.add([{ x: 10 * i, y: 0, pressure: 0.5 }]);
        writer.end();
      });
    }
  }
  pages.rename("rs.2", "Plans");
  pages.remove("rs.1");
  return pages;
}

const stateIn = (strings: Strings, room?: number) =>
  storageState(pagesOf(room), { boards: BOARDS, nameOf, strings, now: NOW });

it("says what the open board and each page take, how full a page is, and what was removed takes", () => {
  const { total, pages, removed, left } = stateIn(ENGLISH);
  expect(total).toBe("This board takes 1.3 MB on this device.");
  expect(pages).toEqual([
    { id: "", title: "Page 1", about: "12 kB", isShown: true },
    { id: "rs.2", title: "Plans", about: "25 kB · 93 % full", isShown: false },
    { id: "rs.3", title: "Page 3", about: "0 kB", isShown: false },
  ]);
  expect(removed).toEqual({ title: "1 removed page", about: "0 kB" });
  expect(left).toBe("");
});

it("says of the open board what its pages take where nothing else is known", () => {
  const view = { boards: [], nameOf, strings: ENGLISH, now: NOW };
  expect(storageState(pagesOf(), view).total).toBe("This board takes 37 kB on this device.");
});

it("lists all boards, and asks what their being removed means", () => {
  const { boards } = stateIn(ENGLISH);
  expect(boards.map(({ title, about, canGo, yes }) => [title, about, canGo, yes])).toEqual([
    ["Ann", "1.3 MB · Open now, so it stays", false, "Remove"],
    ["Bo and Cid", "46 kB · Changed 2 hours ago", true, "Remove"],
    ["Dan", "Size not known before it is opened", true, "Remove"],
    ["Private board", "9.4 kB", true, "Delete for good"],
  ]);
  expect(boards[1]!.question).toContain("with Bo and Cid");
  expect(boards[3]!.question).toContain("gone for good");
});

it.each(["de", "ar", "ru", "ja"])("says so in %s, with names in a direction of their own", (code) => {
  const strings = stringsOf(code);
  const { total, pages, boards } = stateIn(strings);
  expect(total).toContain("1");
  expect(pages[1]!.about).toContain("93");
  const isolated = strings.direction === "rtl" ? "\u2068Dan\u2069" : "Dan";
  expect(boards[2]!.question).toContain(isolated);
  expect(boards[2]!.title).toBe(isolated);
  expect(new Set(boards.map(({ question }) => question)).size).toBe(4);
});

it("says how many pages there is room for when that is a tenth of all", () => {
  const tenth = LIMITS.pages.writes / 10;
  expect([isFewLeft(tenth + 1), isFewLeft(tenth)]).toEqual([false, true]);
  expect(stateIn(ENGLISH, 5).left).toBe("There is room for 1 more page.");
  expect(stateIn(ENGLISH, 6).left).toBe("There is room for 2 more pages.");
  expect(stateIn(stringsOf("fr"), 6).left).toBe("Il reste de la place pour 2 pages.");
});
