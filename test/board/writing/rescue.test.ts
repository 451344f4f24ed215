import { expect, test } from "vitest";
import * as Y from "yjs";
import { translation } from "../../../src/base/matrix.ts";
import { unsyncedWrites } from "../../../src/board/writing/rescue.ts";
import { plainItem } from "../../support/room.ts";
import { rootsOf } from "../../../src/board/document/document.ts";
import { bring, createDevice, draw, drawOpen, HEADER } from "../guard/lab.ts";
import type { Device } from "../guard/lab.ts";

/** What is to be seen, whatever ids it has; an open stroke counts as ended. */
function seen({ board }: Device): unknown[] {
  return board.board.items().map((item) => ({ ...plainItem(item), id: "", client: 0, ended: true }));
}

/** A device with what another one had up to some clock, and under another name the rest once more. */
function rescued(from: Device, earlier: Uint8Array): Device {
  const device = createDevice(20, earlier);
  const client = from.doc.clientID;
  device.board.replay(unsyncedWrites(from.doc, client, Y.getState(device.doc.store, client)));
  return device;
}

test("what a session drew and wrote comes back as it was to be seen", () => {
  const device = createDevice(10);
  const { board } = device.board;
  draw(device, 0);
  const [known] = board.items();
  const earlier = Y.encodeStateAsUpdate(device.doc);
  board.changeItems([known!.id], { color: 0xff0000 });
  draw(device, 100);
  const [, gone] = board.items();
  board.erase([gone!.id]);
  const words = board.addText({ ...HEADER, tool: "text" }, { x: 5, y: 6 }, undefined, "some words \u{1F58A}");
  const editor = board.editText(words)!;
  editor.change(editor.text(), "words, and more \u{1F58A}");
  editor.end();
  board.addText({ ...HEADER, tool: "note" }, { x: 50, y: 60 }, { width: 80, height: 40 }, "");
  const line = board.addShape({ ...HEADER, tool: "line" }, { x: 0, y: 0 }, { x: 9, y: 9 });
  board.transform([words, line], translation(7, 8));
  board.setBackground("grid");
  drawOpen(device, 200);
  const copy = rescued(device, earlier);
  expect(seen(copy)).toEqual(seen(device));
  expect(copy.board.board.background()).toBe("grid");
  expect(JSON.stringify(seen(copy))).toContain("words, and more");
});

test("what is about a layer that is lost goes to the first one", () => {
  const device = createDevice(10);
  const { board } = device.board;
  const earlier = Y.encodeStateAsUpdate(device.doc);
  const layer = board.addLayer("mine");
  board.setActiveLayer(layer);
  draw(device, 0);
  board.changeLayer(layer, { hidden: true });
  const copy = rescued(device, earlier);
  expect(copy.board.board.layers().length).toBe(1);
  expect(copy.board.board.items().length).toBe(1);
});

test("what was drawn or moved on layers that are known is on them again, named by the session that saves it", () => {
  const device = createDevice(10);
  const { board } = device.board;
  const [one, two] = [board.addLayer("one"), board.addLayer("two")];
  draw(device, 0);
  const earlier = Y.encodeStateAsUpdate(device.doc);
  board.setActiveLayer(two);
  draw(device, 100);
  board.setActiveLayer(one);
  draw(device, 200);
  draw(device, 300);
  const [, , , last] = board.items().map(({ id }) => id);
  board.moveToLayer([last!], one);
  board.moveToLayer(
    board
      .items()
      .slice(0, 1)
      .map(({ id }) => id),
    two,
  );
  const copy = rescued(device, earlier);
  expect(seen(copy)).toEqual(seen(device));
  expect(new Set(copy.board.board.items().map(({ layer }) => layer))).toEqual(new Set([one, two]));
  const keys = [...rootsOf(copy.doc).sessions.keys()];
  expect(keys.filter((key) => key.startsWith(`l${(20).toString(36)}.`))).toHaveLength(2);
  // Others take what it wrote.
  const other = createDevice(30, earlier);
  expect(bring(copy, other).every(({ kind }) => kind === "ready")).toBe(true);
  expect(seen(other)).toEqual(seen(copy));
});

test("nothing lost changes nothing", () => {
  const device = createDevice(10);
  draw(device, 0);
  const earlier = Y.encodeStateAsUpdate(device.doc);
  const copy = rescued(device, earlier);
  expect(copy.doc.store.clients.has(20)).toBe(false);
});
