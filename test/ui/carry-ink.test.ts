import { describe, expect, it } from "vitest";
import type { Board } from "../../src/board/document/board.ts";
import { assignClient, createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { StrokeHeader } from "../../src/ink/stroke.ts";
import { putAgain, watchFreshInk } from "../../src/ui/carry-ink.ts";
import { inkOn } from "../support/ink.ts";
import { createHandTime } from "../support/hand-time.ts";

const HEADER: StrokeHeader = {
  tool: "pen",
  color: 0x2348c4,
  width: 4,
  input: "touch",
  pressure: false,
  scale: 1,
};

function createPaper(client: number): Board {
  const doc = createDocument();
  assignClient(doc, () => client);
  return createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => false,
    onError(error) {
      throw error;
    },
  }).board;
}

function draw(board: Board, length: number, y: number): void {
  const writer = board.startStroke(HEADER);
  for (let i = 0; i < length; i++) writer.add([{ x: i * 3, y: y + (i % 7), pressure: 0.5 }]);
  writer.end();
}

const lines = (board: Board) => inkOn(board).map(({ header, points, ended }) => ({ header, points, ended }));

describe("ink that moves to another board", () => {
  it("is what was drawn since, as far as it is visible, point by point", () => {
    const from = createPaper(1);
    draw(from, 5, 0);
    const fresh = watchFreshInk(from);
    draw(from, 40, 100);
    draw(from, 3, 200);
    from.history.undo();
    draw(from, 1, 300);
    const to = createPaper(2);
    putAgain(fresh.copy(), to);
    expect(to.items()).toHaveLength(2);
    expect(lines(to)).toEqual(lines(from).slice(1));
  });

  it("keeps strokes that are longer than one item", () => {
    const from = createPaper(1);
    const fresh = watchFreshInk(from);
    draw(from, 9000, 0);
    const to = createPaper(2);
    putAgain(fresh.copy(), to);
    expect(to.items().length).toBeGreaterThan(2);
    expect(lines(to)).toEqual(lines(from));
  });

  it("is nothing after a clear", () => {
    const from = createPaper(1);
    const fresh = watchFreshInk(from);
    draw(from, 5, 0);
    from.clear();
    expect(fresh.copy()).toEqual([]);
    fresh.close();
  });
});
