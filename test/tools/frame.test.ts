import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance, type Point } from "../../src/base/geometry.ts";
import { apply, IDENTITY, invert, multiply, translation, type Matrix } from "../../src/base/matrix.ts";
import type { Board, Item, ItemId } from "../../src/board/document/board.ts";
import { createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { SHAPE_TOOLS } from "../../src/ink/stroke.ts";
import { axesOf } from "../../src/tools/frame.ts";
import type { HandleName } from "../../src/tools/handles.ts";
import { createTools, type Tools } from "../../src/tools/tools.ts";
import { createHandTime } from "../support/hand-time.ts";
import { inkPoints, PEN, sizeOf } from "./support/fake-board.ts";
import { drag } from "./support/gesture.ts";
import { indexOf } from "./support/hits.ts";

/*
 * What is turned is stretched along its own sides. Sizes are in world units, at zoom 1.
 */

const SIDES = ["n", "e", "s", "w"] as const;
const CORNERS = ["nw", "ne", "se", "sw"] as const;

interface Desk {
  readonly board: Board;
  readonly tools: Tools;
  /** One item of each kind, side by side, all upright. */
  readonly kinds: ReadonlyMap<string, ItemId>;
}

function setUp(): Desk {
  const onError = (error: unknown): never => {
    throw error;
  };
  const doc = createDocument();
  const { board, flush } = createBoard({ doc, time: createHandTime(), isPresent: () => true, onError });
  const tools = createTools({
    board,
    index: indexOf(board),
    sizeOf,
    edit: () => undefined,
    stopEditing: () => undefined,
    onError,
  });
  const kinds = new Map<string, ItemId>();
  for (const [i, tool] of SHAPE_TOOLS.entries()) {
    kinds.set(tool, board.addShape({ ...PEN, tool }, { x: i * 400, y: 0 }, { x: i * 400 + 120, y: 80 }));
  }
  kinds.set("text", board.addText({ ...PEN, tool: "text" }, { x: 0, y: 400 }, undefined, "some words"));
  const note = { ...PEN, tool: "note" } as const;
  kinds.set("note", board.addText(note, { x: 400, y: 400 }, { width: 120, height: 80 }, "a note"));
  for (const [i, kind] of ["stroke", "cut stroke"].entries()) {
    const pen = board.startStroke(PEN);
    pen.add(
      inkPoints(Array.from({ length: 40 }, (_, n) => [800 + i * 400 + n * 4, 400 + 40 * Math.sin(n / 5)])),
    );
    pen.end();
    flush();
    kinds.set(kind, board.items().at(-1)!.id);
  }
  board.cut(new Map([[kinds.get("cut stroke")!, [{ from: 10, to: 20 }]]]));
  return { board, tools, kinds };
}

/** Drags a handle of what is selected by so much. */
function pull({ tools }: Desk, name: HandleName, { x: dx, y: dy }: Point, constrain = false): void {
  const { x, y } = tools.selection.handles(1).find((handle) => handle.name === name)!.at;
  const select = tools.tool("select");
  drag(
    select,
    [
      [x, y],
      [x + dx, y + dy],
    ],
    { constrain },
  );
  select.up();
}

function turn(desk: Desk, degrees: number): void {
  const centre = middleOf(desk.tools.selection.corners());
  const cos = Math.cos((degrees / 180) * Math.PI);
  const sin = Math.sin((degrees / 180) * Math.PI);
  const about = { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
  const matrix = multiply(
    translation(centre.x, centre.y),
    multiply(about, translation(-centre.x, -centre.y)),
  );
  expect(desk.board.transform(desk.tools.selection.ids(), matrix)).toBe(true);
}

function middleOf(places: readonly Point[]): Point {
  const mean = (of: (place: Point) => number): number =>
    places.reduce((sum, place) => sum + of(place), 0) / places.length;
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

const linear = (item: Item): Matrix =>
  item.kind === "text" ? item.matrix : (item.attributes.matrix ?? IDENTITY);

/** Between an item's sides, in degrees. */
function angleOf(board: Board, id: ItemId): number {
  const { a, b, c, d } = linear(board.item(id)!);
  return (Math.atan2(a * d - b * c, a * c + b * d) / Math.PI) * 180;
}

const headingOf = (board: Board, id: ItemId): number => {
  const { a, b } = linear(board.item(id)!);
  return (Math.atan2(b, a) / Math.PI) * 180;
};

/** A side of words sets the width of their lines. */
const look = (item: Item): readonly unknown[] => [linear(item), item.attributes.width];

describe("one item that is turned", () => {
  it("keeps its right angles and its heading under each handle, with the constraint and without, in one step", () => {
    const desk = setUp();
    const { board, tools, kinds } = desk;
    for (const [kind, id] of kinds) {
      tools.selection.set([id]);
      turn(desk, 33);
      for (const constrain of [false, true]) {
        for (const name of [...SIDES, ...CORNERS]) {
          const shown = tools.selection.handles(1).some((handle) => handle.name === name);
          if (!shown) continue;
          const message = `${kind}, ${name}${constrain ? " with the constraint" : ""}`;
          const before = look(board.item(id)!);
          pull(desk, name, { x: 30, y: -45 }, constrain);
          expect(look(board.item(id)!), message).not.toEqual(before);
          expect(angleOf(board, id), message).toBeCloseTo(90, 3);
          expect(headingOf(board, id), message).toBeCloseTo(33, 3);
          expect(board.history.undo(), message).toBe("done");
          expect(look(board.item(id)!), message).toEqual(before);
        }
      }
    }
  });

  it("is a true rectangle of ink whose far side stays", () => {
    const desk = setUp();
    const { board, tools, kinds } = desk;
    tools.selection.set([kinds.get("rectangle")!]);
    turn(desk, 30);
    const before = tools.selection.corners();
    pull(desk, "e", { x: 60 * Math.cos(Math.PI / 6), y: 60 * Math.sin(Math.PI / 6) });
    const [nw, ne, , sw] = tools.selection.corners();
    expect(distance(nw!, before[0]!)).toBeLessThan(2);
    expect(distance(sw!, before[3]!)).toBeLessThan(2);
    expect(distance(nw!, ne!)).toBeCloseTo(distance(before[0]!, before[1]!) + 60, -0.5);
    const item = board.item(kinds.get("rectangle")!)!;
    const points = item.kind === "stroke" ? item.points : [];
    const back = invert(linear(item))!;
    for (const point of points) {
      const { x, y } = apply(back, point);
      // Each lies on a side of the box that was drawn.
      expect(Math.min(...[x, x - 120, y, y - 80].map(Math.abs))).toBeLessThan(0.01);
    }
  });

  it("has a frame that fits it, whose handles stand off its own sides and are named by where they are", () => {
    const desk = setUp();
    const { tools, kinds } = desk;
    for (const degrees of [30, -40, 90, 120, 180, 210, 300]) {
      tools.selection.set([kinds.get("note")!]);
      turn(desk, degrees);
      const [nw, ne, se, sw] = tools.selection.corners();
      const sides = [distance(nw!, ne!), distance(ne!, se!)].sort((a, b) => a - b);
      expect(sides[0]).toBeCloseTo(80);
      expect(sides[1]).toBeCloseTo(120);
      const middle = middleOf([nw!, ne!, se!, sw!]);
      const at = (name: HandleName): Point =>
        tools.selection.handles(1).find((handle) => handle.name === name)!.at;
      expect(at("e").x - middle.x, `${degrees}`).toBeGreaterThan(Math.abs(at("e").y - middle.y) - 1e-6);
      expect(middle.y - at("n").y, `${degrees}`).toBeGreaterThan(Math.abs(at("n").x - middle.x) - 1e-6);
      expect(middle.y - at("rotate").y).toBeGreaterThan(0);
      turn(desk, -degrees);
    }
  });

  it("is moved by a press within its frame, and not by one beside it", () => {
    const desk = setUp();
    const { board, tools, kinds } = desk;
    const id = kinds.get("rectangle")!;
    const select = tools.tool("select");
    const press = (x: number, y: number): void => {
      drag(select, [
        [x, y],
        [x + 20, y],
      ]);
      select.up();
    };
    tools.selection.set([id]);
    turn(desk, 45);
    const { x, y } = middleOf(tools.selection.corners());
    const before = linear(board.item(id)!);
    // In the upright box around it, but beyond its turned corner.
    press(x - 60, y - 60);
    expect(tools.selection.ids()).toEqual([]);
    expect(linear(board.item(id)!)).toEqual(before);
    tools.selection.set([id]);
    press(x + 10, y);
    expect(linear(board.item(id)!).e - before.e).toBeCloseTo(20);
  });

  it("comes upright again by turning with the constraint", () => {
    const desk = setUp();
    const { board, tools, kinds } = desk;
    tools.selection.set([kinds.get("note")!]);
    turn(desk, 37);
    pull(desk, "rotate", { x: 2, y: 6 }, true);
    const heading = headingOf(board, kinds.get("note")!) / 15;
    expect(heading).toBeCloseTo(Math.round(heading), 3);
  });

  it("that went askew on an older board gets no more so", () => {
    const desk = setUp();
    const { board, tools, kinds } = desk;
    const id = kinds.get("rectangle")!;
    board.transform([id], { a: 0.9, b: 0.3, c: 0.2, d: 1.1, e: 5, f: 6 });
    tools.selection.set([id]);
    const askew = angleOf(board, id);
    expect(Math.abs(askew - 90)).toBeGreaterThan(5);
    for (const name of [...SIDES, ...CORNERS, "rotate"] as const) {
      for (const constrain of [false, true]) {
        pull(desk, name, { x: 25, y: 25 }, constrain);
        expect(angleOf(board, id), name).toBeCloseTo(askew, 3);
      }
    }
  });
});

describe("several items", () => {
  it("that are turned differently are only scaled as a whole, by any handle", () => {
    const desk = setUp();
    const { board, tools, kinds } = desk;
    const ids = [...kinds.values()];
    for (const [i, id] of ids.entries()) {
      tools.selection.set([id]);
      turn(desk, 5 + i * 17);
    }
    const headings = ids.map((id) => headingOf(board, id));
    tools.selection.set(ids);
    for (const name of [...SIDES, ...CORNERS]) {
      for (const constrain of [false, true]) {
        const before = tools.selection.corners();
        pull(desk, name, { x: -20, y: 35 }, constrain);
        expect(tools.selection.corners()).not.toEqual(before);
        for (const [i, id] of ids.entries()) {
          expect(angleOf(board, id), name).toBeCloseTo(90, 3);
          expect(headingOf(board, id), name).toBeCloseTo(headings[i]!, 3);
        }
        expect(board.history.undo()).toBe("done");
      }
    }
  });

  it("that are turned alike, or by quarters, have a turned frame and are stretched along it", () => {
    const desk = setUp();
    const { board, tools, kinds } = desk;
    const [rectangle, note] = [kinds.get("rectangle")!, kinds.get("note")!];
    tools.selection.set([rectangle]);
    turn(desk, 25);
    tools.selection.set([note]);
    turn(desk, 115);
    tools.selection.set([rectangle, note]);
    expect(tools.selection.frame()).toMatchObject({ stretches: true });
    const { a, d } = linear(board.item(rectangle)!);
    pull(desk, "e", { x: 100, y: 0 });
    const after = linear(board.item(rectangle)!);
    expect(Math.hypot(after.a, after.b)).toBeGreaterThan(Math.hypot(a, 0));
    expect(after.d).toBeCloseTo(d);
    for (const id of [rectangle, note]) expect(angleOf(board, id)).toBeCloseTo(90, 3);
  });
});

describe("axes", () => {
  const textWith = (matrix: Matrix): Item => ({
    kind: "text",
    id: "1.0",
    client: 1,
    layer: "",
    attributes: {},
    header: { ...PEN, tool: "text" },
    matrix,
    size: undefined,
    text: "",
    ended: true,
  });

  it("point to the right and down, whatever the items went through", () => {
    const part = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const { axes } = axesOf([textWith({ a, b, c, d, e: 0, f: 0 })]);
        expect(Math.hypot(axes.a, axes.b)).toBeCloseTo(1);
        expect(Math.hypot(axes.c, axes.d)).toBeCloseTo(1);
        expect(axes.a).toBeGreaterThan(0);
        expect(axes.a * axes.d - axes.b * axes.c).toBeGreaterThan(0.05);
      }),
    );
  });

  it("of what is flat, or of nothing, are upright", () => {
    expect(axesOf([textWith({ a: 1, b: 1, c: 1, d: 1.01, e: 0, f: 0 })])).toEqual({
      axes: IDENTITY,
      stretches: false,
    });
    expect(axesOf([])).toEqual({ axes: IDENTITY, stretches: true });
    expect(axesOf([textWith({ a: -2, b: 1e-9, c: 0, d: 3, e: 0, f: 0 })]).axes).toBe(IDENTITY);
  });
});
