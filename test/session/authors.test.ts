/*
 * Who drew what in earlier openings, when nobody says it any more.
 */
import { describe, expect, test } from "vitest";
import type { PastStep } from "../../src/board/document/past.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

/** The steps of the past, by who did them; "": nobody knows. */
function authors(room: Room, name: string): string[] {
  const { session } = room.at(name);
  const past = session.board()!.lookBack();
  expect(past.prepare(() => false)).toBe(true);
  const whoIs = ({ by }: PastStep): string => session.whoIs(by) ?? "";
  return past.steps.map(whoIs);
}

async function closed(room: Room, ...names: readonly string[]): Promise<void> {
  for (const name of names) room.back(name);
  await room.clock.advance(2000);
}

async function opened(room: Room, ...names: readonly string[]): Promise<void> {
  for (const name of names) room.open(name);
  await room.ready();
  await room.clock.advance(10_000);
}

describe("who drew in earlier openings", () => {
  test("is known of both, alone and offline, though all sessions are others", async () => {
    const room = createRoom({ seed: 1, names: ["ann", "bo"] });
    await opened(room, "ann", "bo");
    room.dot("ann", 1);
    await room.clock.advance(3000);
    room.dot("bo", 2);
    await room.clock.advance(3000);
    await closed(room, "ann", "bo");
    await opened(room, "ann");
    expect(authors(room, "ann")).toEqual(["ann", "bo"]);
    room.dot("ann", 3);
    await room.clock.advance(3000);
    await closed(room, "ann");
    await opened(room, "ann");
    expect(authors(room, "ann")).toEqual(["ann", "bo", "ann"]);
  });

  test("is the contact where two write, also of a session that this device never met", async () => {
    const room = createRoom({ seed: 2, names: ["ann", "bo"] });
    await opened(room, "ann", "bo");
    room.dot("ann", 1);
    await room.clock.advance(3000);
    await closed(room, "ann");
    room.dot("bo", 2);
    await room.clock.advance(3000);
    await closed(room, "bo");
    await opened(room, "bo");
    room.dot("bo", 3);
    await opened(room, "ann");
    expect(authors(room, "ann")).toEqual(["ann", "bo", "bo"]);
    expect(authors(room, "bo")).toEqual(["ann", "bo", "bo"]);
  });

  test("is not guessed in a group", async () => {
    const names = ["ann", "bo", "cy"];
    const room = createRoom({ seed: 3, names });
    await opened(room, "ann", "bo");
    room.dot("ann", 1);
    await room.clock.advance(3000);
    await closed(room, "ann");
    await opened(room, "cy");
    room.dot("cy", 2);
    await room.clock.advance(3000);
    await closed(room, "cy");
    await opened(room, "ann");
    expect(authors(room, "ann")).toEqual(["ann", ""]);
    expect(authors(room, "bo")).toEqual(["ann", "cy"]);
  });

  test("is not guessed on a board from before this was noted", async () => {
    const room = createRoom({ seed: 4, names: ["ann", "bo"] });
    await opened(room, "ann", "bo");
    room.dot("ann", 1);
    await room.clock.advance(3000);
    await closed(room, "ann", "bo");
    const files = room.world.phone("ann").storage(TEST_APP);
    for (const table of files.tables().filter((each) => /-n[01]$/u.test(each)))
      for (const key of files.keys(table)) files.set(table, key, new Uint8Array());
    await opened(room, "ann");
    expect(authors(room, "ann")).toEqual([""]);
  });
});
