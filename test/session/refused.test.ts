/*
 * What one side has no room for: both are told, nothing else is held up, nobody asks for it, and it comes when
 * there is room again.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Board } from "../../src/board/document/board.ts";
import { sizeOf } from "../../src/board/document/size.ts";
import type { SizeLimits } from "../../src/board/document/size.ts";
import { IDENTITY } from "../../src/base/matrix.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { smallLimits } from "../support/small-limits.ts";
import { saidIn } from "../support/said-in.ts";

const BOTH = ["ann", "bo"];
const QUIET_MS = 300_000;

function boardOf(room: Room, name: string): Board {
  return room.at(name).session.board()!;
}

/** Bo's board takes less than ann's writes. */
async function meet(seed: number, ofBo: SizeLimits): Promise<Room> {
  const limits = (name: string): SizeLimits => (name === "bo" ? ofBo : smallLimits({}));
  const room = createRoom({ seed, names: BOTH, limits });
  for (const name of BOTH) room.open(name);
  await room.ready();
  for (const name of BOTH) for (let i = 0; i < 10; i++) room.dot(name, i);
  await room.untilEqual();
  return room;
}

function kindsOf(room: Room, name: string): string[] {
  return room.at(name).notices.map(({ kind }) => kind);
}

function fillMarks(room: Room): void {
  const board = boardOf(room, "ann");
  for (let i = 0; i < 120; i++) {
    board.erase([board.items()[0]!.id]);
    board.history.undo();
  }
}

describe("[S18] what has no room on the contact's board", () => {
  test("is told to both, is not asked for, and holds up nobody else's ink", async () => {
    const calm = await meet(5, smallLimits({}));
    await calm.clock.advance(60_000);
    const usual = await saidIn(calm, QUIET_MS);

    const room = await meet(5, smallLimits({ marks: 300 }));
    fillMarks(room);
    await room.clock.advance(60_000);
    expect(kindsOf(room, "bo").filter((kind) => kind === "refused").length).toBeGreaterThan(0);
    expect(kindsOf(room, "ann")).toContain("contact-full");
    expect(room.at("ann").session.contacts()[0]).toMatchObject({ isFull: true, hasEverything: false });
    const quiet = await saidIn(room, QUIET_MS);
    expect(quiet.messages).toBeLessThanOrEqual(usual.messages * 1.5);
    expect(quiet.chars).toBeLessThanOrEqual(usual.chars * 2);

    room.dot("bo", 500);
    await room.clock.advance(5000);
    expect(room.seen("ann").flat()).toContain(500);
    // The session whose mark was refused is held up, and another one is not.
    room.leave("ann");
    await room.clock.advance(1000);
    room.open("ann");
    await room.ready();
    await room.clock.advance(3000);
    room.dot("ann", 600);
    await room.clock.advance(10_000);
    expect(room.seen("bo").flat()).toContain(600);
    await room.clock.advance(60_000);
    const after = await saidIn(room, QUIET_MS);
    expect(after.messages).toBeLessThanOrEqual(usual.messages * 1.5);
    expect(after.chars).toBeLessThanOrEqual(usual.chars * 2);
    expect(room.pages().flatMap(({ notices }) => notices.map(({ kind }) => kind))).not.toContain("muted");
  });

  test("is not asked for again by a page that opens later, and costs it one look", async () => {
    const room = await meet(6, smallLimits({ marks: 300 }));
    fillMarks(room);
    await room.clock.advance(60_000);
    for (const name of BOTH) {
      room.kill(name);
      await room.clock.advance(200_000);
      room.open(name);
      await room.ready();
      room.dot(name, 700 + BOTH.indexOf(name));
      await room.clock.advance(60_000);
      const quiet = await saidIn(room, QUIET_MS);
      expect(quiet.messages).toBeLessThan(60);
      expect(quiet.chars).toBeLessThan(10_000);
    }
    for (const name of BOTH) expect(room.seen(name).flat()).toEqual(expect.arrayContaining([700, 701]));
  });

  test.each([
    ["writes", smallLimits({ writes: 60 })],
    ["content", smallLimits({ content: 600 })],
    ["sessions", smallLimits({ sessions: 2 })],
  ] as const)("where it has too many %s: what it has goes on to be the same for both", async (of, limits) => {
    const room = await meet(7, limits);
    for (let page = 0; page < 8; page++) {
      room.leave("ann");
      await room.clock.advance(1000);
      room.open("ann");
      await room.ready();
      await room.clock.advance(2000);
      for (let x = 0; x < 20; x++) room.dot("ann", 1000 + page * 100 + x);
      await room.clock.advance(5000);
    }
    await room.clock.advance(60_000);
    const quiet = await saidIn(room, QUIET_MS);
    expect(quiet.messages, of).toBeLessThan(60);
    expect(quiet.chars).toBeLessThan(15_000);
    expect(kindsOf(room, "bo")).toContain("refused");
    expect(kindsOf(room, "ann")).toContain("contact-full");
    const [ann, bo] = BOTH.map((name) => new Set(room.seen(name).flat()));
    expect([...bo!].filter((x) => !ann!.has(x))).toEqual([]);
    expect(bo!.size).toBeLessThan(ann!.size);
    expect(room.pages().flatMap(({ notices }) => notices.map(({ kind }) => kind))).not.toContain("muted");
  });

  test("comes when there is room again", async () => {
    /** Bo's board with `takes` characters at most; how many there are before ann draws. */
    async function begin(takes: number): Promise<{ room: Room; bo: Board; content: number }> {
      const limits = smallLimits({});
      const room = await meet(8, { ...limits, content: { ...limits.content, takes } });
      const bo = boardOf(room, "bo");
      for (const { id } of bo.items()) bo.transform([id], { ...IDENTITY, a: 2, d: 2 });
      await room.untilEqual();
      const doc = new Y.Doc();
      Y.applyUpdate(doc, room.at("bo").session.exportUpdate()!);
      return { room, bo, content: sizeOf(doc).content };
    }
    const { content } = await begin(Infinity);
    const { room, bo } = await begin(content + 50);
    for (let x = 0; x < 5; x++) room.dot("ann", 1000 + x);
    await room.clock.advance(60_000);
    expect(kindsOf(room, "bo")).toContain("refused");
    expect(room.at("ann").session.contacts()[0]).toMatchObject({ isFull: true });
    expect(room.seen("bo").flat()).not.toContain(1000);
    // The values that stand then are shorter.
    for (let i = 0; i < 15; i++) expect(bo.history.undo()).toBe("done");
    expect(await room.untilEqual()).toBeDefined();
    expect(room.seen("bo").flat()).toEqual(expect.arrayContaining([1000, 1004]));
    await room.clock.advance(40_000);
    expect(room.at("ann").session.contacts()[0]).toMatchObject({ isFull: false, hasEverything: true });
  });

  test("in a group is told to whoever drew it, and is not asked of the others either", async () => {
    const names = ["ann", "bo", "cy"];
    const limits = (name: string): SizeLimits => smallLimits(name === "bo" ? { marks: 300 } : {});
    const room = createRoom({ seed: 9, names, limits, host: "next", kind: "group" });
    for (const name of names) room.open(name);
    await room.ready();
    for (const name of names) for (let i = 0; i < 10; i++) room.dot(name, i);
    await room.untilEqual();
    fillMarks(room);
    await room.clock.advance(60_000);
    expect(kindsOf(room, "bo")).toContain("refused");
    expect(kindsOf(room, "ann")).toContain("contact-full");
    const quiet = await saidIn(room, QUIET_MS);
    expect(quiet.messages).toBeLessThan(120);
    expect(quiet.chars).toBeLessThan(25_000);
    room.dot("cy", 900);
    await room.clock.advance(10_000);
    for (const name of names) expect(room.seen(name).flat()).toContain(900);
  });
});
