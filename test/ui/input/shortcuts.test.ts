import { describe, expect, it } from "vitest";
import { helpOf, keyText } from "../../../src/ui/bar/help.ts";
import type { Key } from "../../../src/ui/input/shortcuts.ts";
import { commandFor, SHORTCUTS } from "../../../src/ui/input/shortcuts.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { TOOLS } from "../../../src/ui/choices/tool-names.ts";

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, code: "" };
const press = ({ key, ctrl, shift }: Key) =>
  commandFor({ ...none, key, ctrlKey: ctrl ?? false, shiftKey: shift ?? false });

describe("commandFor", () => {
  it("gives the command of every key of the table", () => {
    for (const { command, keys } of SHORTCUTS)
      for (const key of keys) expect(press(key), key.key).toBe(command);
  });
  it("undoes and redoes with Ctrl and with Command", () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
      expect(commandFor({ ...none, ...held, key: "z" })).toBe("undo");
      expect(commandFor({ ...none, ...held, key: "Z", shiftKey: true })).toBe("redo");
      expect(commandFor({ ...none, ...held, key: "y" })).toBe("redo");
    }
  });
  it("takes letters of either case, and those of other scripts by their place", () => {
    expect(commandFor({ ...none, key: "P", shiftKey: true })).toBe("pen");
    expect(commandFor({ ...none, key: "з", code: "KeyP" })).toBe("pen");
    expect(commandFor({ ...none, key: "я", code: "KeyZ", ctrlKey: true })).toBe("undo");
    // Of Latin keyboards the letter counts, wherever it lies.
    expect(commandFor({ ...none, key: "z", code: "KeyY", ctrlKey: true })).toBe("undo");
  });
  it("finds brackets that need Shift or a third level", () => {
    expect(commandFor({ ...none, key: "}", code: "BracketRight", ctrlKey: true, shiftKey: true })).toBe(
      "front",
    );
    expect(commandFor({ ...none, key: "]", code: "Digit9", ctrlKey: true, altKey: true })).toBe("larger");
    expect(commandFor({ ...none, key: "[", code: "Digit5", altKey: true })).toBe("smaller");
  });
  it("leaves the browser its own zoom, and what nobody has a use for", () => {
    for (const key of ["+", "-", "0"]) expect(commandFor({ ...none, ctrlKey: true, key })).toBeUndefined();
    expect(commandFor({ ...none, key: "z", ctrlKey: true, altKey: true })).toBeUndefined();
    expect(commandFor({ ...none, key: "y", ctrlKey: true, shiftKey: true })).toBeUndefined();
    expect(commandFor({ ...none, key: "$" })).toBeUndefined();
  });
});

describe("the table of keys", () => {
  it("has a key for every tool", () => {
    for (const tool of TOOLS) expect(keyText(tool, ENGLISH, false), tool).not.toBe("");
  });
  it("means one thing by each key", () => {
    const all = SHORTCUTS.flatMap(({ keys }) =>
      keys.map((key) => JSON.stringify([key.key, key.ctrl, key.shift])),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("the help", () => {
  it("names every key of the table once, in words", () => {
    const rows = helpOf(ENGLISH, false)
      .filter(({ section }) => section !== "gestures")
      .flatMap((each) => each.rows);
    expect(rows.flatMap(({ ways }) => ways).length).toBe(SHORTCUTS.flatMap(({ keys }) => keys).length);
    expect(rows.every(({ label }) => label.length > 0)).toBe(true);
    expect(rows.find(({ label }) => label === "Redo")?.ways).toEqual([
      ["Ctrl", "Shift", "Z"],
      ["Ctrl", "Y"],
    ]);
    expect(rows.find(({ label }) => label === ENGLISH.commands.pan)?.ways).toEqual([
      ["←"],
      ["→"],
      ["↑"],
      ["↓"],
    ]);
  });
  it("has words of its own for what a button says with a contact's name", () => {
    const labels = helpOf(ENGLISH, false).flatMap(({ rows }) => rows.map(({ label }) => label));
    expect(labels).toContain("Follow your contact");
    expect(labels).toContain("Go to your contact");
    expect(labels.filter((label) => label.includes("…"))).toEqual([]);
  });
  it("speaks of a Mac's keys as a Mac does", () => {
    expect(keyText("undo", ENGLISH, true)).toBe("⌘Z");
    expect(keyText("undo", ENGLISH, false)).toBe("Ctrl+Z");
  });
});
