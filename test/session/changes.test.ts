import { expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import type { Contact } from "../../src/session.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const PAIR = ["ann", "bo"];

async function openRoom(seed: number, names: readonly string[]): Promise<Room> {
  const room = createRoom({ seed, names, network: { latency: 30, jitter: 25 } });
  for (const name of names) room.open(name);
  await room.ready();
  await room.untilEqual();
  await room.clock.advance(5000);
  return room;
}

test("while many draw the page is told once a frame at most, and in the end of everything", async () => {
  const room = await openRoom(1, ["ann", "bo", "cy", "di", "ed", "flo", "gus", "hal"]);
  const { session } = room.at("ann");
  const told: number[] = [];
  let contacts: readonly Contact[] = [];
  let digest: string | undefined;
  session.onChange(() => {
    told.push(room.clock.now());
    contacts = session.contacts();
    digest = session.digest();
  });
  for (const name of room.names) if (name !== "ann") room.draw(name, 60);
  await room.clock.advance(2500);
  expect(told.length).toBeGreaterThan(30);
  expect(told.filter((at, i) => i > 0 && at - told[i - 1]! < 16)).toEqual([]);
  await room.untilEqual();
  await room.clock.advance(20);
  expect(contacts).toEqual(session.contacts());
  expect(digest).toBe(session.digest());
});

test("what this person does is told at once: to the board, the history and the session", async () => {
  const room = await openRoom(2, PAIR);
  const { session } = room.at("ann");
  const board = session.board()!;
  const told: string[] = [];
  board.onChange(() => told.push("board"));
  board.history.onChange(() => told.push("history"));
  session.onChange(() => told.push(`session, ${session.contacts()[0]!.missingStrokes} missing`));
  room.dot("bo", 7);
  await room.clock.advance(200);
  told.length = 0;
  room.dot("ann", 1);
  expect(new Set(told)).toEqual(new Set(["board", "history", "session, 1 missing"]));
  expect(board.history.canUndo()).toBe(true);
  told.length = 0;
  board.history.undo();
  expect(new Set(told.map((each) => each.split(",")[0]))).toEqual(new Set(["board", "history", "session"]));
  expect([board.history.canUndo(), board.history.canRedo()]).toEqual([false, true]);
});

test("notices do not wait for a frame, and a page that returns is told what it missed", async () => {
  const room = await openRoom(3, PAIR);
  room.dot("ann", 1);
  await room.untilEqual();
  const { session, page } = room.at("ann");
  const told: string[] = [];
  session.onNotice(({ kind }) => told.push(kind));
  session.onChange(() => told.push("change"));
  // From then on the page is hidden, and its timers stand still.
  session.board()!.onChange(() => page.view.setTimers("stopped"));
  room.at("bo").session.board()!.clear();
  await room.clock.advance(3000);
  expect(session.board()!.items()).toEqual([]);
  expect(told).toEqual(["cleared"]);
  session.show();
  expect(told).toEqual(["cleared", "change"]);
});

/** What is painted after each change of the board: what a page knows of the contact's gesture by then. */
function watch(room: Room, painted: (preview: Contact["preview"]) => void): void {
  const { session } = room.at("ann");
  let known = session.contacts();
  const paint = (): void => painted(known[0]!.preview);
  session.onChange(() => {
    known = session.contacts();
    queueMicrotask(paint);
  });
  // When the task is over, as a picture would be made.
  session.board()!.onChange(() => queueMicrotask(paint));
}

const cyOf = (room: Room): number | undefined => {
  const { session } = room.at("bo");
  return session
    .board()!
    .items()
    .find(({ client }) => session.whoIs(client) === "cy")?.client;
};

test.each(["before", "after"])(
  "[S14] what comes of a gesture and that its preview ends are told in one, its end %s the change",
  async (order) => {
    const room = await openRoom(4, ["ann", "bo", "cy"]);
    const board = room.at("ann").session.board()!;
    const bo = room.at("bo").session;
    let dot = "";
    let pictures: string[] = [];
    watch(room, (preview) =>
      pictures.push(`${board.item(dot) ? "there" : "erased"}, ${preview ? "previewed" : "no preview"}`),
    );
    // Somebody who draws keeps the frames busy.
    room.draw("cy", 300);
    for (let gesture = 0; gesture < 8; gesture++) {
      room.dot("bo", gesture);
      dot = bo
        .board()!
        .items()
        .find(({ client, kind }) => kind === "stroke" && client !== cyOf(room))!.id;
      await room.clock.advance(400);
      pictures = [];
      for (let x = 0; x < 30; x++) {
        bo.setPreview({ kind: "erase", ids: [dot], cuts: new Map([[dot, [{ from: 0, to: x }]]]) });
        await room.clock.advance(13);
      }
      if (order === "before") bo.setPreview(undefined);
      bo.board()!.erase([dot]);
      if (order === "after") bo.setPreview(undefined);
      await room.clock.advance(400);
      const seen = pictures.slice(pictures.indexOf("there, previewed"));
      expect(seen.filter((each, i) => each !== seen[i - 1])).toEqual([
        "there, previewed",
        "erased, no preview",
      ]);
    }
  },
);

test.each([20, 4, 34])(
  "[S14] what is moved never jumps in the eyes of who is told, with many messages lost (seed %d)",
  async (seed) => {
    const room = await openRoom(seed, PAIR);
    room.dot("bo", 0);
    await room.untilEqual();
    const bo = room.at("bo").session;
    const board = room.at("ann").session.board()!;
    room.world.network.configure({ loss: 0.15, latency: 80, jitter: 60 });
    const places: number[] = [];
    watch(room, (preview) => {
      const [item] = board.items();
      if (item?.kind !== "stroke") return;
      const isMoved = preview?.kind === "transform" && preview.ids.includes(item.id);
      places.push(item.points[0]!.x + (isMoved ? preview.matrix.e : 0));
    });
    const ids = bo
      .board()!
      .items()
      .map(({ id }) => id);
    for (let gesture = 0; gesture < 3; gesture++) {
      for (let x = 1; x <= 60; x++) {
        bo.setPreview({ kind: "transform", ids, matrix: translation(x, 0) });
        await room.clock.advance(16);
      }
      bo.board()!.transform(ids, translation(60, 0));
      bo.setPreview(undefined);
      await room.clock.advance(4800);
    }
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBeGreaterThan(12);
    expect(places.at(-1)).toBe(180);
  },
);
