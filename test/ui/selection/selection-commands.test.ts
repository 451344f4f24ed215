import { expect, it } from "vitest";
import { assignClient, createDocument } from "../../../src/board/document/document.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import { createTools } from "../../../src/tools/tools.ts";
import { createItemIndex } from "../../../src/board/spatial/item-index.ts";
import { createHandTime } from "../../support/hand-time.ts";
import { createCommands } from "../../../src/ui/input/commands.ts";
import { selectionCommands } from "../../../src/ui/selection/selection-commands.ts";

const fail = (error: unknown): never => {
  throw error;
};

it("nothing is duplicated to a layer that is locked or hidden, and it is said", () => {
  const doc = createDocument();
  assignClient(doc, () => 7);
  const { board } = createBoard({ doc, time: createHandTime(), isPresent: () => false, onError: fail });
  const header = { tool: "line", color: 0, width: 2, input: "mouse", pressure: false, scale: 0 } as const;
  const line = board.addShape(header, { x: 0, y: 0 }, { x: 100, y: 0 });
  const { selection } = createTools({
    board,
    index: createItemIndex(board, () => undefined),
    sizeOf: () => ({ width: 60, height: 20 }),
    edit: () => undefined,
    stopEditing: () => undefined,
    onError: fail,
  });
  let allowed = false;
  let refusals = 0;
  const { run: command, handle } = createCommands();
  handle(
    selectionCommands({
      board,
      selection,
      clipboard: { copy: () => false, cut: () => false, paste: () => false, close: () => undefined },
      zoom: () => 1,
      isAllowed: () => allowed,
      refuse: () => refusals++,
      takeSelect: () => undefined,
      colors: () => false,
      crop: { toggle: () => false, cancel: () => false },
      reveal: () => undefined,
    }),
  );
  expect(command("duplicate")).toBe(false);
  selection.set([line]);
  expect(command("duplicate")).toBe(true);
  expect([board.items().length, refusals]).toEqual([1, 1]);
  allowed = true;
  expect(command("duplicate")).toBe(true);
  expect([board.items().length, refusals]).toEqual([2, 1]);
});
