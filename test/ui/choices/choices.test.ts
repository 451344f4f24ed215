import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChoices } from "../../../src/ui/choices/choices.ts";
import { DEFAULT_SETTINGS, parseSettings, settingsText } from "../../../src/ui/choices/settings.ts";
import { nextSize, positionOf, PRESET_SIZES, sizeAt, SLIDER_STEPS } from "../../../src/ui/choices/sizes.ts";
import { GROUP_NAMES, groupOf, hasSize, TOOL_GROUPS, TOOLS } from "../../../src/ui/choices/tool-names.ts";

const choices = () =>
  createChoices({
    onError(error) {
      throw error;
    },
  });

describe("choices", () => {
  it("each tool keeps its own colour and size", () => {
    const mine = choices();
    mine.setColor(0xd42a31);
    mine.setTool("marker");
    mine.setColor(0x33964f);
    mine.setSize(24);
    expect(mine.brush()).toEqual({ tool: "marker", color: 0x33964f, size: 24 });
    mine.setTool("pen");
    expect(mine.brush()).toMatchObject({ tool: "pen", color: 0xd42a31 });
    expect(mine.brush().size).not.toBe(24);
  });
  it("what makes nothing leaves the brush as it was", () => {
    const mine = choices();
    mine.setTool("rectangle");
    mine.setSize(8);
    mine.setTool("cutter");
    mine.setSize(44);
    expect(mine.tool()).toBe("cutter");
    expect(mine.brush()).toMatchObject({ tool: "rectangle", size: 8 });
    expect([mine.sizeOf("cutter"), mine.sizeOf("eraser")]).toEqual([44, PRESET_SIZES.eraser[1]]);
    mine.setTool("laser");
    mine.setColor(0x123456);
    expect(mine.colorOf("laser")).toBe(0x123456);
    expect(mine.brush().color).not.toBe(0x123456);
    mine.setTool("pan");
    mine.setColor(0x00ff00);
    expect(mine.brush().color).toBe(0x00ff00);
  });
  it("a button of the bar brings back the tool that it had last", () => {
    const mine = choices();
    expect(mine.lastOf("shape")).toBe("line");
    mine.setTool("ellipse");
    mine.setTool("pen");
    expect([mine.lastOf("shape"), mine.lastOf("ink")]).toEqual(["ellipse", "pen"]);
  });
  it("a pen turns fingers into hands the first time it is seen, and only then", () => {
    const mine = choices();
    let told = 0;
    mine.onChange(() => told++);
    expect([mine.hasPen(), mine.fingersPan()]).toEqual([false, false]);
    mine.seePen();
    expect([mine.hasPen(), mine.fingersPan()]).toEqual([true, true]);
    mine.setFingersPan(false);
    mine.seePen();
    expect([mine.hasPen(), mine.fingersPan(), told]).toEqual([true, false, 2]);
  });
  it("tells of every change", () => {
    const mine = choices();
    const seen: number[] = [];
    const stop = mine.onChange(() => seen.push(mine.brush().size));
    mine.setSize(9);
    mine.setSize(10);
    stop();
    mine.setSize(11);
    expect(seen).toEqual([9, 10]);
  });
});

describe("settings", () => {
  it("are the same after they were kept", () => {
    const mine = choices();
    mine.setTool("note");
    mine.setColor(0x33964f);
    mine.setSize(33);
    mine.prefer({ name: "Ann", language: "de", leftHanded: true, haptics: false, hintSeen: true });
    mine.prefer({ recognizeShapes: false });
    mine.seePen();
    const next = choices();
    next.restore(parseSettings(settingsText(mine.settings())));
    expect(next.settings()).toEqual(mine.settings());
    expect(next.brush()).toEqual({ tool: "note", color: 0x33964f, size: 33 });
  });
  it("what is damaged is as at the first time, and the rest is kept", () => {
    for (const text of ["", "{", "null", "[]", "7", '"x"', '{"colors":null,"sizes":3}']) {
      expect(parseSettings(text), text).toEqual(DEFAULT_SETTINGS);
    }
    const stored = {
      ...DEFAULT_SETTINGS,
      tool: "chainsaw",
      name: 5,
      language: "x".repeat(1000),
      leftHanded: true,
      colors: { pen: -1, marker: 0x010203, laser: 1.5, note: 0x1000000, other: 3 },
      sizes: { pen: 0, marker: 30, text: "9", eraser: null, cutter: 1e9 },
      other: true,
    };
    expect(parseSettings(JSON.stringify(stored))).toEqual({
      ...DEFAULT_SETTINGS,
      preferences: { ...DEFAULT_SETTINGS.preferences, leftHanded: true },
      colors: { ...DEFAULT_SETTINGS.colors, marker: 0x010203 },
      sizes: { ...DEFAULT_SETTINGS.sizes, marker: 30 },
    });
  });
  it("shapes are recognised where nothing else was chosen, also by those who chose when there was no choice", () => {
    expect(parseSettings("{}").preferences.recognizeShapes).toBe(true);
  });
  it("names that earlier versions kept are as they are shown now, and none where nothing is", () => {
    const contactNames = [
      ["a", "\u2800Ann\u202e"],
      ["b", "\u3164\u2800"],
    ];
    const stored = parseSettings(JSON.stringify({ name: "\u2800", contactNames }));
    expect(stored.preferences.name).toBe("");
    expect(stored.contactNames).toEqual([["a", "Ann"]]);
    expect(parseSettings(JSON.stringify({ leftHanded: true })).preferences.recognizeShapes).toBe(true);
    expect(parseSettings(JSON.stringify({ recognizeShapes: false })).preferences.recognizeShapes).toBe(false);
  });
  it("a tool that had another name when it was stored is the same tool", () => {
    expect(parseSettings(JSON.stringify({ ...DEFAULT_SETTINGS, tool: "hand" })).tool).toBe("pan");
  });
  it("notes are no longer as strong in colour as they first were, unless it was chosen", () => {
    const noteColor = (note: number): number =>
      parseSettings(JSON.stringify({ colors: { ...DEFAULT_SETTINGS.colors, note } })).colors.note;
    expect([0xe0a400, 0x123456].map(noteColor)).toEqual([DEFAULT_SETTINGS.colors.note, 0x123456]);
  });
  it("whatever was stored, what comes of it can be used", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const settings = parseSettings(text);
        expect(TOOLS).toContain(settings.tool);
        expect(parseSettings(settingsText(settings))).toEqual(settings);
      }),
    );
  });
});

describe("tools", () => {
  it("each is in one group", () => {
    expect(new Set(TOOLS).size).toBe(TOOLS.length);
    for (const group of GROUP_NAMES) for (const tool of TOOL_GROUPS[group]) expect(groupOf(tool)).toBe(group);
  });
});

describe("sizes", () => {
  it("the next one is a preset, and there is an end", () => {
    expect(nextSize("pen", 4, 1)).toBe(8);
    expect(nextSize("pen", 5, 1)).toBe(8);
    expect(nextSize("pen", 5, -1)).toBe(4);
    expect(nextSize("pen", 24, 1)).toBe(24);
    expect(nextSize("pen", 1, -1)).toBe(1);
  });
  it("the slider goes from 1 to 64 and never back", () => {
    const sizes = Array.from({ length: SLIDER_STEPS + 1 }, (_, position) => sizeAt(position));
    expect([sizes[0], sizes.at(-1)]).toEqual([1, 64]);
    for (let i = 1; i < sizes.length; i++) expect(sizes[i]!).toBeGreaterThanOrEqual(sizes[i - 1]!);
  });
  it("a size has a position that gives about this size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), (size) => {
        expect(Math.abs(sizeAt(positionOf(size)) - size)).toBeLessThanOrEqual(size * 0.04 + 0.5);
      }),
    );
  });
  it("presets grow", () => {
    for (const tool of TOOLS.filter(hasSize)) {
      expect([...PRESET_SIZES[tool]].sort((a, b) => a - b)).toEqual(PRESET_SIZES[tool]);
    }
  });
});
