/*
 * Two pages, of which one shows what is under its hand and the other sees it.
 */
import { translation } from "../../src/base/matrix.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

export const moved = (x: number): Preview => ({ kind: "transform", ids: ["7.1"], matrix: translation(x, 0) });

export async function createPair(seed: number): Promise<Room> {
  const room = createRoom({ seed, names: ["ann", "bo"] });
  room.open("ann");
  room.open("bo");
  await room.ready();
  await room.untilEqual();
  await room.clock.advance(5000);
  return room;
}

export const show = (room: Room, preview: Preview | undefined): void =>
  room.at("bo").session.setPreview(preview);
export const seen = (room: Room): Preview | undefined => room.at("ann").session.contacts()[0]!.preview;
export const sentBy = (room: Room, name: string): number => room.world.network.counters(name).sent;

/** Bo moves something for so long, a step each 16 ms. */
export async function drag(room: Room, milliseconds: number, withCursor = false): Promise<void> {
  for (let at = 0; at < milliseconds; at += 16) {
    show(room, moved(at));
    if (withCursor) point(room, at);
    await room.clock.advance(16);
  }
}

export function point(room: Room, x: number): void {
  room.at("bo").session.setPresence({
    name: "Bo",
    color: 1,
    tool: "select",
    view: { minX: 0, minY: 0, maxX: 400, maxY: 800 },
    penDown: false,
    cursor: { x, y: 0 },
  });
}
