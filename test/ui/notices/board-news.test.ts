import { describe, expect, test } from "vitest";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import { boardNews } from "../../../src/ui/notices/board-news.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import { createPeer, draw, drawn, HEADER, points, sync } from "../../board/peers.ts";
import type { Peer } from "../../board/peers.ts";

/** What is said on Ann's page of what Bo did since it was asked last. */
function createListener(ann: Peer, bo: Peer): () => readonly (string | undefined)[] {
  return () => {
    ann.changes.length = 0;
    sync(bo, ann);
    return ann.changes.map((change) => boardNews(change, { names: "Bo", areSeveral: false }, ENGLISH));
  };
}

function createPair(): { ann: Peer; bo: Peer; news: () => readonly (string | undefined)[] } {
  const [ann, bo] = [createPeer(1), createPeer(2)];
  return { ann, bo, news: createListener(ann, bo) };
}

const DREW = ["Bo drew"];
const CHANGED = ["Bo changed something"];

describe("what is said of a contact's changes", () => {
  test("a stroke is drawn, from its first point to its end; so are shapes, words and copies", () => {
    const { bo, news } = createPair();
    const writer = bo.board.startStroke(HEADER);
    writer.add(points(1, 2));
    bo.flush();
    expect(news()).toEqual(DREW);
    writer.add(points(3));
    bo.flush();
    expect(news()).toEqual(DREW);
    writer.end();
    expect(news()).toEqual(DREW);
    bo.board.addShape({ ...HEADER, tool: "line" }, { x: 0, y: 0 }, { x: 9, y: 9 });
    expect(news()).toEqual(DREW);
    bo.board.addText({ ...HEADER, tool: "text" }, { x: 0, y: 0 }, undefined, "hello");
    expect(news()).toEqual(DREW);
    const [item] = bo.board.items();
    bo.board.paste(bo.board.copy([item!.id]), { a: 1, b: 0, c: 0, d: 1, e: 5, f: 5 });
    expect(news()).toEqual(DREW);
  });

  test("what comes back is not drawn: after an erase, a clear, a stroke that was taken back", () => {
    const { bo, news } = createPair();
    const id = drawn(bo, 1, 2);
    news();
    bo.board.erase([id]);
    expect(news()).toEqual(["Bo erased something"]);
    bo.board.history.undo();
    expect(news()).toEqual(CHANGED);
    bo.board.clear();
    news();
    bo.board.undoClear();
    expect(news()).toEqual(CHANGED);
    bo.board.history.undo();
    expect(news()).toEqual(["Bo erased something"]);
    bo.board.history.redo();
    expect(news()).toEqual(CHANGED);
  });

  test("nor is what a layer shows that was hidden, also what came while it was", () => {
    const { ann, bo, news } = createPair();
    const layer = bo.board.addLayer("sketch");
    bo.board.changeLayer(layer, { hidden: true });
    news();
    bo.board.setActiveLayer(layer);
    draw(bo.board, 1, 2);
    bo.board.setActiveLayer(FIRST_LAYER);
    expect(news()).toEqual([]);
    bo.board.changeLayer(layer, { hidden: false });
    expect(news()).toEqual(CHANGED);
    expect(ann.board.items()).toHaveLength(1);
  });

  test("what came already erased was not drawn when it is shown at last", () => {
    const { bo, news } = createPair();
    bo.board.erase([drawn(bo, 1, 2)]);
    expect(news()).toEqual([]);
    bo.board.history.undo();
    expect(news()).toEqual(CHANGED);
  });

  test("drawing counts where something comes back with it", () => {
    const { bo, news } = createPair();
    const id = drawn(bo, 1, 2);
    bo.board.erase([id]);
    news();
    bo.board.history.undo();
    draw(bo.board, 5, 6);
    expect(news()).toEqual(DREW);
  });
});
