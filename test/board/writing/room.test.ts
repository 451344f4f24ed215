/*
 * What a page does not write any more when its board is full, what it still does, and what the person is told.
 */
import { isDeepStrictEqual } from "node:util";
import * as Y from "yjs";
import { describe, expect, test } from "vitest";
import { translation } from "../../../src/base/matrix.ts";
import type { Board } from "../../../src/board/document/board.ts";
import { REMOTE_ORIGIN } from "../../../src/board/document/document.ts";
import { RESOURCES } from "../../../src/board/document/limits.ts";
import { sizeOf, SIZE_LIMITS } from "../../../src/board/document/size.ts";
import type { Resource } from "../../../src/board/document/limits.ts";
import type { Size, SizeLimits } from "../../../src/board/document/size.ts";
import type { RoomNews } from "../../../src/board/writing/room.ts";
import { smallLimits } from "../../support/small-limits.ts";
import { createPeer, draw, drawn, HEADER, points, seen } from "../peers.ts";
import type { Peer } from "../peers.ts";

const TEXT = { ...HEADER, tool: "text" } as const;

interface Told extends Peer {
  readonly news: readonly RoomNews[];
}

/** A board that was stored with some things on it. */
function createFull(limits: (size: Size) => SizeLimits): Told {
  const stored = createPeer(1);
  for (let i = 0; i < 10; i++) drawn(stored, i * 100, i * 100 + 50);
  stored.board.addText(TEXT, { x: 0, y: 0 }, undefined, "words");
  stored.board.addLayer("layer");
  const peer = createPeer(2, limits(sizeOf(stored.doc)), (doc) => bringAll(stored, doc));
  const news: RoomNews[] = [];
  peer.room.onNews((each) => news.push(each));
  return { ...peer, news };
}

function bringAll({ doc }: Peer, to: Y.Doc): void {
  Y.applyUpdate(to, Y.encodeStateAsUpdate(doc), REMOTE_ORIGIN);
}

/** Another session draws some dots. */
function bring(to: Y.Doc, client: number, dots = 1): void {
  const peer = createPeer(client);
  for (let i = 0; i < dots; i++) drawn(peer, i);
  bringAll(peer, to);
}

function tryDeed(peer: Peer, deed: (board: Board, ids: readonly string[]) => void): void {
  deed(peer.board, idsOf(peer));
  peer.flush();
}

/** Limits that the board has just reached; with the reserve still free. */
function reached(of: Resource): (size: Size) => SizeLimits {
  return (size) => smallLimits({ [of]: Math.ceil((size[of] + 1) * (16 / 15)) });
}

/** Everything that a person does, with ids of what is there. */
const DRAWING: Readonly<Record<string, (board: Board, ids: readonly string[]) => void>> = {
  pen: (board) => void draw(board, 1, 2),
  shape: (board) => void board.addShape({ ...HEADER, tool: "line" }, { x: 0, y: 0 }, { x: 9, y: 9 }),
  text: (board) => void board.addText(TEXT, { x: 0, y: 0 }, undefined, "more"),
  typing: (board, ids) => {
    const text = board.items().find(({ kind }) => kind === "text")!;
    const editor = board.editText(text.id);
    editor?.change("words", "words and words");
    editor?.end();
    expect(ids.length).toBeGreaterThan(0);
  },
  paste: (board, ids) => void board.paste(board.copy(ids), translation(1, 1)),
};
const CHANGING: Readonly<Record<string, (board: Board, ids: readonly string[]) => void>> = {
  transform: (board, ids) => void board.transform(ids, translation(3, 3)),
  colour: (board, ids) => void board.changeItems(ids, { color: 0x777777 }),
  restack: (board, ids) => void board.restack(ids.slice(0, 2), "front"),
  layer: (board, ids) => void board.moveToLayer(ids, board.layers()[1]!.id),
  "new layer": (board) => void board.addLayer("more"),
  "layer's name": (board) => void board.changeLayer(board.layers()[1]!.id, { name: "other" }),
  "removed layer": (board) => void board.removeLayer(board.layers()[1]!.id),
  background: (board) => void board.setBackground("dots"),
};
const ERASING: Readonly<Record<string, (board: Board, ids: readonly string[]) => void>> = {
  erase: (board, ids) => void board.erase(ids),
  cut: (board, ids) => void board.cut(new Map([[ids[0]!, [{ from: 0.2, to: 0.6 }]]])),
  clear: (board) => void board.clear(),
};

function idsOf({ board }: Peer): readonly string[] {
  return board.items().map(({ id }) => id);
}

/** What came of a deed: whether anything is different, and of what there is too much, as the person is told. */
function outcomeOf(
  peer: Told,
  deed: (board: Board, ids: readonly string[]) => void,
): { readonly isRefused: boolean; readonly told: readonly Resource[] } {
  const look = (): unknown => [sizeOf(peer.doc), seen(peer), peer.board.history.canRedo()];
  const before = look();
  const told = peer.news.length;
  tryDeed(peer, deed);
  const news = peer.news.slice(told).filter(({ stage }) => stage === "full");
  return { isRefused: isDeepStrictEqual(look(), before), told: [...new Set(news.map(({ of }) => of))] };
}

const refused = (of: Resource) => ({ isRefused: true, told: [of] });

describe("a board that is full", () => {
  describe.each(["writes", "content"] as const)("of %s", (of) => {
    test.each(Object.entries(DRAWING))("takes no more: %s", (_, deed) => {
      expect(outcomeOf(createFull(reached(of)), deed)).toEqual(refused(of));
    });
  });

  test.each([...Object.entries(CHANGING), ...Object.entries(ERASING)])(
    "of writes takes none: %s",
    (_, deed) => {
      expect(outcomeOf(createFull(reached("writes")), deed)).toEqual(refused("writes"));
    },
  );

  describe.each(["marks", "standingMarks"] as const)("of %s", (of) => {
    test.each(Object.entries(ERASING))("hides no more: %s; but one can draw and change things", (_, deed) => {
      const peer = createFull(() => smallLimits({ [of]: 5 }));
      expect(outcomeOf(peer, deed)).toEqual(refused(of));
      for (const each of Object.values({ ...DRAWING, ...CHANGING })) each(peer.board, idsOf(peer));
      expect(idsOf(peer).length).toBeGreaterThan(11);
      expect(peer.board.noRoomFor("erasing")).toBe(of);
      expect(peer.board.noRoomFor("drawing")).toBeUndefined();
    });
  });

  test("of sessions is looked at only; a session that drew before goes on", () => {
    const late = createFull(() => smallLimits({ sessions: 1 }));
    expect(late.room.news()).toEqual([{ of: "sessions", stage: "full" }]);
    for (const deed of Object.values({ ...DRAWING, ...CHANGING, ...ERASING }))
      expect(outcomeOf(late, deed)).toEqual(refused("sessions"));
    expect([late.board.noRoomFor("drawing"), late.board.noRoomFor("erasing")]).toEqual([
      "sessions",
      "sessions",
    ]);

    const early = createPeer(9, smallLimits({ sessions: 2 }));
    drawn(early, 1);
    for (const client of [1, 2, 3]) bring(early.doc, client);
    drawn(early, 2);
    expect(seen(early).flat()).toEqual(expect.arrayContaining([1, 2]));
  });

  test("still takes what is under the pen, whole, and what is typed; undo and redo go on", () => {
    const peer = createPeer(1, smallLimits({ content: 30_000 }));
    const writer = peer.board.startStroke(HEADER);
    writer.add(points(1, 2));
    peer.flush();
    const text = peer.board.addText(TEXT, { x: 0, y: 0 }, undefined, "some");
    const editor = peer.board.editText(text)!;
    for (let i = 0; peer.board.noRoomFor("drawing") === undefined; i++)
      draw(peer.board, ...Array.from({ length: 50 }, (_, k) => ((k * k * 31 + i) % 977) - 400));
    writer.add(points(3, 40, 5, 60));
    editor.change("some", "some more");
    editor.end();
    writer.end();
    expect([peer.board.editText(text), peer.board.editText(text, true)?.text()]).toEqual([
      undefined,
      "some more",
    ]);
    peer.flush();
    expect(seen(peer)[0]).toEqual([1, 2, 3, 40, 5, 60]);
    expect(editor.text()).toBe("some more");
    for (let i = 0; i < 10; i++) expect(peer.board.history.undo()).toBe("done");
    for (let i = 0; i < 10; i++) expect(peer.board.history.redo()).toBe("done");
    expect(sizeOf(peer.doc).content).toBeLessThanOrEqual(30_000);
  });

  test("never gets beyond what it may write, whatever is done", () => {
    const limits = smallLimits({ writes: 900, content: 20_000, marks: 24_000 });
    const peer = createPeer(1, limits);
    for (let i = 0; i < 600; i++) {
      for (const deed of [...Object.values(DRAWING), ...Object.values(CHANGING), ERASING["erase"]!]) {
        if (idsOf(peer).length === 0) drawn(peer, i);
        if (peer.board.layers().length === 1) peer.board.addLayer("layer");
        if (deed !== DRAWING["typing"]) tryDeed(peer, deed);
      }
      if (i % 3 === 0) peer.board.history.undo();
    }
    const size = sizeOf(peer.doc);
    for (const of of RESOURCES) expect(size[of], of).toBeLessThanOrEqual(limits[of].writes);
  });
});

describe("a person", () => {
  test("is told once that the board is nearly full, and once that it is", () => {
    const peer = createPeer(1, smallLimits({ writes: 400 }));
    const news: RoomNews[] = [];
    peer.room.onNews((each) => news.push(each));
    let nearly = 0;
    for (let i = 0; peer.board.noRoomFor("drawing") === undefined; i++) {
      drawn(peer, i);
      if (news.length > 0 && nearly === 0) nearly = sizeOf(peer.doc).writes;
    }
    expect(nearly).toBeGreaterThan(400 * 0.8);
    expect(nearly).toBeLessThan(400 * 0.92);
    expect(news).toEqual([
      { of: "writes", stage: "nearly" },
      { of: "writes", stage: "full" },
    ]);
    draw(peer.board, 1);
    expect(news).toHaveLength(3);
  });

  test("is told when a board that an earlier version filled further is opened, which is there whole", () => {
    const peer = createPeer(2, smallLimits({ writes: 20 }), (doc) => bring(doc, 1, 50));
    expect(peer.board.items()).toHaveLength(50);
    expect(peer.room.news()).toEqual([{ of: "writes", stage: "full" }]);
    expect(peer.board.noRoomFor("drawing")).toBe("writes");
  });
});

test("the real limits leave room for a board of 50,000 strokes twice over", () => {
  expect(SIZE_LIMITS.writes.writes).toBeGreaterThanOrEqual(2 * 100_000);
  expect(SIZE_LIMITS.content.writes).toBeGreaterThanOrEqual(2 * 3_000_000);
});
