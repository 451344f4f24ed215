import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../../src/base/bytes.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import { createRoom } from "../support/room.ts";

const BOTH = ["ann", "bo"];

describe("[S11] a contact that sends rubbish", () => {
  async function rubbish(seed: number, text: (i: number) => string) {
    const room = createRoom({ seed, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("ann", 1);
    await room.untilEqual();
    for (let i = 0; i < 30; i++) {
      room.at("bo").page.host.send(text(i));
      await room.clock.advance(200);
    }
    await room.clock.advance(3000);
    return room;
  }

  test("is not listened to any more, in words, and nothing else happens", async () => {
    const room = await rubbish(40, (i) => `rubbish ${i}`);
    expect(room.at("ann").notices).toEqual([{ kind: "muted", address: "bo" }]);
    expect(room.seen("ann")).toEqual([[1]]);
    room.dot("bo", 2);
    await room.clock.advance(10_000);
    expect(room.seen("ann")).toEqual([[1]]);
    room.dot("ann", 3);
    await room.clock.advance(3000);
    expect(room.seen("bo").flat()).toContain(3);
  });

  test("now and then goes on being heard", async () => {
    const room = await rubbish(41, (i) =>
      i % 3 === 0 ? `rubbish ${i}` : encodeMessage({ session: 1, frames: [] }),
    );
    expect(room.at("ann").notices).toEqual([]);
    room.dot("bo", 2);
    await room.untilEqual();
    expect(room.seen("ann").flat()).toContain(2);
  });

  test("of a newer major version is told to be newer", async () => {
    const room = await rubbish(42, () => encodeBase64(new Uint8Array([0x50, 1, 2, 3])));
    expect(room.at("ann").notices).toEqual([{ kind: "update-needed", address: "bo" }]);
    room.dot("bo", 2);
    await room.untilEqual();
    expect(room.seen("ann").flat()).toContain(2);
  });
});
