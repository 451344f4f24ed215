import { describe, expect, test, vi } from "vitest";
import { apply, translation } from "../../src/base/matrix.ts";
import type { Item, ItemId } from "../../src/board/document/board.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import { HEADER } from "../support/room.ts";
import { moved, createPair, show, seen, drag } from "./preview-pair.ts";

describe("[S14] between two pages", () => {
  test("a preview arrives while the gesture goes on, and ends with it", async () => {
    const room = await createPair(1);
    const places = new Set<number>();
    for (let x = 1; x <= 60; x++) {
      show(room, moved(x));
      await room.clock.advance(16);
      const preview = seen(room);
      if (preview?.kind === "transform") places.add(preview.matrix.e);
    }
    expect(places.size).toBeGreaterThan(3);
    show(room, undefined);
    await room.clock.advance(500);
    expect(seen(room)).toBeUndefined();
  });

  test("who draws a shape is drawing until its end, as who draws ink is", async () => {
    const room = await createPair(17);
    const header = {
      tool: "rectangle",
      input: "mouse",
      color: 0x1d4ed8,
      width: 4,
      pressure: false,
      scale: 0,
    } as const;
    const isDrawing = (): boolean => room.at("ann").session.contacts()[0]!.drawing;
    show(room, moved(1));
    await room.clock.advance(500);
    expect(isDrawing()).toBe(false);
    show(room, { kind: "shape", header, from: { x: 0, y: 0 }, to: { x: 60, y: 30 } });
    await room.clock.advance(500);
    expect(isDrawing()).toBe(true);
    show(room, undefined);
    await room.clock.advance(500);
    expect(isDrawing()).toBe(false);
  });

  test("the page is told of each, and of the end", async () => {
    const room = await createPair(2);
    const heard: (string | undefined)[] = [];
    room.at("ann").session.onChange(() => heard.push(seen(room)?.kind));
    show(room, moved(1));
    await room.clock.advance(300);
    show(room, undefined);
    await room.clock.advance(300);
    expect(heard.filter((kind, i) => kind !== heard[i - 1])).toEqual(["transform", undefined]);
  });

  test.each(["before", "after"])(
    "its end and what comes of it are one, told %s the change",
    async (order) => {
      const room = await createPair(3);
      room.dot("bo", 1);
      await room.untilEqual();
      const { session } = room.at("ann");
      const board = session.board()!;
      const states = new Set<string>();
      const look = (): void => void states.add(`${board.items().length} items, ${seen(room)?.kind}`);
      board.onChange(look);
      session.onChange(look);
      await drag(room, 400);
      if (order === "before") show(room, undefined);
      room.at("bo").session.board()!.clear();
      if (order === "after") show(room, undefined);
      for (let i = 0; i < 500; i++) {
        look();
        await room.clock.advance(10);
      }
      const after = [...states].slice([...states].indexOf("1 items, transform"));
      expect(after).toEqual(["1 items, transform", "0 items, undefined"]);
    },
  );

  test.each([
    [0, 20],
    [0.15, 20],
    // The change came in an answer of two chunks, and was not shown before the second.
    [0.15, 4],
    [0.15, 34],
  ])("what is moved never jumps, with %d of all messages lost (seed %d)", async (loss, seed) => {
    const room = await createPair(seed);
    room.dot("bo", 0);
    await room.untilEqual();
    const bo = room.at("bo").session;
    const ann = room.at("ann").session;
    room.world.network.configure({ loss, latency: 80, jitter: 60 });
    /** Where Ann sees the dot. */
    const places: number[] = [];
    const look = (): void => {
      const [item] = ann.board()!.items();
      if (item?.kind !== "stroke") return;
      const preview = seen(room);
      const isMoved = preview?.kind === "transform" && preview.ids.includes(item.id);
      places.push(isMoved ? apply(preview.matrix, item.points[0]!).x : item.points[0]!.x);
    };
    ann.board()!.onChange(look);
    ann.onChange(look);
    const ids = bo
      .board()!
      .items()
      .map(({ id }) => id);
    for (let gesture = 0; gesture < 3; gesture++) {
      for (let x = 1; x <= 60; x++) {
        bo.setPreview({ kind: "transform", ids, matrix: translation(x, 0) });
        await room.clock.advance(16);
        look();
      }
      bo.board()!.transform(ids, translation(60, 0));
      bo.setPreview(undefined);
      for (let i = 0; i < 300; i++) {
        await room.clock.advance(16);
        look();
      }
    }
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBeGreaterThan(12);
    expect(places.at(-1)).toBe(180);
  });

  test("a lost end does not leave it standing, and what comes of it later takes its place", async () => {
    const room = await createPair(4);
    room.dot("bo", 1);
    await room.untilEqual();
    await drag(room, 400);
    room.world.network.configure({ loss: 1 });
    room.at("bo").session.board()!.clear();
    show(room, undefined);
    // The end alone: a sign of life that happens to come soon after is not lost.
    await room.clock.advance(100);
    room.world.network.configure({ loss: 0 });
    expect(seen(room)).toEqual(expect.objectContaining({ kind: "transform" }));
    const { session } = room.at("ann");
    let flashes = 0;
    for (let i = 0; i < 400; i++) {
      const isHidden = session.board()!.items().length === 0;
      if (isHidden === (seen(room) !== undefined)) flashes++;
      await room.clock.advance(10);
    }
    expect(flashes).toBe(0);
    expect(session.board()!.items()).toEqual([]);
  });

  test("a page that dies in the midst of a gesture leaves none standing for more than 4 s", async () => {
    const room = await createPair(5);
    await drag(room, 400);
    room.kill("bo");
    await room.clock.advance(3000);
    expect(seen(room)).toBeDefined();
    await room.clock.advance(1500);
    expect(seen(room)).toBeUndefined();
  });

  test("who is hidden shows none, and shows it again on return", async () => {
    const room = await createPair(6);
    show(room, moved(1));
    await room.clock.advance(300);
    room.at("bo").session.hide();
    await room.clock.advance(300);
    expect(seen(room)).toBeUndefined();
    room.at("bo").session.show();
    await room.clock.advance(1000);
    expect(seen(room)).toEqual(moved(1));
  });

  test("half of all messages lost: it moves on, ends, and the boards are equal", async () => {
    const room = await createPair(7);
    room.world.network.configure({ loss: 0.5, latency: 80, jitter: 60 });
    const places = new Set<number>();
    for (let x = 1; x <= 400; x++) {
      show(room, moved(x));
      await room.clock.advance(16);
      const preview = seen(room);
      if (preview?.kind === "transform") places.add(preview.matrix.e);
    }
    show(room, undefined);
    room.dot("bo", 3);
    expect(await room.untilEqual()).toBeDefined();
    expect(places.size).toBeGreaterThan(8);
    // Until the dot was there, it may have stood for what is to come of the gesture.
    expect(seen(room)).toBeUndefined();
  });

  test.each(["transform", "erase", "shape", "laser"] as const)(
    "%s: it never reaches the document or a storage",
    async (kind) => {
      const room = await createPair(8);
      room.dot("ann", 5);
      await room.clock.advance(20_000);
      const [{ id }] = room.at("bo").session.board()!.items() as [Item];
      const bytes = (): unknown => ["ann", "bo"].map((name) => room.at(name).session.exportUpdate());
      const before = bytes();
      const digests = ["ann", "bo"].map((name) => room.at(name).session.digest());
      const writes = ["ann", "bo"].map((name) => vi.spyOn(room.at(name).page.storage, "write"));
      let wasSeen = false;
      for (let at = 1; at < 3000; at += 16) {
        show(room, previewOf(kind, id, at));
        await room.clock.advance(16);
        wasSeen ||= seen(room)?.kind === kind;
      }
      show(room, undefined);
      await room.clock.advance(20_000);
      expect(wasSeen).toBe(true);
      expect(seen(room)).toBeUndefined();
      expect(["ann", "bo"].map((name) => room.at(name).session.digest())).toEqual(digests);
      expect(bytes()).toEqual(before);
      for (const write of writes) expect(write).not.toHaveBeenCalled();
    },
  );
});

function previewOf(kind: Preview["kind"], id: ItemId, x: number): Preview {
  if (kind === "transform") return { kind, ids: [id], matrix: translation(x, 0) };
  if (kind === "width") return { kind, id, width: x, matrix: translation(x, 0) };
  if (kind === "erase") return { kind, ids: [id], cuts: new Map([[id, [{ from: 0, to: x }]]]) };
  if (kind === "laser") return { kind, color: 0xff0000, points: [{ x, y: 0, age: 0 }] };
  return { kind, header: { ...HEADER, tool: "line" }, from: { x: 0, y: 0 }, to: { x, y: 0 } };
}
