import { expect, test } from "vitest";
import * as Y from "yjs";
import { causalChunks } from "../../src/board/document/chunks.ts";
import { rootsOf } from "../../src/board/document/document.ts";
import { stateVectorOf } from "../../src/board/document/state.ts";
import { appendOf } from "../../src/sync/wire/append.ts";
import { createDevice, draw } from "./guard/lab.ts";
import type { Device } from "./guard/lab.ts";
import { createPeer, drawn, sync } from "./peers.ts";

/** A layer of each item, in the order in which they are painted. */
function layersOf({ board }: Pick<Device, "board">): string[] {
  return board.board.items().map(({ layer }) => layer);
}

test("a layer is named once, and each further stroke on it is nothing but ink", () => {
  const device = createDevice(10);
  const { board } = device.board;
  const layers = Array.from({ length: 4 }, (_, i) => board.addLayer(`${i}`));
  const updates: Uint8Array[] = [];
  device.doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const layer of [...layers, ...layers]) {
    board.setActiveLayer(layer);
    draw(device, 1);
  }
  expect(updates.map((update) => appendOf(update) !== undefined)).toEqual([
    ...layers.map(() => false),
    ...layers.map(() => true),
  ]);
  expect(layersOf(device)).toEqual(layers.flatMap((layer) => [layer, layer]));
  // On the first layer nothing needs a name.
  expect([...rootsOf(device.doc).attrs.keys()].filter((key) => key.startsWith("i"))).toEqual([]);
});

test("whatever is lost or late, nobody shows a stroke on another layer than its own", () => {
  const [author, maker] = [createDevice(10), createDevice(20)];
  const layer = maker.board.board.addLayer("theirs");
  for (const chunk of causalChunks(maker.doc, new Map(), true)) author.admit(chunk);
  const updates: Uint8Array[] = [];
  author.doc.on("update", (update: Uint8Array) => updates.push(update));
  author.board.board.setActiveLayer(layer);
  draw(author, 1);
  draw(author, 2);
  expect(updates).toHaveLength(2);
  const reader = createDevice(30);
  // The stroke without the name of its layer, and then that without the layer itself: both wait.
  expect(reader.admit(updates[1]!)).toMatchObject({ kind: "waiting", missing: { client: 10 } });
  expect(reader.admit(updates[0]!)).toMatchObject({ kind: "waiting", missing: { client: 20 } });
  expect(reader.board.board.items()).toEqual([]);
  const made = Y.encodeStateAsUpdate(maker.doc);
  for (const update of [made, ...updates]) expect(reader.admit(update).kind).toBe("ready");
  expect(layersOf(reader)).toEqual([layer, layer]);
});

test("chunks bring a layer and its name before the strokes on it", () => {
  const [author, maker] = [createDevice(10), createDevice(20)];
  const layer = maker.board.board.addLayer("theirs");
  for (const chunk of causalChunks(maker.doc, new Map(), true)) author.admit(chunk);
  author.board.board.setActiveLayer(layer);
  for (let i = 0; i < 5; i++) draw(author, i);
  const reader = createDevice(30);
  for (const chunk of causalChunks(author.doc, stateVectorOf(reader.doc), true, 1)) {
    expect(reader.admit(chunk).kind).toBe("ready");
    expect(layersOf(reader).every((each) => each === layer)).toBe(true);
  }
  expect(layersOf(reader)).toHaveLength(5);
});

test("a layer that somebody removes, hides or locks meanwhile is treated as ever", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const layer = a.board.addLayer("one");
  sync(a, b);
  a.board.setActiveLayer(layer);
  const item = drawn(a, 1);
  b.board.removeLayer(layer);
  sync(a, b);
  expect([a, b].map(({ board }) => board.item(item)!.layer)).toEqual(["", ""]);
  // It is gone: what is new goes to the first one.
  const next = drawn(a, 2);
  expect(a.board.item(next)!.layer).toBe("");
  b.board.history.undo();
  b.board.changeLayer(layer, { hidden: true });
  sync(a, b);
  expect([a, b].map(({ board }) => board.item(item))).toEqual([undefined, undefined]);
  b.board.changeLayer(layer, { hidden: false, locked: true });
  sync(a, b);
  expect(a.board.erase([item])).toBe(false);
  expect([a, b].map(({ board }) => board.item(item)!.layer)).toEqual([layer, layer]);
});

test("an item that was drawn on a layer is moved to another by an attribute, and comes back", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const [one, two] = [a.board.addLayer("one"), a.board.addLayer("two")];
  a.board.setActiveLayer(one);
  const item = drawn(a, 1);
  sync(a, b);
  const layers = (): string[] => [a, b].map(({ board }) => board.item(item)!.layer);
  for (const to of [two, "", one]) {
    expect(b.board.moveToLayer([item], to)).toBe(true);
    sync(a, b);
    expect(layers()).toEqual([to, to]);
  }
  for (const back of ["", two, one]) {
    expect(b.board.history.undo()).toBe("done");
    sync(a, b);
    expect(layers()).toEqual([back, back]);
  }
});

test("taking back a layer takes its strokes to the first one, and doing it again brings them back", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const layer = a.board.addLayer("one");
  sync(a, b);
  b.board.setActiveLayer(layer);
  const item = drawn(b, 1);
  sync(a, b);
  a.board.history.undo();
  sync(a, b);
  expect([a, b].map(({ board }) => board.item(item)!.layer)).toEqual(["", ""]);
  a.board.history.redo();
  sync(a, b);
  expect([a, b].map(({ board }) => board.item(item)!.layer)).toEqual([layer, layer]);
});

test("who draws on more layers than slots can name says it in the old way", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const layers = Array.from({ length: 70 }, (_, i) => a.board.addLayer(`${i}`));
  const items = layers.map((layer) => {
    a.board.setActiveLayer(layer);
    return drawn(a, 1);
  });
  sync(a, b);
  expect(items.map((id) => b.board.item(id)!.layer)).toEqual(layers);
  expect([...rootsOf(a.doc).attrs.keys()].filter((key) => key.startsWith("i"))).toHaveLength(70 - 63);
});

test("a copy is on the layer in use, whatever layer it was copied from", () => {
  const a = createPeer(1);
  const [one, two] = [a.board.addLayer("one"), a.board.addLayer("two")];
  a.board.setActiveLayer(one);
  const item = drawn(a, 1);
  a.time.pass(5000);
  a.board.setActiveLayer(two);
  const [copy] = a.board.paste(a.board.copy([item]), { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 });
  expect(a.board.item(copy!)!.layer).toBe(two);
  expect(a.moments.ofItem(copy!)! - a.moments.ofItem(item)!).toBe(5000);
});
