import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../src/base/bytes.ts";
import { encodeMessage } from "../src/sync/wire/frame.ts";
import { createRoom } from "./support/room.ts";

const BOTH = ["ann", "bo"];

describe("two contacts", () => {
  test("[S3] see each other's ink grow while it is drawn", async () => {
    const room = createRoom({ seed: 1, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(2000);
    room.draw("ann", 60);
    const lengths = new Set<number>();
    const drawing = new Set<boolean>();
    for (let i = 0; i < 16; i++) {
      await room.clock.advance(100);
      lengths.add(room.seen("bo")[0]?.length ?? 0);
      drawing.add(room.at("bo").session.contacts()[0]!.drawing);
    }
    expect(drawing).toEqual(new Set([false, true]));
    expect(lengths.size).toBeGreaterThan(8);
    expect(await room.untilEqual(3000)).toBeDefined();
    expect(room.seen("bo")[0]?.length).toBe(60);
    expect(room.at("bo").session.contacts()[0]?.drawing).toBe(false);
  });

  test("know when what they drew is stored, and say so", async () => {
    const room = createRoom({ seed: 6, names: BOTH });
    room.open("ann");
    await room.ready();
    const { session } = room.at("ann");
    let said: boolean | undefined;
    session.onChange(() => (said = session.isStored()));
    room.dot("ann", 1);
    expect(session.isStored()).toBe(false);
    await room.clock.runUntil(() => said === true, 10_000);
    expect([said, session.isStored()]).toEqual([true, true]);
  });

  test("share clear and its undo, and are told who cleared", async () => {
    const room = createRoom({ seed: 2, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("ann", 1);
    room.dot("bo", 2);
    await room.untilEqual();
    const board = room.at("ann").session.board()!;
    board.clear();
    await room.clock.advance(1000);
    expect(room.seen("bo")).toEqual([]);
    expect(room.at("bo").notices).toContainEqual({ kind: "cleared", address: "ann" });
    expect(room.at("ann").notices).toEqual([]);
    board.history.undo();
    await room.clock.advance(1000);
    expect(room.seen("bo").length).toBe(2);
    expect(room.difference()).toBeUndefined();
  });

  test("are told whose a session is, also one that the contact had before, and of no other", async () => {
    const room = createRoom({ seed: 5, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("bo", 1);
    await room.untilEqual();
    room.back("bo");
    await room.clock.advance(1000);
    room.open("bo");
    await room.ready();
    room.dot("bo", 2);
    await room.untilEqual();
    const { session } = room.at("ann");
    const clients = [
      ...new Set(
        session
          .board()!
          .items()
          .map(({ client }) => client),
      ),
    ];
    expect(clients.length).toBe(2);
    expect(clients.map(session.whoIs)).toEqual(["bo", "bo"]);
    expect(session.whoIs(Math.max(...clients) + 1)).toBeUndefined();
  });

  test("[S8] who joins late gets what was drawn before", async () => {
    const room = createRoom({ seed: 3, names: BOTH });
    room.open("ann");
    await room.ready();
    for (let i = 0; i < 50; i++) room.dot("ann", i);
    expect(room.at("ann").session.contacts()).toMatchObject([{ address: "bo", state: "waiting" }]);
    await room.clock.advance(60_000);
    room.open("bo");
    await room.ready();
    expect(await room.untilEqual(3000)).toBeDefined();
    expect(room.seen("bo").length).toBe(50);
    expect(room.at("ann").session.contacts()[0]?.state).toBe("here");
  });

  test("[S8] who comes back after leaving gets what was missed, and has what was there", async () => {
    const room = createRoom({ seed: 4, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("bo", 1);
    await room.untilEqual();
    room.leave("bo");
    await room.clock.advance(1000);
    expect(room.at("ann").session.contacts()[0]?.state).toBe("away");
    room.dot("ann", 2);
    await room.clock.advance(5000);
    room.open("bo");
    await room.ready();
    expect(await room.untilEqual(3000)).toBeDefined();
    expect(new Set(room.seen("bo").flat())).toEqual(new Set([1, 2]));
    expect(room.at("ann").session.contacts()[0]?.state).toBe("here");
  });

  test("leaving right after a stroke saves it", async () => {
    const room = createRoom({ seed: 21, names: BOTH });
    room.open("ann");
    await room.ready();
    room.dot("ann", 1);
    await room.clock.advance(1100);
    room.dot("ann", 2);
    room.leave("ann");
    await room.clock.advance(20_000);
    expect(room.warnings()).toEqual([]);
    expect(room.pages()[0]?.notices).toEqual([]);
    room.open("ann");
    await room.ready();
    expect(room.seen("ann")).toEqual([[1], [2]]);
  });

  test("ink drawn while the other is away is kept on both sides, also when both were closed", async () => {
    const room = createRoom({ seed: 5, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    room.dot("ann", 1);
    await room.untilEqual();
    await room.clock.advance(5000);
    for (const name of BOTH) room.kill(name);
    await room.clock.advance(5000);
    for (const name of BOTH) {
      room.open(name, [BOTH.find((other) => other !== name)!]);
      await room.ready();
      expect(room.seen(name)).toEqual([[1]]);
      room.kill(name);
    }
  });

  test("[S9] a killed contact is away after a while, and a stale end of session does not send away who is here", async () => {
    const room = createRoom({ seed: 6, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(2000);
    const state = (): string => room.at("ann").session.contacts()[0]!.state;
    expect(state()).toBe("here");
    // Bo leaves while Ann's phone is offline: the news waits for it.
    room.world.phone("ann").setOnline(false);
    room.leave("bo");
    await room.clock.advance(1000);
    room.open("bo");
    await room.ready();
    room.world.phone("ann").setOnline(true);
    await room.clock.advance(10_000);
    expect(state()).toBe("here");
    room.kill("bo");
    await room.clock.advance(120_000);
    expect(state()).toBe("away");
  });

  test("[S9] who put the app away is not here because the app answers", async () => {
    const room = createRoom({ seed: 11, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(2000);
    room.at("bo").session.hide();
    await room.clock.advance(1000);
    const states: string[] = [];
    room.at("ann").session.onChange(() => states.push(room.at("ann").session.contacts()[0]!.state));
    room.at("ann").session.show();
    room.dot("ann", 1);
    await room.clock.advance(5000);
    expect(states.length).toBeGreaterThan(0);
    expect(states).not.toContain("here");
    expect(room.at("ann").session.contacts()[0]!.state).toBe("away");
    room.at("bo").session.show();
    await room.clock.advance(1000);
    expect(room.at("ann").session.contacts()[0]!.state).toBe("here");
  });

  test("[S6] are quiet when nobody draws", async () => {
    const room = createRoom({ seed: 7, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    await room.clock.advance(120_000);
    const before = room.world.network.counters("ann").sent;
    await room.clock.advance(600_000);
    expect(room.world.network.counters("ann").sent - before).toBeLessThanOrEqual(30);
  });
});

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

describe("two pages of one contact", () => {
  test("[S9] the newer one counts, and the older one's farewell does not send it away", async () => {
    const room = createRoom({ seed: 30, names: BOTH });
    for (const name of BOTH) room.open(name);
    await room.ready();
    const first = room.at("bo");
    const second = room.open("bo");
    await room.ready();
    await room.clock.advance(3000);
    const bo = () => room.at("ann").session.contacts()[0]!;
    first.session.hide();
    await room.clock.advance(3000);
    expect(bo().state).toBe("here");
    second.session.hide();
    await room.clock.advance(3000);
    expect(bo().state).toBe("away");
  });
});

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

describe("boards are kept per participants", () => {
  test("who draws with one contact is not seen by another, who shares the session id", async () => {
    const room = createRoom({ seed: 8, names: ["ann", "bo", "eve"] });
    room.open("ann", ["bo"]);
    room.open("bo", ["ann"]);
    await room.ready();
    room.dot("ann", 1);
    await room.untilEqual();
    await room.clock.advance(5000);
    room.kill("ann");
    room.kill("bo");
    room.open("ann", ["eve"]);
    room.open("eve", ["ann"]);
    await room.ready();
    await room.clock.advance(30_000);
    expect(room.seen("ann")).toEqual([]);
    expect(room.seen("eve")).toEqual([]);
    room.kill("ann");
    room.open("ann", ["bo"]);
    await room.ready();
    expect(room.seen("ann")).toEqual([[1]]);
  });

  test("[S8] a contact who has the board with more people open does not mix it in", async () => {
    const room = createRoom({ seed: 9, names: ["ann", "bo", "eve"] });
    room.open("ann", ["bo"]);
    room.open("bo", ["ann", "eve"]);
    room.open("eve", ["ann", "bo"]);
    await room.ready();
    room.dot("bo", 7);
    room.dot("ann", 8);
    await room.clock.advance(60_000);
    expect(room.seen("ann")).toEqual([[8]]);
    expect(room.seen("bo")).toEqual([[7]]);
    expect(room.seen("eve")).toEqual([[7]]);
  });

  test("opened alone, the board is private and kept", async () => {
    const room = createRoom({ seed: 10, names: ["ann"] });
    room.open("ann", []);
    await room.ready();
    room.dot("ann", 1);
    await room.clock.advance(10_000);
    expect(room.world.network.counters("ann").sent).toBe(0);
    room.kill("ann");
    room.open("ann", []);
    await room.ready();
    expect(room.seen("ann")).toEqual([[1]]);
  });
});
