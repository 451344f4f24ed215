/*
 * People who drew in a chat of two, and open the app again as a larger group.
 */
import { expect } from "vitest";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

export const ALL = ["ann", "bo", "carol"];
export const CHAT = boardIdOf({ own: "ann", remotes: ["bo"] });
/** Long enough for everything to be stored and on disk. */
export const ON_DISK_MS = 12_000;

/** Ann and Bo have drawn 1 and 2 with one another, and closed the app. */
export async function afterChat(seed: number, names: readonly string[] = ALL): Promise<Room> {
  const room = createRoom({ seed, names });
  room.open("ann", ["bo"]);
  room.open("bo", ["ann"]);
  await room.ready();
  room.dot("ann", 1);
  room.dot("bo", 2);
  expect(await room.untilEqual()).toBeDefined();
  await room.clock.advance(ON_DISK_MS);
  room.leave("ann");
  room.leave("bo");
  await room.clock.advance(1000);
  return room;
}

export async function open(room: Room, ...names: readonly string[]): Promise<void> {
  for (const name of names) room.open(name);
  await room.ready();
  // The register is read after the board.
  await room.clock.advance(1000);
}

export function offerOf(room: Room, name: string) {
  return room.at(name).session.carryOffer();
}

export function seen(room: Room, name: string): number[] {
  return room
    .seen(name)
    .flat()
    .sort((a, b) => a - b);
}
