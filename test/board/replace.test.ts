import { expect, test } from "vitest";
import type * as Y from "yjs";
import { createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import type { BoardHandle } from "../../src/board/yjs-board.ts";
import type { StrokeHeader } from "../../src/ink/stroke.ts";
import { createHandTime } from "../support/hand-time.ts";

const HEADER: StrokeHeader = {
  tool: "pen",
  input: "mouse",
  color: 1,
  width: 4,
  pressure: false,
  scale: 0,
};
const LINE = { ...HEADER, tool: "line" } as const;
const [FROM, TO] = [
  { x: 0, y: 0 },
  { x: 30, y: 0 },
];

function createPeer(): BoardHandle & { readonly doc: Y.Doc } {
  const doc = createDocument();
  doc.clientID = 5;
  const handle = createBoard({
    doc,
    time: createHandTime(),
    isPresent: () => false,
    onError(error) {
      throw error;
    },
  });
  return { ...handle, doc };
}

const tools = ({ board }: BoardHandle): string[] => board.items().map(({ header }) => header.tool);

test("a stroke that is on the board already gives way to a shape; undo gives it back, and then takes it too", () => {
  const peer = createPeer();
  const writer = peer.board.startStroke(HEADER);
  writer.add([0, 10, 20].map((x) => ({ x, y: 0, pressure: 0.5 })));
  peer.flush();
  writer.add([{ x: 30, y: 1, pressure: 0.5 }]);
  const id = writer.replace(LINE, FROM, TO);
  expect(tools(peer)).toEqual(["line"]);
  expect(peer.board.item(id)).toMatchObject({ ended: true, points: [FROM, TO] });
  expect(peer.board.history.undo()).toBe("done");
  expect(peer.board.items()).toMatchObject([
    { header: HEADER, ended: true, points: [{ x: 0 }, { x: 10 }, { x: 20 }, { x: 30, y: 1 }] },
  ]);
  expect(peer.board.history.undo()).toBe("done");
  expect(tools(peer)).toEqual([]);
  expect(peer.board.history.redo()).toBe("done");
  expect(tools(peer)).toEqual(["pen"]);
  expect(peer.board.history.redo()).toBe("done");
  expect(tools(peer)).toEqual(["line"]);
  peer.board.history.undo();
  peer.board.history.undo();
  expect(peer.board.history.undo()).toBe("nothing");
});

test("so does a stroke that nobody has seen yet", () => {
  const peer = createPeer();
  const writer = peer.board.startStroke(HEADER);
  writer.add([{ x: 1, y: 1, pressure: 0.5 }]);
  writer.replace(LINE, FROM, TO);
  writer.end();
  peer.flush();
  expect(tools(peer)).toEqual(["line"]);
  peer.board.history.undo();
  expect(tools(peer)).toEqual(["pen"]);
});

test("a long stroke comes back with all its pieces, and goes with all of them", () => {
  const peer = createPeer();
  const writer = peer.board.startStroke(HEADER);
  for (let x = 0; x < 1500; x++) {
    writer.add([{ x: 30 * x, y: (x % 2) * 90, pressure: 0.5 }]);
    peer.flush();
  }
  writer.replace(LINE, FROM, TO);
  peer.board.history.undo();
  const pieces = peer.board.items();
  expect(pieces.length).toBeGreaterThan(1);
  expect(tools(peer)).toEqual(pieces.map(() => "pen"));
  peer.board.history.undo();
  expect(tools(peer)).toEqual([]);
});

test("the history tells of it when the document is done with it: who looks then finds it whole", () => {
  const peer = createPeer();
  const { doc } = peer;
  const writer = peer.board.startStroke(HEADER);
  writer.add([0, 10, 20].map((x) => ({ x, y: 0, pressure: 0.5 })));
  peer.flush();
  let changing = false;
  doc.on("beforeAllTransactions", () => (changing = true));
  doc.on("afterAllTransactions", () => (changing = false));
  const told: boolean[] = [];
  peer.board.history.onChange(() => told.push(changing));
  writer.replace(LINE, FROM, TO);
  expect(told).toEqual([false, false]);
});
