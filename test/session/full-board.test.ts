/*
 * A board that is full: who draws on it is told and goes no further, two who fill it apart end with the same, and
 * what has no room on one side costs no messages.
 */
import { describe, expect, test } from "vitest";
import type { Resource } from "../../src/board/document/limits.ts";
import type { Board } from "../../src/board/document/board.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { smallLimits } from "../support/small-limits.ts";

const BOTH = ["ann", "bo"];

function boardOf(room: Room, name: string): Board {
  return room.at(name).session.board()!;
}

/** What people do until it is refused; says whether it was done. */
const DEEDS: Readonly<Record<Exclude<Resource, "sessions">, (board: Board, i: number) => boolean>> = {
  writes(board, i) {
    const before = board.items().length;
    const writer = board.startStroke(HEADER);
    writer.add([{ x: i, y: 0, pressure: 0.5 }]);
    writer.end();
    return board.items().length > before;
  },
  content(board, i) {
    const before = board.items().length;
    const writer = board.startStroke(HEADER);
    writer.add(
      Array.from({ length: 300 }, (_, k) => ({ x: (i * 37 + k * k) % 900, y: k * 7, pressure: 0.5 })),
    );
    writer.end();
    return board.items().length > before;
  },
  marks: cutInPieces,
  /** What is undone is none of these, nor what hides what is hidden: these hide something else each. */
  standingMarks: cutInPieces,
};

const SMALL = { writes: 600, content: 60_000, marks: 6000, standingMarks: 6000 } as const;

function cutInPieces(board: Board, i: number): boolean {
  const writer = board.startStroke(HEADER);
  writer.add(Array.from({ length: 42 }, (_, k) => ({ x: k * 10, y: i + (k % 2) * 9, pressure: 0.5 })));
  writer.end();
  const { id } = board.items().at(-1)!;
  const stretches = Array.from({ length: 40 }, (_, k) => ({ from: k + 0.2, to: k + 0.5 }));
  return board.cut(new Map([[id, stretches]]));
}

function fill(room: Room, name: string, of: Exclude<Resource, "sessions">): void {
  const board = boardOf(room, name);
  let refused = 0;
  for (let i = 0; refused < 5; i++) {
    if (!DEEDS[of](board, i)) refused++;
    if (i > 20_000) throw new Error("it is never full");
  }
}

describe("two people who open many pages apart from each other", () => {
  test("end with the same board, and further pages only look at it", async () => {
    const room = createRoom({ seed: 4, names: BOTH, limits: () => smallLimits({ sessions: 6 }) });
    const draw = async (name: string, pages: number): Promise<void> => {
      for (let page = 0; page < pages; page++) {
        room.open(name);
        await room.ready();
        room.dot(name, page);
        await room.clock.advance(3000);
        room.leave(name);
        await room.clock.advance(3000);
      }
    };
    // Four sessions that both know when they have met, and then more that the other one has not seen.
    for (const name of BOTH) await draw(name, 1);
    for (const name of BOTH) room.open(name);
    await room.ready();
    for (const name of BOTH) room.dot(name, 50);
    expect(await room.untilEqual()).toBeDefined();
    for (const name of BOTH) room.leave(name);
    await room.clock.advance(5000);
    for (const name of BOTH) await draw(name, 3);
    for (const name of BOTH) room.open(name);
    await room.ready();
    expect(await room.untilEqual()).toBeDefined();
    const pages = BOTH.map((name) => room.at(name));
    expect(pages.map(({ session }) => session.board()!.noRoomFor("drawing"))).toEqual([
      "sessions",
      "sessions",
    ]);
    expect(pages.every(({ notices }) => notices.some(({ kind }) => kind === "room-full"))).toBe(true);
    expect(room.seen("ann")).toHaveLength(8);
  });
});

describe("two people who fill a board apart from each other", () => {
  test.each(["writes", "content", "marks", "standingMarks"] as const)(
    "with %s end with the same, and both are told",
    async (of) => {
      const room = createRoom({ seed: 3, names: BOTH, limits: () => smallLimits({ [of]: SMALL[of] }) });
      for (const name of BOTH) room.open(name);
      await room.ready();
      for (const name of BOTH) for (let i = 0; i < 20; i++) room.dot(name, i);
      expect(await room.untilEqual()).toBeDefined();
      for (const name of BOTH) room.world.phone(name).setOnline(false);
      for (const name of BOTH) fill(room, name, of);
      for (const name of BOTH) {
        const kinds = room.at(name).notices.map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind === "room-nearly")).toHaveLength(1);
        expect(kinds).toContain("room-full");
      }
      await room.clock.advance(20_000);
      for (const name of BOTH) room.world.phone(name).setOnline(true);
      expect(await room.untilEqual()).toBeDefined();
      for (const name of BOTH) expect(room.at(name).notices.map(({ kind }) => kind)).not.toContain("refused");
    },
  );
});
