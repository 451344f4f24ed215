import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { REMOTE_ORIGIN } from "../../../src/board/document/document.ts";
import { createPrng } from "../../../src/base/prng.ts";
import type { Restack } from "../../../src/board/document/board.ts";
import { createPeer, drawn, HEADER, seen, sync } from "../peers.ts";
import type { Peer } from "../peers.ts";

/** Four strokes, of which the second and the third cross one another and the others lie apart. */
function four(peer: Peer): string[] {
  return [drawn(peer, 0, 1), drawn(peer, 100, 120), drawn(peer, 101, 121), drawn(peer, 500)];
}

function firsts(peer: Peer): number[] {
  return seen(peer).map(([x]) => x!);
}

describe("the order of what lies on one another", () => {
  test.each<[Restack, number, number[]]>([
    ["front", 0, [100, 101, 500, 0]],
    ["back", 3, [500, 0, 100, 101]],
    ["forward", 1, [0, 101, 100, 500]],
    ["backward", 2, [0, 101, 100, 500]],
  ])("%s", (how, which, expected) => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const ids = four(a);
    sync(a, b);
    expect(b.board.restack([ids[which]!], how)).toBe(true);
    sync(a, b);
    expect([firsts(a), firsts(b)]).toEqual([expected, expected]);
    expect(a.changes.at(-1)).toMatchObject({ altered: [ids[which]], shown: [], hidden: [] });
    b.board.history.undo();
    sync(a, b);
    expect([firsts(a), firsts(b)]).toEqual([
      [0, 100, 101, 500],
      [0, 100, 101, 500],
    ]);
  });

  test("is left alone where nothing would look otherwise", () => {
    const peer = createPeer(1);
    const ids = four(peer);
    expect(peer.board.restack([ids[3]!], "front")).toBe(false);
    expect(peer.board.restack([ids[0]!], "back")).toBe(false);
    expect(peer.board.restack([ids[0]!], "forward")).toBe(false);
    expect(peer.board.restack([ids[1]!], "backward")).toBe(false);
    expect(peer.board.restack(ids, "front")).toBe(false);
    expect(peer.board.restack([], "front")).toBe(false);
  });

  test("keeps those that go together in their order, and highlighters under the ink", () => {
    const peer = createPeer(1);
    const ids = four(peer);
    const writer = peer.board.startStroke({ ...HEADER, tool: "highlighter" });
    writer.add([{ x: 7, y: 0, pressure: 0.5 }]);
    writer.end();
    peer.board.restack([ids[2]!, ids[0]!], "front");
    expect(firsts(peer)).toEqual([7, 100, 500, 0, 101]);
    peer.board.restack([writer.itemId()!], "front");
    expect(firsts(peer)).toEqual([7, 100, 500, 0, 101]);
  });

  test("can be changed again and again", () => {
    const prng = createPrng(5);
    const peers = [createPeer(1), createPeer(2)];
    for (let i = 0; i < 8; i++) drawn(peers[i % 2]!, i, i + 50);
    sync(...peers);
    for (let i = 0; i < 150; i++) {
      const { board } = peers[prng.below(2)]!;
      const order = board.items().map(({ id }) => id);
      const id = order[prng.below(8)]!;
      const how = (["front", "back", "forward", "backward"] as const)[prng.below(4)]!;
      const rest = order.filter((each) => each !== id);
      const at = order.indexOf(id);
      const to = { front: 7, back: 0, forward: Math.min(at + 1, 7), backward: Math.max(at - 1, 0) }[how];
      expect(board.restack([id], how)).toBe(at !== to);
      expect(board.items().map((item) => item.id)).toEqual([...rest.slice(0, to), id, ...rest.slice(to)]);
      if (prng.chance(0.7)) sync(...peers);
    }
    sync(...peers);
    expect(firsts(peers[0]!)).toEqual(firsts(peers[1]!));
  });

  test("is the same where both changed it at once, and where one half comes before the other", () => {
    const [a, b, c] = [createPeer(1), createPeer(2), createPeer(3)];
    const first = drawn(a, 0, 9);
    sync(a, b);
    const known = Y.encodeStateVector(b.doc);
    const second = drawn(a, 1, 8);
    drawn(a, 2, 7);
    a.board.erase([second]);
    // b moves an item beside one that c does not know yet.
    const whole = Y.encodeStateAsUpdate(a.doc, known);
    Y.applyUpdate(b.doc, whole, REMOTE_ORIGIN);
    b.board.history.undo();
    b.board.restack([first], "front");
    Y.applyUpdate(c.doc, Y.encodeStateAsUpdate(b.doc, Y.encodeStateVector(a.doc)), REMOTE_ORIGIN);
    a.board.restack([first], "front");
    sync(a, b, c);
    expect([firsts(b), firsts(c)]).toEqual([firsts(a), firsts(a)]);
    expect(firsts(a)).toEqual([2, 0]);
  });
});
