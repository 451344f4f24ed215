/*
 * What a page knows of how much of its ink a contact has.
 */
import { describe, expect, test } from "vitest";
import { createRoom } from "../support/room.ts";

const BOTH = ["ann", "bo"];

describe("delivery", () => {
  async function both(seed: number) {
    const room = createRoom({ seed, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(3000);
    const bo = () => room.at("ann").session.contacts()[0]!;
    return { room, bo };
  }

  test("[S10] is known from what the contact says it has, within seconds", async () => {
    const { room, bo } = await both(20);
    expect(bo()).toMatchObject({ hasEverything: true, missingStrokes: 0 });
    for (let i = 0; i < 3; i++) room.dot("ann", i);
    expect(bo()).toMatchObject({ hasEverything: false, missingStrokes: 3 });
    await room.clock.advance(3000);
    expect(bo()).toMatchObject({ hasEverything: true, missingStrokes: 0 });
  });

  test("[S10] is not claimed while messages do not arrive, and is when they do", async () => {
    const { room, bo } = await both(21);
    room.world.network.block("ann", "bo");
    for (let i = 0; i < 3; i++) room.dot("ann", i);
    await room.clock.advance(20_000);
    expect(bo()).toMatchObject({ state: "here", hasEverything: false, missingStrokes: 3 });
    room.world.network.unblock("ann", "bo");
    expect(await room.clock.runUntil(() => bo().hasEverything, 30_000)).toBe(true);
    expect(room.difference()).toBeUndefined();
  });

  test("[S10] is known while both go on drawing", async () => {
    const { room, bo } = await both(22);
    let most = 0;
    for (let i = 0; i < 100; i++) {
      room.dot("ann", i);
      room.dot("bo", 1000 + i);
      await room.clock.advance(300);
      if (i > 30) most = Math.max(most, bo().missingStrokes);
    }
    expect(most).toBeLessThan(30);
  });

  test("[S10] of a contact who lost what it had is taken back", async () => {
    const { room, bo } = await both(23);
    room.dot("ann", 1);
    await room.clock.advance(3000);
    expect(bo().hasEverything).toBe(true);
    room.world.network.block("ann", "bo");
    room.killMessenger("bo");
    room.world.phone("bo").storage("com.example.test").rollback(20_000);
    room.open("bo");
    await room.ready();
    await room.clock.advance(3000);
    expect(bo()).toMatchObject({ state: "here", hasEverything: false, missingStrokes: 1 });
  });
});
