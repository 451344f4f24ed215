import { expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import type { ItemId, LayerId } from "../../src/board/document/board.ts";
import { createPeer, drawn, HEADER, points, sync, words } from "./peers.ts";
import type { Peer } from "./peers.ts";

function three(): [Peer, Peer, Peer] {
  return [createPeer(1), createPeer(2), createPeer(3)];
}

/** What came of an undo, and who was faster. */
function undone({ board: { history } }: Peer): readonly unknown[] {
  return [history.undo(), ...history.others()];
}

test("a change names the sessions that wrote it, and none where it was this one", () => {
  const [a, b, c] = three();
  drawn(a, 1);
  expect(a.changes.flatMap(({ by }) => by)).toEqual([]);
  drawn(b, 2);
  sync(b, a);
  expect(a.changes.at(-1)?.by).toEqual([2]);
  b.board.erase([drawn(c, 3)]);
  sync(c, b);
  b.board.clear();
  sync(b, a);
  expect(new Set(a.changes.at(-1)!.by)).toEqual(new Set([2, 3]));
});

test("a change that was held back names everybody who had a part in it", () => {
  const [a, b, c] = three();
  a.hold(true);
  drawn(b, 2);
  sync(b, a);
  drawn(c, 3);
  sync(c, a);
  expect(a.changes).toEqual([]);
  a.hold(false);
  expect(a.changes.map(({ by }) => by)).toEqual([[2, 3]]);
});

test("an undo that is done names nobody, also after one that was not", () => {
  const [a, b] = three();
  drawn(a, 1);
  const latest = drawn(a, 2);
  sync(a, b);
  b.board.erase([latest]);
  sync(a, b);
  expect(undone(a)).toEqual(["skipped", 2]);
  expect(undone(a)).toEqual(["done"]);
});

test("an undo names who erased, cleared, and who did not", () => {
  const [a, b, c] = three();
  const id = drawn(a, 1);
  drawn(a, 2);
  sync(a, b, c);
  c.board.erase([drawn(c, 9)]);
  b.board.clear();
  sync(a, b, c);
  expect(undone(a)).toEqual(["skipped", 2]);
  c.board.erase([id]);
  sync(a, b, c);
  // By then what is cleared cannot be erased any more: it is still the one who cleared.
  expect(undone(a)).toEqual(["skipped", 2]);
});

test("an erase that others made as well names them; of a part, those who have a part in it", () => {
  const [a, b, c] = three();
  const [first, second, third] = [drawn(a, 1), drawn(a, 2), drawn(a, 3)];
  sync(a, b, c);
  a.board.erase([first, second, third]);
  b.board.erase([first]);
  c.board.erase([second]);
  sync(a, b, c);
  const [outcome, ...others] = undone(a);
  expect([outcome, new Set(others)]).toEqual(["partly", new Set([2, 3])]);
});

test("a move or a colour names who changed it since, and who erased what was changed", () => {
  const [a, b, c] = three();
  const id = drawn(a, 0);
  a.board.changeItems([id], { color: 7 });
  a.board.transform([id], translation(10, 0));
  sync(a, b, c);
  c.board.transform([id], translation(5, 0));
  sync(a, b, c);
  expect(undone(a)).toEqual(["skipped", 3]);
  b.board.erase([id]);
  sync(a, b, c);
  expect(undone(a)).toEqual(["skipped", 2]);
});

test("a cut that somebody else made as well names who did", () => {
  const [a, b] = three();
  const id = drawn(a, 0, 10, 20, 30);
  sync(a, b);
  const range = new Map([[id, [{ from: 1, to: 2 }]]]);
  a.board.cut(range);
  b.board.cut(range);
  sync(a, b);
  expect(undone(a)).toEqual(["shared", 2]);
});

test("words name who took the text away, or wrote in it", () => {
  const [a, b, c] = three();
  const text = a.board.addText({ ...HEADER, tool: "text" }, { x: 0, y: 0 }, undefined, "a");
  sync(a, b, c);
  const theirs = c.board.editText(text)!;
  theirs.change("a", "abc");
  theirs.end();
  sync(a, b, c);
  expect(undone(a)).toEqual(["skipped", 3]);
  expect(words(a)).toEqual(["abc"]);
  const mine = a.board.editText(text)!;
  mine.change("abc", "abcd");
  mine.end();
  sync(a, b, c);
  b.board.erase([text]);
  sync(a, b, c);
  expect(undone(a)).toEqual(["skipped", 2]);
});

test("a redo names who changed it meanwhile", () => {
  const [a, b] = three();
  const id = drawn(a, 0);
  a.board.changeItems([id], { color: 7 });
  sync(a, b);
  a.board.history.undo();
  sync(a, b);
  b.board.changeItems([id], { color: 9 });
  sync(a, b);
  expect([a.board.history.redo(), ...a.board.history.others()]).toEqual(["skipped", 2]);
});

const SHAPE = { ...HEADER, tool: "rectangle" } as const;
const TEXT = { ...HEADER, tool: "text" } as const;

/** Everything that somebody can do to a board with two strokes, a text and a layer, after it erased something. */
const DEEDS: Record<string, (peer: Peer, ids: readonly ItemId[], text: ItemId, layer: LayerId) => void> = {
  "draws a stroke": (peer) => void drawn(peer, 5),
  "goes on with a stroke": (peer) => {
    peer.board.startStroke(HEADER).add(points(1, 2));
    peer.flush();
  },
  "draws a shape": ({ board }) => void board.addShape(SHAPE, { x: 0, y: 0 }, { x: 9, y: 9 }),
  "adds a text": ({ board }) => void board.addText(TEXT, { x: 0, y: 0 }, undefined, "words"),
  types({ board }, _, text) {
    const editor = board.editText(text)!;
    editor.change("a", "ab");
    editor.end();
  },
  "deletes what was typed"({ board }, _, text) {
    const editor = board.editText(text)!;
    editor.change("a", "");
  },
  erases: ({ board }, [id]) => void board.erase([id!]),
  cuts: ({ board }, [id]) => void board.cut(new Map([[id!, [{ from: 0, to: 1 }]]])),
  moves: ({ board }, [id]) => void board.transform([id!], translation(1, 1)),
  recolours: ({ board }, [id]) => void board.changeItems([id!], { color: 3 }),
  restacks: ({ board }, [id]) => void board.restack([id!], "front"),
  "moves to a layer": ({ board }, [id], _, layer) => void board.moveToLayer([id!], layer),
  pastes: ({ board }, ids) => void board.paste(board.copy(ids), translation(5, 5)),
  clears: ({ board }) => void board.clear(),
  "takes back": ({ board }) => void board.history.undo(),
  "adds a layer": ({ board }) => void board.addLayer("new"),
  "renames a layer": ({ board }, _ids, _text, layer) => void board.changeLayer(layer, { name: "other" }),
  "hides a layer": ({ board }) => void board.changeLayer(FIRST_LAYER, { hidden: true }),
  "removes a layer": ({ board }, _ids, _text, layer) => void board.removeLayer(layer),
  "sets the background": ({ board }) => void board.setBackground("dots"),
};

test.each(Object.entries(DEEDS))("a contact who %s is named by the change, also with others", (_, act) => {
  const [a, b, c] = three();
  const ids = [drawn(a, 0, 10, 20), drawn(a, 1, 11, 21)];
  const text = a.board.addText(TEXT, { x: 0, y: 0 }, undefined, "a");
  const layer = a.board.addLayer("one");
  for (const peer of [b, c]) peer.board.erase([drawn(peer, 7)]);
  sync(a, b, c);
  const before = a.changes.length;
  act(b, ids, text, layer);
  sync(b, a);
  const [change, ...more] = a.changes.slice(before);
  expect(change).toMatchObject({ origin: "remote", by: [2] });
  expect(more).toEqual([]);

  // Held back, with what somebody else did to other things.
  a.hold(true);
  act(c, ids, text, layer);
  b.board.addShape(SHAPE, { x: 0, y: 0 }, { x: 5, y: 5 });
  sync(c, a);
  sync(b, a);
  a.hold(false);
  expect(new Set(a.changes.at(-1)!.by)).toEqual(new Set([2, 3]));
});
