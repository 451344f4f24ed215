/*
 * How much is on a board: what is added up change by change is what a walk through the document finds.
 */
import * as Y from "yjs";
import { expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { sizeOf, trackSize } from "../../../src/board/document/size.ts";
import { RandomChanges } from "../random-changes.ts";
import { createPeer, drawn, sync } from "../peers.ts";

test.each([1, 2, 3, 4])("stays counted whatever two people do (seed %i)", (seed) => {
  const changes = new RandomChanges(createPrng(seed));
  const trackers = [changes.own, changes.contact].map(({ doc }) => trackSize(doc));
  for (let i = 0; i < 150; i++) {
    changes.step();
    for (const [k, { doc }] of [changes.own, changes.contact].entries())
      expect(trackers[k]!.size(Infinity), changes.told.join("\n")).toEqual(sizeOf(doc));
  }
});

test("is counted also where words are typed among others', and where one update says and replaces a value", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  const tracker = trackSize(b.doc);
  const id = a.board.addText({ ...TEXT }, { x: 0, y: 0 }, undefined, "words here");
  sync(a, b);
  const editor = b.board.editText(id)!;
  editor.change("words here", "words, many, here");
  editor.end();
  for (let i = 0; i < 5; i++) a.board.changeItems([id], { color: i });
  const ink = drawn(a, 1, 2, 3);
  a.board.erase([ink]);
  a.board.history.undo();
  a.board.history.redo();
  sync(a, b);
  expect(tracker.size(Infinity)).toEqual(sizeOf(b.doc));
  expect(tracker.size(Infinity).marks).toBeGreaterThan(0);
  tracker.close();
  drawn(b, 9);
  expect(tracker.size(Infinity).content).toBeLessThan(sizeOf(b.doc).content);
});

test("says in advance what a board opened anew has", () => {
  const peer = createPeer(1);
  const tracker = trackSize(peer.doc);
  for (let i = 0; i < 30; i++) drawn(peer, i, i + 1);
  peer.board.clear();
  const again = createPeer(2);
  Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(peer.doc));
  expect(trackSize(again.doc).size(Infinity)).toEqual(tracker.size(Infinity));
});

const TEXT = { tool: "text", input: "mouse", color: 1, width: 20, pressure: false, scale: 0 } as const;
