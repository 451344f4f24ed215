import { describe, expect, test } from "vitest";
import type { BlobHash } from "../../src/board/document/picture.ts";
import { boardIdOf } from "../../src/board/storage/board-id.ts";
import type { Address } from "../../src/env/host.ts";
import { blobBytes, pictureOf } from "../support/pictures.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

const BOX = { minX: 0, minY: 0, maxX: 100, maxY: 75 };
const LARGE = 300 * 1024;

/** Puts a picture of such bytes on the board that the person looks at. */
function put(room: Room, name: Address, bytes: Uint8Array): BlobHash {
  const { session } = room.at(name);
  const hash = session.blobs.put(bytes)!;
  session.board()!.addPicture(pictureOf(bytes), BOX);
  return hash;
}

/** Waits until a person has these bytes, as somebody does who looks at the picture; the milliseconds it took. */
async function untilHere(
  room: Room,
  name: Address,
  bytes: Uint8Array,
  limit = 120_000,
): Promise<number | undefined> {
  const { hash } = pictureOf(bytes);
  const from = room.clock.now();
  let found: Uint8Array | undefined;
  const look = (): void =>
    void room
      .at(name)
      .session.blobs.bytesOf(hash)
      .then((its) => (found = its));
  room.at(name).session.blobs.onBytes(look);
  look();
  if (!(await room.clock.runUntil(() => found !== undefined, limit))) return undefined;
  expect(found).toEqual(bytes);
  return room.clock.now() - from;
}

async function openRoom(names: readonly Address[], network = {}, seed = 1): Promise<Room> {
  const room = createRoom({ seed, names, network, host: "next" });
  for (const name of names) room.open(name);
  await room.ready();
  await room.clock.advance(3000);
  return room;
}

describe("[S20] a picture's bytes", () => {
  test("are with the contact soon after the picture is", async () => {
    const room = await openRoom(["ann", "bo"]);
    const bytes = blobBytes(LARGE);
    put(room, "ann", bytes);
    expect(await untilHere(room, "bo", bytes)).toBeLessThan(5000);
    expect(room.warnings()).toEqual([]);
  });

  test("come also where a third of all messages is lost", async () => {
    const room = await openRoom(["ann", "bo"], { loss: 0.3 });
    const bytes = blobBytes(LARGE);
    put(room, "ann", bytes);
    expect(await untilHere(room, "bo", bytes)).toBeLessThan(60_000);
    expect(room.warnings()).toEqual([]);
  });
});
