import { describe, expect, it } from "vitest";
import type { ItemId, TextItem } from "../../src/board/document/board.ts";
import type { TextTool } from "../../src/ink/stroke.ts";
import { createTextTool } from "../../src/tools/text-tool.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { createFakeBoard, type FakeBoard } from "./support/fake-board.ts";
import { drag, type Place } from "./support/gesture.ts";
import { hitsOn } from "./support/hits.ts";

function setUp(name: TextTool): { board: FakeBoard; tool: Tool; edited: ItemId[] } {
  const board = createFakeBoard();
  const edited: ItemId[] = [];
  const hits = hitsOn(board);
  return { board, edited, tool: createTextTool({ board, hits, tool: name, edit: (id) => edited.push(id) }) };
}

const tap = (tool: Tool, place: Place, zoom = 1): void => {
  drag(tool, [place, [place[0] + 2 / zoom, place[1]]], { zoom });
  tool.up();
};

describe("text tool", () => {
  it("a tap puts empty words there, to be typed, with the type as large as it looks", () => {
    const { board, tool, edited } = setUp("text");
    tap(tool, [50, 60], 2);
    const [item] = board.items() as TextItem[];
    expect(item).toMatchObject({ text: "", size: undefined, header: { tool: "text", width: 10 } });
    expect(item!.matrix).toMatchObject({ e: 50, f: 55 });
    expect(edited).toEqual([item!.id]);
  });

  it("a note is as large on the screen at any zoom, around the tap, and larger for large type", () => {
    const { board, tool } = setUp("note");
    tap(tool, [50, 60]);
    tap(tool, [500, 600], 0.25);
    const [near, far] = board.items() as TextItem[];
    expect(near).toMatchObject({ size: { width: 160, height: 160 }, matrix: { e: -30, f: -20 } });
    expect(far).toMatchObject({ size: { width: 640, height: 640 } });
    drag(tool, [[900, 900]], { size: 40 });
    tool.up();
    expect(board.items().at(-1)).toMatchObject({ size: { width: 320, height: 320 } });
  });

  it("a tap on words takes them up", () => {
    const { board, tool, edited } = setUp("note");
    const words = board.write("hello", [0, 0]);
    tap(tool, [20, 10]);
    expect(edited).toEqual([words]);
    expect(board.items()).toHaveLength(1);
  });

  it("a drag makes nothing, and neither does what is dropped", () => {
    const { board, tool, edited } = setUp("text");
    drag(tool, [
      [0, 0],
      [40, 0],
      [1, 0],
    ]);
    tool.up();
    drag(tool, [[0, 0]]);
    tool.drop();
    tool.up();
    expect(board.items()).toEqual([]);
    expect(edited).toEqual([]);
  });
});
