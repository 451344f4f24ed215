import { describe, expect, it } from "vitest";
import { assignClient, createDocument } from "../../../src/board/document/document.ts";
import type { Board, ItemId } from "../../../src/board/document/board.ts";
import { createBoard } from "../../../src/board/yjs-board.ts";
import { selectionText } from "../../../src/ui/selection/selection-text.ts";
import { LANGUAGES, stringsOf } from "../../../src/ui/words/languages.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { createHandTime } from "../../support/hand-time.ts";

const STYLE = { color: 0xd42a31, width: 2, input: "mouse", pressure: false, scale: 0 } as const;

function emptyBoard(): Board {
  const doc = createDocument();
  assignClient(doc, () => 7);
  const onError = (error: unknown): never => {
    throw error;
  };
  return createBoard({ doc, time: createHandTime(), isPresent: () => false, onError }).board;
}

const line = (board: Board, color: number): ItemId =>
  board.addShape({ ...STYLE, tool: "line", color }, { x: 0, y: 0 }, { x: 9, y: 9 });
const words = (board: Board, text: string): ItemId =>
  board.addText({ ...STYLE, tool: "text", color: 0x2348c4 }, { x: 0, y: 0 }, undefined, text);
const say = (board: Board, ids: readonly ItemId[]): string => selectionText(board, ids, ENGLISH);

describe("what is selected, in words", () => {
  it("says kind, colour, words and place of one", () => {
    const board = emptyBoard();
    const red = line(board, 0xd42a31);
    const text = words(board, " Hello\n you ");
    expect(say(board, [red])).toBe("1 thing selected: Line, Red, 1 of 2");
    expect(say(board, [text])).toBe("1 thing selected: Text, Blue: Hello you, 2 of 2");
    expect(say(board, [])).toBe("");
  });
  it("differs from one thing to the next, so that each step is read", () => {
    const board = emptyBoard();
    const all = [line(board, 0), line(board, 0), line(board, 0)];
    expect(new Set(all.map((id) => say(board, [id]))).size).toBe(3);
  });
  it("tells a colour as it is now", () => {
    const board = emptyBoard();
    const id = line(board, 0xd42a31);
    board.changeItems([id], { color: 0x33964f });
    expect(say(board, [id])).toContain("Line, Green");
  });
  it("tells three of many", () => {
    const board = emptyBoard();
    const all = [0xd42a31, 0x33964f, 0x2348c4, 0, 0].map((color) => line(board, color));
    expect(say(board, all)).toBe("5 things selected: Line, Red, Line, Green, Line, Blue, +2");
  });
  it("cuts long words between two characters", () => {
    const board = emptyBoard();
    const told = say(board, [words(board, "👩‍👩‍👧‍👦".repeat(100))]);
    expect(told).toContain(`: ${"👩‍👩‍👧‍👦".repeat(80)}…`);
  });
  it("counts a long stroke of several items once", () => {
    const board = emptyBoard();
    const stroke = board.startStroke({ ...STYLE, tool: "pen" });
    stroke.add(Array.from({ length: 9000 }, (_, i) => ({ x: (i * 97) % 2003, y: i % 501, pressure: 1 })));
    stroke.end();
    expect(board.items().length).toBeGreaterThan(1);
    const pieces = board.items().map(({ id }) => id);
    expect(say(board, pieces)).toBe("1 thing selected: Pen, Red, 1 of 1");
  });
  it.each(LANGUAGES)("names kind, colour and words in $name", ({ code }) => {
    const board = emptyBoard();
    const strings = stringsOf(code);
    const told = selectionText(board, [words(board, "Hello")], strings);
    for (const part of [strings.tools.text, strings.colors.blue, "Hello"]) expect(told).toContain(part);
  });
});
