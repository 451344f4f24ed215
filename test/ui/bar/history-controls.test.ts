import { beforeEach, expect, it } from "vitest";
import { FIRST_LAYER, type Board, type Item, type Step } from "../../../src/board/document/board.ts";
import { setHaptics } from "../../../src/ui/input/haptics.ts";
import { createHistoryControls, type HistoryControls } from "../../../src/ui/bar/history-controls.ts";
import type { NoticeOptions } from "../../../src/ui/notices/notices.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";

let board: Pick<Board, "history" | "clear" | "undoClear" | "items" | "layers">;
let page: string;
let items: readonly Item[];
let controls: HistoryControls;
let calls: string[];
/** What the next undo comes to, and who was faster. */
let step: Step;
let others: readonly number[];
let notices: NoticeOptions[];
/** Begins a page; undefined: there is no room for one. */
let begin: (() => void) | undefined;
/** What was heard aloud. */
let heard: string[];

const itemOn = (layer: string): Item => ({ layer }) as Item;

beforeEach(() => {
  setHaptics(false);
  page = "";
  items = [itemOn(FIRST_LAYER)];
  calls = [];
  notices = [];
  heard = [];
  begin = undefined;
  step = "nothing";
  others = [];
  const told = (name: string) => (): Step => {
    calls.push(name);
    return step;
  };
  board = {
    history: {
      canUndo: () => true,
      canRedo: () => true,
      undo: told("undo"),
      redo: told("redo"),
      others: () => others,
      onChange: () => () => undefined,
    },
    clear() {
      calls.push("clear");
      return items.some(({ layer }) => layer === FIRST_LAYER);
    },
    items: () => items,
    layers: () => [
      { id: FIRST_LAYER, name: "", hidden: false, locked: false, opacity: 1 },
      { id: "7.1", name: "Sketch", hidden: false, locked: true, opacity: 1 },
    ],
    undoClear: told("undo of the clear"),
  };
  controls = createHistoryControls({
    board: () => board,
    page: () => page,
    notices: {
      show(options) {
        notices.push(options);
        return () => undefined;
      },
      dismiss: () => undefined,
      reword: () => false,
      has: () => false,
      close: () => undefined,
    },
    strings: ENGLISH,
    newPage: () => begin,
    announce: (text) => void heard.push(text),
    whoWrote: (sessions) => ({
      names: sessions.map((client) => `P${client}`).join(" and "),
      areSeveral: sessions.length > 1,
    }),
    finishTyping: told("finishTyping"),
  });
});

it("what is being typed becomes a step before a button takes back, does again or clears", () => {
  controls.undo();
  controls.redo();
  controls.clear();
  expect(calls).toEqual(["finishTyping", "undo", "finishTyping", "redo", "finishTyping", "clear"]);
});

it("a clear offers a page instead, where there is room for one: it is taken back, and the page begun", () => {
  controls.clear();
  expect(notices.at(-1)!.other).toBeUndefined();
  begin = () => void calls.push("a page");
  controls.clear();
  expect(notices.at(-1)!.other!.label).toBe("New page instead");
  calls = [];
  notices.at(-1)!.other!.run();
  expect(calls).toEqual(["undo of the clear", "a page"]);
  // The notice outlives the page that it is about.
  controls.clear();
  const { other } = notices.at(-1)!;
  board = { ...board };
  calls = [];
  other!.run();
  expect(calls).toEqual([]);
});

it("a clear asks nothing, and can be taken back from its notice for 10 s", () => {
  controls.clear();
  expect(notices).toMatchObject([{ text: ENGLISH.youCleared, seconds: 10, action: { label: ENGLISH.undo } }]);
  notices[0]!.action!.run();
  expect(calls.at(-1)).toBe("undo of the clear");
});

it("the notice of a clear is about its own board only", () => {
  controls.clear();
  board = { ...board };
  notices[0]!.action!.run();
  expect(calls.at(-1)).toBe("clear");
  // So is that of another page.
  page = "7.1";
  controls.clear();
  board = { ...board };
  page = "7.2";
  notices.at(-1)!.action!.run();
  expect(calls.at(-1)).toBe("clear");
});

it("the notice of a clear knows its page again, which has left the memory meanwhile", () => {
  page = "7.1";
  controls.clear();
  board = { ...board };
  notices[0]!.action!.run();
  expect(calls.at(-1)).toBe("undo of the clear");
});

it("a clear that takes nothing says why, and leaves the offer of the one before", () => {
  const said = (): unknown[] => notices.slice(1).map(({ kind, text }) => [kind, text]);
  controls.clear();
  items = [];
  controls.clear();
  expect(said()).toEqual([["history", ENGLISH.nothingToClear]]);
  items = [itemOn("7.1")];
  controls.clear();
  expect(said().at(-1)).toEqual(["history", "Sketch is locked: what is on it stays."]);
  // Somebody is drawing it, which the strip at the top says.
  items = [itemOn("9.1")];
  controls.clear();
  expect(said().length).toBe(2);
});

it("an undo that somebody was faster than says who: one, or several", () => {
  step = "skipped";
  others = [4];
  controls.undo();
  expect(notices.at(-1)).toMatchObject({ text: "P4 has already erased or changed that." });
  step = "partly";
  others = [4, 7];
  controls.redo();
  expect(notices.at(-1)).toMatchObject({
    text: "P4 and P7 have already erased or changed a part of that.",
  });
});

it("what a step came to is heard aloud, but not where it came to nothing", () => {
  for (step of ["nothing", "skipped"] as const) controls.undo();
  expect(heard).toEqual([]);
  step = "done";
  controls.undo();
  controls.redo();
  expect(heard).toEqual([ENGLISH.undo, ENGLISH.redo]);
});

it("what nobody meant is done the other way, the latest first, and only where it did anything", () => {
  step = "done";
  controls.undo();
  controls.redo();
  step = "nothing";
  controls.undo();
  step = "skipped";
  controls.undo();
  step = "done";
  calls = [];
  for (let i = 0; i < 2; i++) controls.retract();
  expect(calls).toEqual([]);
  controls.retract();
  controls.retract();
  controls.retract();
  expect(calls).toEqual(["undo", "redo"]);
});

it("what nobody meant stays on the board that it was done to", () => {
  step = "done";
  controls.undo();
  board = { ...board };
  calls = [];
  controls.retract();
  expect(calls).toEqual([]);
});
