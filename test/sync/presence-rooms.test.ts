import { describe, expect, test } from "vitest";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { createPair, sentBy } from "./preview-pair.ts";
import { PRESENCE, pointing } from "./presence/pointing.ts";

describe("[S13] between two pages", () => {
  const seenBy = (room: Room, name: string) => room.at(name).session.contacts()[0]!;

  test("the contact sees brush, view and pointer, and where the ink ends", async () => {
    const room = await createPair(1);
    room.at("bo").session.setPresence(pointing(5.25));
    await room.clock.advance(1000);
    expect(seenBy(room, "ann").presence).toEqual(pointing(5.25));
    expect(seenBy(room, "ann").tip).toBeUndefined();
    room.dot("bo", 40);
    await room.clock.advance(1000);
    expect(seenBy(room, "ann").tip).toMatchObject({ x: 40, y: 0 });
  });

  test("the contact sees the name, and the tool of a person who draws nothing", async () => {
    const room = await createPair(5);
    room.at("bo").session.setPresence({ ...PRESENCE, name: " Bo\u202e  B. ", tool: "select" });
    await room.clock.advance(1000);
    expect(seenBy(room, "ann").presence).toMatchObject({ name: "Bo B.", tool: "select" });
  });

  test("what is told before the board is loaded is told when it is", async () => {
    const room = createRoom({ seed: 6, names: ["ann", "bo"] });
    room.open("ann");
    await room.ready();
    room.open("bo").session.setPresence({ ...PRESENCE, name: "Bo" });
    await room.clock.runUntil(() => room.at("bo").session.phase() === "loading", 5000, 1);
    room.at("bo").session.setPresence({ ...PRESENCE, name: "Bob" });
    await room.ready();
    await room.clock.advance(3000);
    expect(seenBy(room, "ann").presence?.name).toBe("Bob");
  });

  test("a board at rest is as quiet as without it, and drawing costs no message more", async () => {
    const idle = async (withPresence: boolean): Promise<number[]> => {
      const room = await createPair(2);
      if (withPresence) room.at("bo").session.setPresence(PRESENCE);
      await room.clock.advance(60_000);
      const before = sentBy(room, "bo");
      room.draw("bo", 60);
      await room.clock.advance(4000);
      const drawn = sentBy(room, "bo") - before;
      await room.clock.advance(120_000);
      const rested = sentBy(room, "bo");
      await room.clock.advance(60_000);
      return [drawn, sentBy(room, "bo") - rested];
    };
    const [drawn, rested] = await idle(true);
    const [plainlyDrawn] = await idle(false);
    expect(rested).toBeLessThanOrEqual(3);
    expect(drawn).toBe(plainlyDrawn);
  });

  test("a lost presence is not asked for", async () => {
    const room = await createPair(3);
    await room.clock.advance(120_000);
    const before = sentBy(room, "ann");
    room.world.network.configure({ loss: 1 });
    room.at("bo").session.setPresence(pointing(1));
    await room.clock.advance(1000);
    room.world.network.configure({ loss: 0 });
    room.at("bo").session.setPresence(pointing(2));
    await room.clock.advance(3000);
    expect(seenBy(room, "ann").presence).toEqual(pointing(2));
    expect(sentBy(room, "ann") - before).toBeLessThanOrEqual(1);
  });

  test("who left has none, and who comes back is told and tells again", async () => {
    const room = await createPair(4);
    room.at("ann").session.setPresence(pointing(1));
    room.at("bo").session.setPresence(pointing(2));
    await room.clock.advance(1000);
    room.at("bo").session.hide();
    await room.clock.advance(1000);
    expect(seenBy(room, "ann").presence).toBeUndefined();
    room.at("bo").session.show();
    await room.clock.advance(3000);
    expect(seenBy(room, "ann").presence).toEqual(pointing(2));
    room.kill("bo");
    room.open("bo");
    await room.ready();
    await room.clock.advance(3000);
    expect(seenBy(room, "bo").presence).toEqual(pointing(1));
    expect(seenBy(room, "ann").presence).toBeUndefined();
  });
});
