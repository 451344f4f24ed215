import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { IDENTITY, translation } from "../../src/base/matrix.ts";
import type { Board, Item, PictureItem } from "../../src/board/document/board.ts";
import { causalChunks } from "../../src/board/document/chunks.ts";
import { DOCUMENT_FORMAT, rootsOf } from "../../src/board/document/document.ts";
import { LIMITS } from "../../src/board/document/limits.ts";
import { NO_CROP } from "../../src/board/document/picture.ts";
import { unsyncedWrites } from "../../src/board/writing/rescue.ts";
import { createPreviewedBoard } from "../../src/board/previews/previewed-board.ts";
import { createHitTest } from "../../src/tools/hit.ts";
import { axesOf } from "../../src/tools/frame.ts";
import { createItemIndex } from "../../src/board/spatial/item-index.ts";
import { blobBytes, pictureOf } from "../support/pictures.ts";
import { bring, createDevice, createLab, OWN, STRANGER } from "./guard/lab.ts";
import { bringBack, lookBack } from "./memory/looking.ts";
import { createPeer, drawn, HEADER, sync } from "./peers.ts";

const PICTURE = pictureOf(blobBytes(1000));
const BOX = { minX: 10, minY: 20, maxX: 210, maxY: 120 };
const HALF = { ...NO_CROP, left: 0.5 };

function pictureIn(board: Pick<Board, "items">): PictureItem {
  const item: Item | undefined = board.items().find(({ kind }) => kind === "picture");
  if (item?.kind !== "picture") throw new Error("there is no picture");
  return item;
}

describe("a picture", () => {
  test("is between the corners of its box, on the active layer, and one step of the history", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const layer = a.board.addLayer("over");
    a.board.setActiveLayer(layer);
    const id = a.board.addPicture(PICTURE, BOX);
    sync(a, b);
    expect(pictureIn(b.board)).toMatchObject({
      id,
      layer,
      picture: PICTURE,
      size: { width: 200, height: 100 },
      matrix: translation(10, 20),
      crop: NO_CROP,
      shown: { minX: 0, minY: 0, maxX: 200, maxY: 100 },
      ended: true,
    });
    a.board.history.undo();
    sync(a, b);
    expect(b.board.items()).toEqual([]);
    a.board.history.redo();
    sync(a, b);
    expect(pictureIn(b.board).picture).toEqual(PICTURE);
  });

  test("of a small box keeps its proportions", () => {
    const { board } = createPeer(1);
    board.addPicture(PICTURE, { minX: 0, minY: 0, maxX: 6.03, maxY: 4.02 });
    const { size } = pictureIn(board);
    expect(size.width / size.height).toBeCloseTo(1.5, 2);
  });

  test("with too many bytes or pixels, or without a size, is not put on the board", () => {
    const { board } = createPeer(1);
    expect(board.addPicture({ ...PICTURE, bytes: LIMITS.pictureBytes.writes + 1 }, BOX)).toBe("");
    expect(board.addPicture({ ...PICTURE, width: 1, height: 17 * 2 ** 20 }, BOX)).toBe("");
    expect(board.isEmpty()).toBe(true);
    expect(board.addPicture({ ...PICTURE, bytes: LIMITS.pictureBytes.writes }, BOX)).not.toBe("");
  });

  test("is moved, turned, restacked and put on layers as others are", () => {
    const peer = createPeer(1);
    const { board } = peer;
    const id = board.addPicture(PICTURE, BOX);
    const line = drawn(peer, 0, 10);
    expect(board.items().map((item) => item.id)).toEqual([id, line]);
    board.restack([id], "front");
    expect(board.items().map((item) => item.id)).toEqual([line, id]);
    board.transform([id], { ...IDENTITY, a: 0, b: 1, c: -1, d: 0 });
    expect(pictureIn(board).matrix).toEqual({ a: 0, b: 1, c: -1, d: 0, e: -20, f: 10 });
    const over = board.addLayer("over");
    board.moveToLayer([id], over);
    expect(pictureIn(board).layer).toBe(over);
    board.changeLayer(over, { locked: true });
    expect(board.erase([id])).toBe(false);
    expect(board.crop(id, HALF)).toBe(false);
    for (let i = 0; i < 5; i++) board.history.undo();
    expect(pictureIn(board).matrix).toEqual(translation(10, 20));
  });

  test("is cropped, which can be taken back; of two who crop it the last one counts", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = a.board.addPicture(PICTURE, BOX);
    sync(a, b);
    expect(a.board.crop(id, HALF)).toBe(true);
    expect(a.board.crop(id, HALF)).toBe(false);
    expect(pictureIn(a.board).shown).toEqual({ minX: 100, minY: 0, maxX: 200, maxY: 100 });
    b.board.crop(id, { ...NO_CROP, bottom: 0.25 });
    sync(a, b);
    expect(pictureIn(a.board).crop).toEqual({ ...NO_CROP, bottom: 0.25 });
    expect(pictureIn(b.board).crop).toEqual(pictureIn(a.board).crop);
    b.board.history.undo();
    expect(pictureIn(b.board).crop).toEqual(NO_CROP);
    expect(b.board.crop(id, NO_CROP)).toBe(false);
    // Something is always left.
    b.board.crop(id, { left: 1, top: 1, right: 1, bottom: 1 });
    const { shown } = pictureIn(b.board);
    expect(shown.maxX).toBeGreaterThan(shown.minX);
    expect(shown.maxY).toBeGreaterThan(shown.minY);
  });

  test("alone is cropped: a text keeps its width", () => {
    const { board } = createPeer(1);
    const text = board.addText({ ...HEADER, tool: "text" }, { x: 0, y: 0 }, undefined, "a");
    board.changeItems([text], { width: 50 });
    expect(board.crop(text, HALF)).toBe(false);
    expect(board.item(text)!.attributes).toMatchObject({ width: 50, crop: undefined });
  });

  test("has no colour to be changed, and nothing that can be cut out", () => {
    const peer = createPeer(1);
    const { board } = peer;
    const id = board.addPicture(PICTURE, BOX);
    expect(board.changeItems([id], { color: 0xff0000 })).toBe(false);
    const before = pictureIn(board);
    board.cut(new Map([[id, [{ from: 0, to: 1 }]]]));
    expect(pictureIn(board)).toEqual(before);
    board.erase([id]);
    expect(board.items()).toEqual([]);
    board.history.undo();
    expect(pictureIn(board).picture).toEqual(PICTURE);
  });

  test("is copied with its record and its crop", () => {
    const [a, b] = [createPeer(1), createPeer(2)];
    const id = a.board.addPicture(PICTURE, BOX);
    a.board.crop(id, HALF);
    const [copy] = b.board.paste(a.board.copy([id]), translation(5, 5));
    const item = b.board.item(copy!);
    expect(item).toMatchObject({
      kind: "picture",
      picture: PICTURE,
      crop: HALF,
      matrix: translation(15, 25),
    });
    b.board.history.undo();
    expect(b.board.items()).toEqual([]);
  });

  test("is hit, enclosed and framed by what is shown of it, as it lies", () => {
    const { board } = createPeer(1);
    const id = board.addPicture(PICTURE, BOX);
    const index = createItemIndex(board, () => undefined);
    const hits = createHitTest({ board, index, sizeOf: () => ({ width: 0, height: 0 }) });
    expect(hits.at({ x: 20, y: 30 }, 1)?.id).toBe(id);
    board.crop(id, HALF);
    expect(hits.at({ x: 20, y: 30 }, 1)).toBeUndefined();
    expect(hits.at({ x: 200, y: 30 }, 1)?.id).toBe(id);
    expect(hits.boxOf(pictureIn(board))).toEqual({ minX: 110, minY: 20, maxX: 210, maxY: 120 });
    const around = [
      { x: 150, y: 60 },
      { x: 170, y: 60 },
      { x: 170, y: 80 },
      { x: 150, y: 80 },
    ];
    expect(hits.enclosed(around).map((item) => item.id)).toEqual([id]);
    const turn = { ...IDENTITY, a: 0.6, b: 0.8, c: -0.8, d: 0.6 };
    board.transform([id], turn);
    const { axes, stretches } = axesOf(board.items());
    expect(stretches).toBe(true);
    expect(axes.b / axes.a).toBeCloseTo(-0.75, 6);
  });

  test("that a gesture moves lies where the gesture takes it, and no further when that has ended", () => {
    const { board } = createPeer(1);
    const id = board.addPicture(PICTURE, BOX);
    const previewed = createPreviewedBoard(board);
    previewed.setPreview("a", { kind: "transform", ids: [id], matrix: translation(7, 0) });
    expect(previewed.movedBy(id)).toEqual(translation(7, 0));
    expect(previewed.item(id)).toBe(board.item(id));
    board.transform([id], translation(7, 0));
    expect(previewed.movedBy(id)).toBeUndefined();
  });

  test("of another moment is there, and comes back when it is gone", () => {
    const peer = createPeer(1);
    const { board } = peer;
    const id = board.addPicture(PICTURE, BOX);
    board.crop(id, HALF);
    const pasted = board.paste(board.copy([id]), translation(300, 0))[0]!;
    peer.time.pass(60_000);
    board.erase([id, pasted]);
    const past = lookBack(peer);
    past.show(past.steps.length - 1);
    expect(past.board.items().map((item) => item.id)).toEqual([id, pasted]);
    expect(pictureIn(past.board).crop).toEqual(HALF);
    // As it was pasted: it was never anywhere else.
    expect(past.board.item(pasted)).toMatchObject({ matrix: translation(310, 20) });
    expect(past.missing()).toEqual([id, pasted]);
    bringBack(past);
    expect(board.items()).toMatchObject([
      { picture: PICTURE, crop: HALF, matrix: translation(10, 20) },
      { picture: PICTURE, crop: HALF, matrix: translation(310, 20) },
    ]);
    expect(past.missing()).toEqual([]);
  });

  test("of a session whose document broke is put there once more", () => {
    const device = createDevice(OWN);
    const id = device.board.board.addPicture(PICTURE, BOX);
    device.board.board.crop(id, HALF);
    const other = createDevice(STRANGER);
    other.board.replay(unsyncedWrites(device.doc, OWN, 0));
    expect(pictureIn(other.board.board)).toMatchObject({
      picture: PICTURE,
      crop: HALF,
      matrix: translation(10, 20),
    });
  });
});

describe("the record of a picture in the document", () => {
  test("comes piece by piece: the picture is there when all of it is", () => {
    const device = createDevice(OWN);
    device.board.board.addPicture(PICTURE, BOX);
    const whole = (rootsOf(device.doc).items.get(0) as Y.Text).toJSON();
    const [from, to] = [createDevice(STRANGER), createDevice(STRANGER + 1)];
    const told: string[] = [];
    to.board.board.onChange(({ shown, altered }) => told.push(...shown, ...altered));
    const text = new Y.Text(whole.slice(0, 5));
    from.doc.transact(() => rootsOf(from.doc).items.push([text]));
    for (let at = 5; at <= whole.length; at += 50) {
      bring(from, to);
      expect(to.board.board.items()).toEqual([]);
      text.insert(text.length, whole.slice(at, at + 50));
    }
    told.length = 0;
    bring(from, to);
    expect(told).toEqual([pictureIn(to.board.board).id]);
    expect(pictureIn(to.board.board).picture).toEqual(PICTURE);
  });

  test("passes the guard in causal chunks, and says what format the board needs", () => {
    const lab = createLab();
    const { board } = lab.contact.board;
    const format = (): unknown => rootsOf(lab.page.doc).meta.get("format");
    expect(format()).toBe(3);
    const id = board.addPicture(PICTURE, BOX);
    board.crop(id, HALF);
    board.transform([id], translation(5, 5));
    expect(bring(lab.contact, lab.page).map(({ kind }) => kind)).not.toContain("refused");
    expect(pictureIn(lab.page.board.board)).toMatchObject({ picture: PICTURE, crop: HALF });
    expect(format()).toBe(DOCUMENT_FORMAT);
    const third = createDevice(STRANGER);
    for (const chunk of causalChunks(lab.page.doc, new Map(), true, 300))
      expect(third.admit(chunk).kind).toBe("ready");
    expect(pictureIn(third.board.board)).toEqual(pictureIn(lab.page.board.board));
  });

  test("and all that becomes of it stands where a board without pictures has something, too", () => {
    const { board, doc } = createPeer(1);
    const id = board.addPicture(PICTURE, BOX);
    board.crop(id, HALF);
    board.transform([id], translation(5, 5));
    board.restack([id], "back");
    board.paste(board.copy([id]), translation(3, 3));
    const { attrs, labels, items } = rootsOf(doc);
    expect(labels.size).toBe(0);
    expect([...doc.share.keys()].sort()).toEqual(["attrs", "items", "labels", "marks", "meta", "sessions"]);
    // The fields of an item that 0.6.0 knows.
    for (const key of attrs.keys()) expect(key).toMatch(/^i\w+\.\w+\.[tczlwe]$/);
    for (const item of items.toArray()) expect((item as Y.Text).length).toBeLessThan(4000);
  });

  test("that lies, or is no record, is no picture, and disturbs nobody", () => {
    const peer = createPeer(1);
    const { board, doc } = peer;
    board.addPicture(PICTURE, BOX);
    const text = (rootsOf(doc).items.get(0) as Y.Text).toJSON();
    const [ink, record] = text.split("\0") as [string, string];
    const other = createDevice(STRANGER);
    const put = (whole: string): void => {
      other.doc.transact(() => rootsOf(other.doc).items.push([new Y.Text(whole)]));
    };
    for (const bad of [record.slice(4), `${record}AAAA`.repeat(3), "", "A".repeat(3000)])
      put(`${ink}\0${bad}\0`);
    put(`${ink}\0${record}`);
    put(`${ink}\0`);
    put(ink);
    put(ink.slice(0, 12));
    // Both corners in one place.
    put(ink.slice(0, ink.length - 1));
    expect(other.board.board.items()).toEqual([]);
    put(text);
    expect(other.board.board.items()).toHaveLength(1);
    expect(other.troubles).toEqual([]);
  });
});
