import * as Y from "yjs";
import { expect, test } from "vitest";
import { translation } from "../../../src/base/matrix.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import { createPeer, draw, drawn, HEADER, points, sync, words } from "../peers.ts";
import type { Peer } from "../peers.ts";
import { whatIsOn } from "../../compat/what-is-on.ts";
import { deeds, lookBack, seenThen, story } from "./looking.ts";

const START = Date.UTC(2030, 0, 1);

/** Draws a stroke a second later. */
function drawLater(peer: Peer, ...xs: number[]): string {
  peer.time.pass(1000);
  return drawn(peer, ...xs);
}

test("a page is shown as it was after each stroke, and says who drew it when", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  drawLater(a, 1);
  sync(a, b);
  b.time.pass(5000);
  drawn(b, 2);
  sync(a, b);
  a.time.pass(9000);
  drawn(a, 3);
  sync(a, b);
  for (const peer of [a, b]) {
    const past = lookBack(peer);
    expect(story(past)).toEqual([[], [[1]], [[1], [2]], [[1], [2], [3]]]);
    expect(past.steps).toMatchObject([
      { by: 1, isOwn: peer === a, deed: "drew", moment: START + 1000 },
      { by: 2, isOwn: peer === b, deed: "drew", moment: START + 5000 },
      { by: 1, isOwn: peer === a, deed: "drew", moment: START + 10_000 },
    ]);
    expect(whatIsOn(past.board)).toEqual(whatIsOn(peer.board));
  }
});

test("going forth and back any number of steps gives the same page, and tells of the changes", () => {
  const a = createPeer(1);
  const ids = [1, 2, 3, 4].map((x) => drawLater(a, x));
  a.time.pass(1000);
  a.board.erase([ids[1]!, ids[2]!]);
  const past = lookBack(a);
  const known = new Set<string>();
  past.board.onChange(({ shown, hidden }) => {
    for (const id of shown) known.add(id);
    for (const id of hidden) known.delete(id);
  });
  const whole = story(past);
  expect(whole.at(-1)).toEqual([[1], [4]]);
  for (const at of [5, 0, 4, 2, 3, 5, 1]) {
    past.show(at);
    expect(past.at()).toBe(at);
    expect(seenThen(past)).toEqual(whole[at]);
    expect([...known].sort()).toEqual(
      past.board
        .items()
        .map(({ id }) => id)
        .sort(),
    );
  }
  past.show(99);
  expect(past.at()).toBe(5);
  past.show(-3);
  expect(past.at()).toBe(0);
});

test("what was erased, cut out and cleared is there as it was until then", () => {
  const a = createPeer(1);
  const line = drawLater(a, 0, 10, 20, 30);
  const gone = drawLater(a, 100);
  a.time.pass(1000);
  a.board.erase([gone]);
  a.time.pass(1000);
  a.board.cut(new Map([[line, [{ from: 1, to: 2 }]]]));
  a.time.pass(1000);
  a.board.clear();
  const past = lookBack(a);
  expect(deeds(past)).toEqual(["1 drew", "1 drew", "1 erased", "1 erased", "1 erased"]);
  expect(story(past)).toEqual([
    [],
    [[0, 10, 20, 30]],
    [[0, 10, 20, 30], [100]],
    [[0, 10, 20, 30]],
    [expect.not.arrayContaining([15])],
    [],
  ]);
  past.show(4);
  const [item] = past.board.items();
  expect(item).toMatchObject({ kind: "stroke", cuts: [{ from: 1, to: 2 }] });
});

test("an undone eraser, and one that erases once more, are steps of their own, also where they were replaced", () => {
  const a = createPeer(1);
  drawLater(a, 1);
  const second = drawLater(a, 2);
  a.time.pass(1000);
  a.board.erase([second]);
  for (const step of ["undo", "redo", "undo", "redo", "undo"] as const) {
    a.time.pass(1000);
    a.board.history[step]();
    if (step === "redo") drawn(createPeer(9), 9);
  }
  const both = [[1], [2]];
  const past = lookBack(a);
  expect(story(past)).toEqual([[], [[1]], both, [[1]], both, [[1]], both, [[1]], both]);
  expect(deeds(past).slice(3)).toEqual([
    "1 broughtBack",
    "1 erased",
    "1 broughtBack",
    "1 erased",
    "1 broughtBack",
  ]);
  // The same where it was stored in between, and Yjs has put together what it replaced.
  const stored = createPeer(7, undefined, (doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(a.doc)));
  expect(story(lookBack(stored))).toEqual(story(past));
});

test("what was moved, coloured and put on another layer is as it was drawn until then", () => {
  const a = createPeer(1);
  const item = drawLater(a, 0, 10);
  a.time.pass(1000);
  a.board.transform([item], translation(100, 0));
  a.time.pass(1000);
  a.board.changeItems([item], { color: 0xff0000 });
  a.time.pass(1000);
  const layer = a.board.addLayer("second");
  a.time.pass(1000);
  a.board.moveToLayer([item], layer);
  a.time.pass(1000);
  a.board.changeLayer(layer, { hidden: true });
  const past = lookBack(a);
  expect(past.steps.map(({ deed }) => deed)).toEqual([
    "drew",
    "changed",
    "changed",
    "changed",
    "changed",
    "changed",
  ]);
  const seen = [...past.steps.keys()].map((step) => {
    past.show(step + 1);
    const [is] = past.board.items();
    return is?.kind === "stroke" ? [is.points[0]!.x, is.header.color, is.layer] : [];
  });
  expect(seen).toEqual([
    [0, HEADER.color, FIRST_LAYER],
    [100, HEADER.color, FIRST_LAYER],
    [100, 0xff0000, FIRST_LAYER],
    [100, 0xff0000, FIRST_LAYER],
    [100, 0xff0000, layer],
    [],
  ]);
  past.show(3);
  expect(past.board.layers()).toHaveLength(1);
  past.show(4);
  expect(past.board.layers().map(({ name }) => name)).toEqual(["", "second"]);
});

test("the background and the order are as they were", () => {
  const a = createPeer(1);
  const [first, second] = [drawLater(a, 1), drawLater(a, 2)];
  a.time.pass(1000);
  a.board.setBackground("grid");
  a.time.pass(1000);
  a.board.restack([first], "front");
  const past = lookBack(a);
  past.show(2);
  expect(past.board.background()).toBe("plain");
  past.show(3);
  expect(past.board.background()).toBe("grid");
  expect(past.board.inOrder([second, first])).toEqual([first, second]);
  past.show(4);
  expect(past.board.inOrder([first, second])).toEqual([second, first]);
  expect(seenThen(past)).toEqual([[2], [1]]);
});

test("words are as they were typed, erased and moved; those that were pasted lie where they lie", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  a.time.pass(1000);
  const id = a.board.addText({ ...HEADER, tool: "text", width: 20 }, { x: 5, y: 5 }, undefined, "One");
  sync(a, b);
  b.time.pass(5000);
  const editor = b.board.editText(id)!;
  editor.change("One", "One two");
  editor.end();
  sync(a, b);
  a.time.pass(9000);
  const own = a.board.editText(id)!;
  own.change("One two", "two");
  own.end();
  const [copy] = a.board.copy([id]);
  a.time.pass(1000);
  const [pasted = ""] = a.board.paste([copy!], translation(50, 0));
  a.time.pass(1000);
  a.board.transform([pasted], translation(0, 500));
  const past = lookBack(a);
  const told = [...past.steps.keys()].map((step) => {
    past.show(step + 1);
    return past.board.items().map((item) => (item.kind === "text" ? item.text : ""));
  });
  expect(told).toEqual([["One"], ["One two"], ["two"], ["two", "two"]]);
  expect(deeds(past)).toEqual(["1 wrote", "2 wrote", "1 erased", "1 wrote"]);
  expect(words(a)).toEqual(["two", "two"]);
  expect(past.board.item(pasted)).toMatchObject({ matrix: { e: 55, f: 505 } });
});

test("what is pasted, and what one gesture moves or hides, is one step", () => {
  const a = createPeer(1);
  const ids = [1, 2, 3].map((x) => drawLater(a, x));
  const copied = a.board.copy(ids);
  a.time.pass(1000);
  const pasted = a.board.paste(copied, translation(100, 0));
  a.time.pass(1000);
  a.board.transform(pasted, translation(0, 10));
  a.time.pass(1000);
  a.board.erase([...ids, ...pasted]);
  const past = lookBack(a);
  expect(deeds(past)).toEqual(["1 drew", "1 drew", "1 drew", "1 drew", "1 changed", "1 erased"]);
  past.show(4);
  expect(past.board.items()).toHaveLength(6);
});

test("what is done since is in no step, and is there when one looks again", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  drawLater(a, 1);
  a.time.pass(1000);
  const id = a.board.addText({ ...HEADER, tool: "text", width: 20 }, { x: 5, y: 5 }, undefined, "word");
  sync(a, b);
  const past = lookBack(a);
  past.show(2);
  drawn(b, 2);
  b.time.pass(1000);
  const editor = b.board.editText(id)!;
  editor.change("word", "words");
  editor.end();
  b.board.transform([id], translation(9, 9));
  sync(a, b);
  past.show(0);
  past.show(2);
  expect(past.steps).toHaveLength(2);
  expect(past.board.items()).toHaveLength(2);
  expect(past.board.item(id)).toMatchObject({ text: "word", matrix: { e: 5, f: 5 } });
  expect(lookBack(a).steps).toHaveLength(5);
});

test("a stroke that is under a pen is a step with what there is of it", () => {
  const a = createPeer(1);
  const writer = a.board.startStroke(HEADER);
  writer.add(points(1, 2));
  a.flush();
  writer.add(points(3));
  const past = lookBack(a);
  past.show(1);
  expect(seenThen(past)).toEqual([[1, 2, 3]]);
  expect(past.board.items()[0]!.ended).toBe(false);
  writer.end();
});

test("a page on which nothing was done has no step", () => {
  const past = lookBack(createPeer(1));
  expect(past.steps).toEqual([]);
  expect(past.board.items()).toEqual([]);
  expect(past.missing()).toEqual([]);
  expect(past.madeAt).toBe(START);
});

test("an own stroke that waits for the next message is there", () => {
  const a = createPeer(1);
  draw(a.board, 1);
  expect(lookBack(a).steps).toHaveLength(1);
});
