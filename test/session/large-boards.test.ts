/*
 * Boards at their real limits: what honest use can fill, and how two people go on with it.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { concatBytes } from "../../src/base/bytes.ts";
import { IDENTITY } from "../../src/base/matrix.ts";
import { LIMITS } from "../../src/board/document/limits.ts";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import { content, encodeRaw } from "../board/guard/raw-update.ts";
import { createPeer, drawn } from "../board/peers.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { saidIn } from "../support/said-in.ts";
import { storedValues } from "../support/stored-values.ts";

const BOTH = ["ann", "bo"];
/** What the app puts in front of a value. */
const FIRST_BYTE = Uint8Array.of(1);

/** Puts a board into both phones, as their storage has it. */
function store(room: Room, doc: Y.Doc): void {
  for (const own of BOTH) {
    const boardId = boardIdOf({ own, remotes: BOTH.filter((name) => name !== own) });
    const files = room.world.phone(own).storage(TEST_APP);
    for (const { table, key, value } of storedValues(doc, boardId)) {
      files.set(table, key, concatBytes([FIRST_BYTE, value]));
    }
  }
}

describe("a board", () => {
  test("that was emptied and given back many times goes on for both, whoever draws", async () => {
    const room = createRoom({ seed: 1, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    const board = room.at("ann").session.board()!;
    const stroke = (i: number) =>
      ({
        kind: "stroke",
        header: HEADER,
        matrix: IDENTITY,
        attributes: {},
        points: [0, 1].map((k) => ({
          x: (i % 150) * 10 + k * 5,
          y: Math.floor(i / 150) * 10,
          pressure: 0.5,
        })),
      }) as const;
    for (let i = 0; i < 15_000; i += 5000)
      board.paste(
        Array.from({ length: 5000 }, (_, k) => stroke(i + k)),
        IDENTITY,
      );
    expect(board.items()).toHaveLength(15_000);
    expect(await room.untilEqual()).toBeDefined();
    for (let i = 0; i < 35; i++) {
      expect(board.erase(board.items().map(({ id }) => id))).toBe(true);
      expect(board.history.undo()).toBe("done");
      expect(board.items()).toHaveLength(15_000);
      await room.clock.advance(2000);
    }
    // Marks that are undone take up no room.
    expect(room.at("ann").notices).toEqual([]);
    for (let i = 0; i < 3; i++) room.dot("bo", 9000 + i);
    expect(await room.untilEqual(10_000)).toBeDefined();
    for (let i = 0; i < 3; i++) room.dot("ann", 9100 + i);
    expect(await room.untilEqual(10_000)).toBeDefined();
    for (const name of BOTH) {
      room.leave(name);
      await room.clock.advance(2000);
      room.open(name);
      await room.ready();
      await room.clock.advance(2000);
      room.dot(name, 9200);
      expect(await room.untilEqual(20_000)).toBeDefined();
    }
    for (const name of BOTH)
      expect(
        room
          .seen(name)
          .flat()
          .filter((x) => x >= 9000),
      ).toHaveLength(8);
    const kinds = room.pages().flatMap(({ notices }) => notices.map(({ kind }) => kind));
    for (const kind of ["refused", "contact-full", "muted"]) expect(kinds).not.toContain(kind);
    await room.clock.advance(60_000);
    const quiet = await saidIn(room, 300_000);
    expect(quiet.messages).toBeLessThan(40);
    expect(quiet.chars).toBeLessThan(10_000);
  });

  test("of as many sessions as there may be opens, says so, is looked at only, and costs no messages", async () => {
    const peer = createPeer(1);
    const sections = Array.from({ length: LIMITS.sessions.writes - 1 }, (_, i) => {
      const client = (i + 1) * 500_000 + 7;
      const key = `b${client.toString(36)}.0`;
      return {
        client,
        clock: 0,
        structs: [{ parent: "sessions", key, content: content.binary(Uint8Array.of(1)) }],
      };
    });
    Y.applyUpdate(peer.doc, encodeRaw({ sections, deletions: [] }));
    drawn(peer, 1);
    expect(peer.doc.store.clients.size).toBe(LIMITS.sessions.writes);
    const room = createRoom({ seed: 2, names: BOTH });
    store(room, peer.doc);
    for (const name of BOTH) room.open(name);
    await room.ready();
    for (const name of BOTH) {
      expect(room.at(name).notices).toContainEqual({ kind: "room-full", of: "sessions" });
      room.dot(name, 2);
      expect(room.seen(name)).toEqual([[1]]);
    }
    expect(await room.untilEqual()).toBeDefined();
    await room.clock.advance(60_000);
    const quiet = await saidIn(room, 300_000);
    expect(quiet.messages).toBeLessThan(40);
    expect(quiet.chars).toBeLessThan(10_000);
  });
});
