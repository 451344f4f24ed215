import { describe, expect, it } from "vitest";
import type { Board, BoardChange } from "../../../src/board/document/board.ts";
import { assignClient, createDocument } from "../../../src/board/document/document.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import { blankText, type BlankedBoard } from "../../../src/ui/text/blank-text.ts";
import { createHandTime } from "../../support/hand-time.ts";

const fail = (error: unknown): never => {
  throw error;
};
const HEADER = { tool: "text", color: 0, width: 20, input: "touch", pressure: false, scale: 0 } as const;

function createDesk(): { board: Board; blanked: BlankedBoard; changes: BoardChange[]; id: string } {
  const doc = createDocument();
  assignClient(doc, () => 7);
  const { board } = createBoard({ doc, time: createHandTime(), isPresent: () => false, onError: fail });
  const blanked = blankText(board, fail);
  const changes: BoardChange[] = [];
  blanked.board.onChange((change) => changes.push(change));
  return { board, blanked, changes, id: board.addText(HEADER, { x: 0, y: 0 }, undefined, "hello") };
}

describe("a text that is typed in", () => {
  it("is there without its words, the same object as long as the text is, and then with them again", () => {
    const { board, blanked, changes, id } = createDesk();
    blanked.setBlank(id);
    const blank = blanked.board.item(id);
    expect(blank).toMatchObject({ kind: "text", text: "" });
    expect(blanked.board.item(id)).toBe(blank);
    expect(blanked.board.items()).toContain(blank);
    expect(board.item(id)).toMatchObject({ text: "hello" });
    expect(changes.at(-1)).toMatchObject({ altered: [id] });
    blanked.setBlank(undefined);
    expect(blanked.board.item(id)).toBe(board.item(id));
    expect(changes.at(-1)).toMatchObject({ altered: [id] });
  });

  it("is no reason to paint anything where it is gone", () => {
    const { board, blanked, changes, id } = createDesk();
    blanked.setBlank(id);
    board.erase([id]);
    const count = changes.length;
    blanked.setBlank(undefined);
    expect(changes).toHaveLength(count);
    expect(blanked.board.items()).toEqual([]);
  });
});
