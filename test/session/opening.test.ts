/*
 * A long board is opened piece by piece: people see its ink and draw before all of it is there.
 */
import { expect, test } from "vitest";
import { concatBytes } from "../../src/base/bytes.ts";
import type { BoardChange, ItemId } from "../../src/board/document/board.ts";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import { createPeer, HEADER, points } from "../board/peers.ts";
import type { Peer } from "../board/peers.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { OpenPage, Room } from "../support/room.ts";
import { storedValues } from "../support/stored-values.ts";

const BOTH = ["ann", "bo"];
/** What the app puts in front of a value. */
const FIRST_BYTE = Uint8Array.of(1);
const COUNT = 2500;
const EXTENT = { minX: -10, minY: -10, maxX: 5000, maxY: 2500 };

/** A board of so many strokes, of which each tenth is erased, and each tenth but one moved. */
function longBoard(): { readonly peer: Peer; readonly erased: ReadonlySet<ItemId> } {
  const peer = createPeer(7);
  peer.doc.transact(() => {
    for (let i = 0; i < COUNT; i++) {
      const writer = peer.board.startStroke(HEADER);
      writer.add(points(...Array.from({ length: 20 }, (_, k) => i + k * 7)));
      writer.end();
    }
    peer.flush();
  });
  const ids = peer.board.items().map(({ id }) => id);
  const erased = ids.filter((_, i) => i % 10 === 0);
  peer.board.erase(erased);
  peer.board.transform(
    ids.filter((_, i) => i % 10 === 1),
    { a: 1, b: 0, c: 0, d: 1, e: 500, f: 0 },
  );
  return { peer, erased: new Set(erased) };
}

/** Puts a board into a phone, as its storage has it. */
function store(room: Room, own: string, { doc }: Peer): void {
  const boardId = boardIdOf({ own, remotes: BOTH.filter((name) => name !== own) });
  const files = room.world.phone(own).storage(TEST_APP);
  for (const { table, key, value } of storedValues(doc, boardId, EXTENT)) {
    files.set(table, key, concatBytes([FIRST_BYTE, value]));
  }
}

/** What is told of the page's board from its first moment on. */
function watch({ session }: OpenPage): { phase: string; change: BoardChange }[] {
  const told: { phase: string; change: BoardChange }[] = [];
  let isWatched = false;
  session.onChange(() => {
    const board = session.board();
    if (!board || isWatched) return;
    isWatched = true;
    board.onChange((change) => told.push({ phase: session.phase(), change }));
  });
  return told;
}

test("its ink comes in many changes while it is loaded; what is erased never comes, nor what is elsewhere by now", async () => {
  const { peer, erased } = longBoard();
  const room = createRoom({ seed: 1, names: BOTH });
  store(room, "ann", peer);
  const opened = room.open("ann");
  const told = watch(opened);
  await room.ready();
  const { session, notices } = opened;
  const board = session.board()!;
  const early = told.filter(({ phase }) => phase === "loading");
  expect(early.length).toBeGreaterThan(3);
  const counts = early.map(({ change }) => change.shown.length);
  expect(Math.max(...counts)).toBeLessThan(COUNT / 3);
  expect(early.flatMap(({ change }) => change.shown).filter((id) => erased.has(id))).toEqual([]);
  expect(told.flatMap(({ change }) => [...change.hidden, ...change.altered])).toEqual([]);
  expect(told.every(({ change }) => change.origin === "storage")).toBe(true);
  expect(board.items().map(({ id }) => id)).toEqual(peer.board.items().map(({ id }) => id));
  expect([board.arrival.isOver(), board.arrival.extent()]).toEqual([true, EXTENT]);
  expect(notices).toEqual([]);
});

test("what is drawn and erased meanwhile joins it, is kept, and gets to the contact", async () => {
  const { peer } = longBoard();
  const room = createRoom({ seed: 2, names: BOTH });
  store(room, "ann", peer);
  room.open("bo");
  const { session } = room.open("ann");
  let mine: ItemId | undefined;
  let gone: ItemId | undefined;
  session.onChange(() => {
    const board = session.board();
    if (!board || mine !== undefined || session.phase() !== "loading") return;
    const stop = board.onChange(({ shown }) => {
      stop();
      gone = shown[0]!;
      mine = board.addShape({ ...HEADER, tool: "line" }, { x: 0, y: 0 }, { x: 50, y: 50 });
      board.erase([gone]);
    });
  });
  await room.ready();
  expect(mine).toBeDefined();
  const expected = new Set(peer.board.items().map(({ id }) => id));
  expected.delete(gone!);
  expected.add(mine!);
  const seen = (name: string): Set<ItemId> =>
    new Set(
      room
        .at(name)
        .session.board()!
        .items()
        .map(({ id }) => id),
    );
  expect(seen("ann")).toEqual(expected);
  expect(await room.untilEqual()).toBeDefined();
  expect(seen("bo")).toEqual(expected);
  await room.clock.advance(30_000);
  room.killMessenger("ann");
  room.kill("bo");
  room.open("ann");
  await room.ready();
  expect(seen("ann")).toEqual(expected);
});

test("a page that leaves, or is closed, while it is loaded leaves all of it as it was", async () => {
  const { peer } = longBoard();
  for (const how of ["leave", "back", "kill", "killMessenger"] as const) {
    const room = createRoom({ seed: 3, names: BOTH });
    store(room, "ann", peer);
    await room.clock.advance(5000);
    const { session } = room.open("ann");
    let shown = 0;
    session.onChange(() => session.board()?.onChange(() => void shown++));
    await room.clock.runUntil(() => shown > 0, 30_000);
    room[how]("ann");
    await room.clock.advance(5000);
    const { notices } = room.open("ann");
    await room.ready();
    expect(room.at("ann").session.board()!.items()).toHaveLength(peer.board.items().length);
    expect(notices).toEqual([]);
    room.kill("ann");
  }
});
