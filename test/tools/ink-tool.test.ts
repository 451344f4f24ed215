import { describe, expect, it } from "vitest";
import type { InkTool } from "../../src/ink/stroke.ts";
import { createInkTool } from "../../src/tools/ink-tool.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { createFakeBoard, type FakeBoard } from "./support/fake-board.ts";
import { drag, sampleAt, type Place } from "./support/gesture.ts";

function setUp(name: InkTool): { board: FakeBoard; tool: Tool } {
  const board = createFakeBoard();
  return { board, tool: createInkTool({ board, tool: name }) };
}

const LINE: readonly Place[] = [
  [0, 0],
  [100, 20],
  [200, 41],
];
const HOUSE: readonly Place[] = [
  [0, 0],
  [0, 80],
  [90, 80],
  [90, 0],
  [45, -60],
  [0, 0],
  [90, 80],
];

describe("ink tool", () => {
  it("draws with colour and size of the context; its preview is ink", () => {
    const { board, tool } = setUp("marker");
    drag(tool, LINE, { size: 9, zoom: 2, input: "pen" });
    const header = { tool: "marker", color: 0x2f6fed, width: 4.5, input: "pen", pressure: true, scale: 1 };
    expect(tool.preview(0)).toMatchObject({ kind: "ink", header });
    tool.up();
    expect(board.items()).toMatchObject([{ header, ended: true }]);
    expect(tool.preview(0)).toBeUndefined();
  });

  it("a rough line held still becomes one, in place of the stroke; the rest of the gesture does nothing", () => {
    const { board, tool } = setUp("pen");
    drag(tool, LINE);
    expect(tool.rest!()).toBe(true);
    expect(tool.preview(0)).toBeUndefined();
    tool.move([sampleAt([300, 300], 900)], false);
    tool.up();
    expect(board.items()).toMatchObject([{ header: { tool: "line", width: 20, pressure: false } }]);
    expect(board.calls.map(({ name }) => name)).toEqual(["startStroke", "replace"]);
    expect(tool.rest!()).toBe(false);
  });

  it("so does one that is provisional still", () => {
    const { board, tool } = setUp("pen");
    drag(tool, LINE, { provisional: true });
    expect(tool.rest!()).toBe(true);
    tool.up();
    expect(board.calls.map(({ name }) => name)).toEqual(["startStroke", "replace"]);
  });

  it("anything else stays ink, and with a highlighter everything", () => {
    for (const [name, places] of [
      ["pen", HOUSE],
      ["highlighter", LINE],
    ] as const) {
      const { board, tool } = setUp(name);
      drag(tool, places);
      expect(tool.rest!()).toBe(false);
      tool.up();
      expect(board.items()).toMatchObject([{ header: { tool: name } }]);
    }
  });

  it("a provisional stroke that is dropped leaves no trace", () => {
    const { board, tool } = setUp("pen");
    drag(tool, LINE, { provisional: true });
    tool.drop();
    tool.up();
    expect(board.calls).toEqual([]);
  });
});
