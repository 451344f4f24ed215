import { beforeEach, expect, it } from "vitest";
import type { Board } from "../../src/board/board.ts";
import { createHistoryControls, type HistoryControls } from "../../src/ui/history-controls.ts";
import type { NoticeOptions } from "../../src/ui/notices.ts";
import { ENGLISH } from "../../src/ui/strings.ts";

let board: Pick<Board, "history" | "clear" | "undoClear">;
let controls: HistoryControls;
let calls: string[];
let notices: NoticeOptions[];

beforeEach(() => {
  calls = [];
  notices = [];
  const told = (name: string) => (): "nothing" => {
    calls.push(name);
    return "nothing";
  };
  board = {
    history: {
      canUndo: () => true,
      canRedo: () => true,
      undo: told("undo"),
      redo: told("redo"),
      onChange: () => () => undefined,
    },
    clear: () => calls.push("clear") > 0,
    undoClear: told("undo of the clear"),
  };
  controls = createHistoryControls({
    board: () => board,
    notices: {
      show(options) {
        notices.push(options);
        return () => undefined;
      },
      dismiss: () => undefined,
      close: () => undefined,
    },
    strings: ENGLISH,
    otherName: () => "Bob",
    settle: told("settle"),
  });
});

it("what is being typed becomes a step before a button takes back, does again or clears", () => {
  controls.undo();
  controls.redo();
  controls.clear();
  expect(calls).toEqual(["settle", "undo", "settle", "redo", "settle", "clear"]);
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
});
