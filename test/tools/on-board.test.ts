import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { centreOf } from "../../src/base/geometry.ts";
import { translation } from "../../src/base/matrix.ts";
import type { Board, ItemId } from "../../src/board/document/board.ts";
import { createDocument, REMOTE_ORIGIN } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { flattenCurve } from "../../src/ink/curve.ts";
import { clipboardText, readClipboard } from "../../src/tools/clipboard.ts";
import { partsOf } from "../../src/tools/hit.ts";
import { createTools, type Tools } from "../../src/tools/tools.ts";
import { inkOn } from "../support/ink.ts";
import { PEN, sizeOf } from "./support/fake-board.ts";
import { drag, sampleAt, type Place } from "./support/gesture.ts";
import { createHandTime } from "../support/hand-time.ts";
import { indexOf } from "./support/hits.ts";

interface Person {
  readonly board: Board;
  readonly tools: Tools;
  readonly edited: ItemId[];
  readonly doc: Y.Doc;
  flush(): void;
}

function createPerson(client: number): Person {
  const doc = createDocument();
  doc.clientID = client;
  const onError = (error: unknown): never => {
    throw error;
  };
  const { board, flush } = createBoard({ doc, time: createHandTime(), isPresent: () => true, onError });
  const edited: ItemId[] = [];
  const tools = createTools({
    board,
    index: indexOf(board),
    sizeOf,
    edit: (id) => edited.push(id),
    stopEditing: () => undefined,
    onError,
  });
  return { board, tools, edited, doc, flush };
}

function sync(...people: readonly Person[]): void {
  for (const { doc, flush } of people) {
    flush();
    for (const other of people) {
      if (other.doc === doc) continue;
      Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other.doc)), REMOTE_ORIGIN);
    }
  }
}

const look = ({ board }: Person): unknown =>
  board.items().map((item) => (item.kind !== "stroke" ? item : { ...item.header, parts: partsOf(item) }));

const use = ({ tools }: Person, name: Parameters<Tools["tool"]>[0], ...places: Place[]): void => {
  const tool = tools.tool(name);
  drag(tool, places, { size: name === "pen" ? 4 : 20 });
  tool.up();
};

const WAVE: readonly Place[] = Array.from({ length: 60 }, (_, i): Place => [i * 5, 40 * Math.sin(i / 6)]);

describe("tools on a board", () => {
  it("what a cutter went over is free of ink on both sides, and its undo brings it back", () => {
    const [a, b] = [createPerson(1), createPerson(2)];
    use(a, "pen", ...WAVE);
    use(a, "ellipse", [0, -80], [200, 80]);
    sync(a, b);
    const before = look(a);
    use(b, "cutter", [100, -90], [100, 90]);
    sync(a, b);
    expect(look(a)).toEqual(look(b));
    for (const item of inkOn(a.board)) {
      expect(partsOf(item).length).toBeGreaterThan(1);
      const away = partsOf(item)
        .flatMap((part) => flattenCurve(part, 0.5))
        .map(({ x }) => Math.abs(x - 100) - item.header.width / 2);
      // Its radius, and half a pixel.
      expect(Math.min(...away)).toBeGreaterThan(9.5);
      expect(Math.min(...away)).toBeLessThan(10.5);
    }
    b.board.history.undo();
    sync(a, b);
    expect(look(a)).toEqual(before);
  });

  it("cuts and takes dots as one step, also out of a stroke under the other's pen", () => {
    const [a, b] = [createPerson(1), createPerson(2)];
    const pen = a.tools.tool("pen");
    drag(pen, WAVE, { size: 4 });
    use(b, "marker", [120, 60]);
    sync(a, b);
    use(b, "cutter", [120, -60], [120, 80]);
    expect(inkOn(b.board)).toHaveLength(1);
    pen.move([sampleAt([350, 0]), sampleAt([400, 100])], false);
    pen.up();
    sync(a, b);
    expect(look(a)).toEqual(look(b));
    const [stroke] = inkOn(a.board);
    expect(stroke!.parts).toHaveLength(2);
    expect(stroke!.parts!.at(-1)!.at(-1)).toMatchObject({ x: 400, y: 100 });
    b.board.history.undo();
    expect(inkOn(b.board)).toHaveLength(2);
  });

  it("an eraser takes a long stroke whole, which is several items", () => {
    const person = createPerson(1);
    const long = Array.from({ length: 9000 }, (_, i): Place => [
      (i % 100) * 17 + (i % 7),
      i / 3 + 20 * (i % 2),
    ]);
    use(person, "pen", ...long);
    person.flush();
    expect(inkOn(person.board).length).toBeGreaterThan(1);
    const [x, y] = long[10]!;
    use(person, "eraser", [x, y]);
    expect(person.board.items()).toEqual([]);
    expect(person.board.history.undo()).toBe("done");
    expect(inkOn(person.board).length).toBeGreaterThan(1);
  });

  /** One draws a line and holds it still, while the other sees all of it. */
  function snapLine(a: Person, b: Person): void {
    const pen = a.tools.tool("pen");
    drag(
      pen,
      [
        [0, 0],
        [90, 30],
        [180, 62],
      ],
      { size: 4 },
    );
    sync(a, b);
    expect(inkOn(b.board)).toMatchObject([{ header: { tool: "pen" } }]);
    expect(pen.rest!()).toBe(true);
    pen.up();
  }
  /** What both show, when each has heard of the other. */
  const bothShow = (...people: readonly [Person, Person]): string[] => {
    sync(...people);
    const [one, other] = people.map(look);
    expect(one).toEqual(other);
    return inkOn(people[0].board).map(({ header }) => header.tool);
  };

  it("a rough line held still becomes one line on both sides; undo gives the stroke back, and then takes it", () => {
    const [a, b] = [createPerson(1), createPerson(2)];
    snapLine(a, b);
    expect(bothShow(a, b)).toEqual(["line"]);
    const { history } = a.board;
    expect(history.undo()).toBe("done");
    expect(bothShow(a, b)).toEqual(["pen"]);
    expect(inkOn(b.board)[0]!.points.at(-1)).toMatchObject({ x: 180, y: 62 });
    expect(history.undo()).toBe("done");
    expect(bothShow(a, b)).toEqual([]);
    expect(history.canUndo()).toBe(false);
    expect(history.redo()).toBe("done");
    expect(bothShow(a, b)).toEqual(["pen"]);
    expect(history.redo()).toBe("done");
    expect(bothShow(a, b)).toEqual(["line"]);
    expect(history.canRedo()).toBe(false);
  });

  it("the same while the other draws and moves things meanwhile", () => {
    const [a, b] = [createPerson(1), createPerson(2)];
    snapLine(a, b);
    sync(a, b);
    use(b, "rectangle", [300, 0], [400, 60]);
    b.board.transform([inkOn(b.board)[0]!.id], { a: 1, b: 0, c: 0, d: 1, e: 50, f: 0 });
    expect(bothShow(a, b)).toEqual(["line", "rectangle"]);
    a.board.history.undo();
    use(b, "ellipse", [300, 100], [400, 160]);
    expect(bothShow(a, b)).toEqual(["pen", "rectangle", "ellipse"]);
    a.board.history.undo();
    expect(bothShow(a, b)).toEqual(["rectangle", "ellipse"]);
    a.board.history.redo();
    a.board.history.redo();
    expect(bothShow(a, b)).toEqual(["line", "rectangle", "ellipse"]);
    b.board.history.undo();
    expect(bothShow(a, b)).toEqual(["line", "rectangle"]);
  });

  it("what the other has erased as a line does not come back as a stroke", () => {
    const [a, b] = [createPerson(1), createPerson(2)];
    snapLine(a, b);
    sync(a, b);
    use(b, "eraser", [90, 31]);
    expect(bothShow(a, b)).toEqual([]);
    expect(a.board.history.undo()).toBe("skipped");
    expect(bothShow(a, b)).toEqual([]);
  });

  it("what the other has erased as a stroke, without hearing of the line, does not come back as one either", () => {
    const [a, b] = [createPerson(1), createPerson(2)];
    snapLine(a, b);
    use(b, "eraser", [90, 30]);
    expect(bothShow(a, b)).toEqual(["line"]);
    expect(a.board.history.undo()).toBe("partly");
    expect(bothShow(a, b)).toEqual([]);
  });

  it("what is selected is moved, turned and resized by its handles, one step each", () => {
    const person = createPerson(1);
    use(person, "rectangle", [0, 0], [100, 60]);
    use(person, "select", [-40, -40], [140, 140]);
    const { selection } = person.tools;
    const box = (): readonly number[] => {
      const { minX, minY, maxX, maxY } = selection.frame()!.box;
      return [minX, minY, maxX, maxY].map(Math.round);
    };
    expect(box()).toEqual([-10, -10, 110, 70]);
    use(person, "select", [50, 30], [150, 30]);
    expect(box()).toEqual([90, -10, 210, 70]);
    const { x, y } = selection.handles(1).find(({ name }) => name === "rotate")!.at;
    use(person, "select", [x, y], [x + 600, 30]);
    expect(box()).toEqual([110, -30, 190, 90]);
    person.board.history.undo();
    expect(box()).toEqual([90, -10, 210, 70]);
    person.board.history.undo();
    expect(box()).toEqual([-10, -10, 110, 70]);
    person.board.history.undo();
    expect(selection.ids()).toEqual([]);
  });

  it("a tap with the text tool makes words to be typed, and another one takes them up", () => {
    const person = createPerson(1);
    use(person, "text", [50, 50]);
    const editor = person.board.editText(person.edited[0]!)!;
    editor.change("", "hello");
    editor.end();
    use(person, "text", [60, 50]);
    expect(person.edited).toEqual([person.edited[0], person.edited[0]]);
    use(person, "eraser", [60, 50]);
    expect(person.board.items()).toEqual([]);
  });

  it("what is copied goes through the clipboard to another board", () => {
    const [a, b] = [createPerson(1), createPerson(2)];
    use(a, "pen", ...WAVE);
    use(a, "arrow", [0, 0], [90, 50]);
    const note = a.board.addText(
      { ...PEN, tool: "note" },
      { x: 0, y: 100 },
      { width: 160, height: 160 },
      "hi \u{1F600}",
    );
    a.board.transform([note], { a: 0, b: 1, c: -1, d: 0, e: 300, f: 0 });
    a.tools.selection.set(a.board.items().map(({ id }) => id));
    const { x, y } = centreOf(a.tools.selection.frame()!.box);
    const text = clipboardText(a.board.copy(a.tools.selection.ids()))!;
    const copied = readClipboard(text, { ...PEN, tool: "text" });
    if (typeof copied === "string") throw new Error(copied);
    const ids = b.board.paste(copied, translation(1000 - x, 1000 - y));
    b.tools.selection.set(ids);
    const pasted = centreOf(b.tools.selection.frame()!.box);
    expect(Math.abs(pasted.x - 1000)).toBeLessThan(12);
    expect(Math.abs(pasted.y - 1000)).toBeLessThan(12);
    expect(b.board.items().map(({ header }) => header.tool)).toEqual(["pen", "arrow", "note"]);
    expect(b.board.items()[2]).toMatchObject({ text: "hi \u{1F600}", size: { width: 160 } });
  });
});
