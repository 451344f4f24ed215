import { beforeEach, describe, expect, it } from "vitest";
import type { Layer } from "../../../src/board/document/board.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import type { Refusal } from "../../../src/ui/choices/active-layer.ts";
import type { Choices } from "../../../src/ui/choices/choices.ts";
import { createChoices } from "../../../src/ui/choices/choices.ts";
import type { DrawingLayer } from "../../../src/ui/stage/drawing-layer.ts";
import { createDrawingLayer } from "../../../src/ui/stage/drawing-layer.ts";
import type { ToolInHand } from "../../../src/ui/stage/tool-in-hand.ts";
import { createToolInHand } from "../../../src/ui/stage/tool-in-hand.ts";

let layers: Layer[];
let refused: Refusal[];
let choices: Choices;
let layer: DrawingLayer;
let hand: ToolInHand;

const layerOf = (id: string, state: Partial<Layer> = {}): Layer => ({
  id,
  name: "",
  hidden: false,
  locked: false,
  opacity: 1,
  ...state,
});

const full = new Set<"drawing" | "erasing">();

beforeEach(() => {
  [layers, refused] = [[layerOf(FIRST_LAYER), layerOf("7.1")], []];
  full.clear();
  choices = createChoices({
    onError(error) {
      throw error;
    },
  });
  layer = createDrawingLayer({
    board: { layers: () => layers, noRoomFor: (what) => (full.has(what) ? "writes" : undefined) },
    choices,
    onRefused: (reason) => refused.push(reason),
  });
  hand = createToolInHand({ choices, layer });
});

describe("the tool in the hand", () => {
  it("is the one that was chosen, as it is set", () => {
    choices.setTool("marker");
    choices.setColor(0x33964f);
    choices.setSize(24);
    expect(hand.current()).toEqual({ name: "marker", color: 0x33964f, size: 24 });
    choices.setTool("pan");
    expect(hand.current()).toBeUndefined();
    expect(hand.settingsOf("marker")).toEqual({ name: "marker", color: 0x33964f, size: 24 });
  });

  it("recognises shapes unless the person prefers their own", () => {
    expect(hand.recognizesShapes()).toBe(true);
    choices.prefer({ recognizeShapes: false });
    expect(hand.recognizesShapes()).toBe(false);
  });

  it("selects with a box or a lasso, which have neither colour nor size", () => {
    choices.setTool("select");
    choices.setSelectMode("box");
    expect(hand.current()).toEqual({ name: "select", color: 0, size: 0 });
    choices.setSelectMode("lasso");
    expect(hand.current()).toEqual({ name: "lasso", color: 0, size: 0 });
  });

  it("makes nothing new on a layer that is locked or hidden, and says which it is", () => {
    choices.setActiveLayer("7.1");
    layers[1] = layerOf("7.1", { locked: true, hidden: true });
    for (const name of ["pen", "text", "line"] as const) expect(hand.isAllowed(name), name).toBe(false);
    hand.refuse("pen");
    layers[1] = layerOf("7.1", { hidden: true });
    hand.refuse("pen");
    expect(refused).toEqual(["locked", "hidden"]);
  });

  it("erases, points and selects whatever the layer", () => {
    layers[0] = layerOf(FIRST_LAYER, { locked: true });
    for (const name of ["eraser", "cutter", "select", "lasso", "laser"] as const)
      expect(hand.isAllowed(name), name).toBe(true);
  });
});

describe("on a board that is full, the tool in the hand", () => {
  it("draws nothing, or erases nothing, and says so; what only points or selects works", () => {
    full.add("drawing");
    for (const name of ["pen", "text", "line"] as const) expect(hand.isAllowed(name), name).toBe(false);
    for (const name of ["eraser", "cutter", "select", "lasso", "laser"] as const)
      expect(hand.isAllowed(name), name).toBe(true);
    hand.refuse("pen");
    full.clear();
    full.add("erasing");
    for (const name of ["eraser", "cutter"] as const) expect(hand.isAllowed(name), name).toBe(false);
    expect(hand.isAllowed("pen")).toBe(true);
    hand.refuse("cutter");
    hand.refuse("pen");
    expect(refused).toEqual(["no-room-to-draw", "no-room-to-erase"]);
  });
});

describe("the layer that is drawn on", () => {
  it("is the chosen one, or the first where that is gone", () => {
    choices.setActiveLayer("7.1");
    expect(layer.id()).toBe("7.1");
    layers = [layerOf(FIRST_LAYER)];
    expect(layer.id()).toBe(FIRST_LAYER);
  });

  it("has nothing to refuse where it is open", () => {
    expect(layer.isOpen()).toBe(true);
    layer.refuse();
    expect(refused).toEqual([]);
  });
});
