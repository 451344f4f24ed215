import { describe, expect, test } from "vitest";
import { boardTagOf } from "../src/board/storage/board-id.ts";
import type { HostVersion } from "../src/simulator/chat.ts";
import { encodeMessage } from "../src/sync/wire/frame.ts";
import type { Frame } from "../src/sync/wire/frame.ts";
import { createPage } from "./support/phones.ts";
import { createRoom } from "./support/room.ts";
import type { Room } from "./support/room.ts";

/** A messenger older than SDK 0.5 names the contacts only. `hosts` may be changed: an update. */
function createHouse(hosts: Record<string, HostVersion>, seed = 1) {
  const names = Object.keys(hosts);
  const room = createRoom({ seed, names, page: (name) => ({ host: hosts[name]! }) });
  return { room, names, hosts };
}

async function settle(room: Room, names: readonly string[]): Promise<void> {
  await room.ready();
  await room.clock.advance(15_000);
  for (const name of names) expect(room.at(name).session.phase()).toBe("ready");
}

function dots(room: Room, name: string): number[] {
  return room
    .seen(name)
    .map(([x]) => x!)
    .sort((a, b) => a - b);
}

const PAIRS: readonly Record<string, HostVersion>[] = [
  { ann: "old", bo: "old" },
  { ann: "old", bo: "0.9.19" },
  { ann: "0.9.19", bo: "old" },
];

describe.each(PAIRS)("[S8] ann with a messenger that is $ann, bo with one that is $bo", (hosts) => {
  test.each([0, 60_000])("share a board, also after both closed (%i ms apart)", async (apart) => {
    const { room, names } = createHouse({ ...hosts });
    for (const round of [0, 1]) {
      for (const name of names) {
        room.open(name);
        await room.clock.advance(apart);
      }
      await settle(room, names);
      for (const [i, name] of names.entries()) room.dot(name, round * 10 + i);
      expect(await room.untilEqual(20_000)).toBeDefined();
      await room.clock.advance(3000);
      const expected = round === 0 ? [0, 1] : [0, 1, 10, 11];
      for (const [i, name] of names.entries()) {
        expect(dots(room, name)).toEqual(expected);
        const contact = { address: names[1 - i], state: "here", hasEverything: true };
        expect(room.at(name).session.contacts()).toMatchObject([contact]);
      }
      for (const name of names) room.back(name);
      await room.clock.advance(5000);
    }
    expect(room.pages().flatMap(({ notices }) => notices)).toEqual([]);
  });

  test("what is drawn before the other comes is there when it comes", async () => {
    const { room, names } = createHouse({ ...hosts }, 2);
    room.open("ann");
    await room.ready();
    room.dot("ann", 1);
    await room.clock.advance(60_000);
    room.dot("ann", 2);
    room.open("bo");
    await room.ready();
    await room.clock.advance(3000);
    for (const name of names) {
      expect(
        room
          .at(name)
          .session.contacts()
          .map(({ state }) => state),
      ).toEqual(["here"]);
      expect(dots(room, name)).toEqual([1, 2]);
    }
  });

  test("find each other although a third of the messages is lost", async () => {
    const { room, names } = createHouse({ ...hosts }, 3);
    room.world.network.configure({ loss: 0.3 });
    for (const name of names) room.open(name);
    await room.ready();
    await room.clock.advance(60_000);
    for (const [i, name] of names.entries()) room.dot(name, i);
    expect(await room.untilEqual(60_000)).toBeDefined();
    expect(dots(room, "ann")).toEqual([0, 1]);
  });
});

describe("an old messenger", () => {
  test.each([
    { ann: "old", bo: "old", cy: "old" },
    { ann: "old", bo: "0.9.19", cy: "old" },
    { ann: "0.9.19", bo: "old", cy: "0.9.19" },
  ] as const)("and three people (%o)", async (hosts) => {
    const { room, names } = createHouse({ ...hosts }, 4);
    for (const round of [0, 1]) {
      for (const name of names) room.open(name);
      await settle(room, names);
      for (const [i, name] of names.entries()) room.dot(name, round * 10 + i);
      expect(await room.untilEqual(20_000)).toBeDefined();
      for (const name of names) {
        expect(dots(room, name)).toEqual(round === 0 ? [0, 1, 2] : [0, 1, 2, 10, 11, 12]);
        expect(
          room
            .at(name)
            .session.contacts()
            .map(({ state }) => state),
        ).toEqual(["here", "here"]);
      }
      for (const name of names) room.back(name);
      await room.clock.advance(5000);
    }
  });

  test("that is updated shows the board that it had, and goes on with it", async () => {
    const { room, names, hosts } = createHouse({ ann: "old", bo: "0.9.19" }, 5);
    for (const name of names) room.open(name);
    await settle(room, names);
    room.dot("ann", 1);
    await room.clock.advance(10_000);
    for (const name of names) room.back(name);

    hosts["ann"] = "0.9.19";
    room.open("ann");
    await settle(room, ["ann"]);
    expect(room.at("ann").session.own()).toBe("ann");
    expect(dots(room, "ann")).toEqual([1]);
    room.dot("ann", 2);
    await room.clock.advance(10_000);
    room.kill("ann");
    for (const name of names) room.open(name);
    await settle(room, names);
    expect(await room.untilEqual(20_000)).toBeDefined();
    expect(dots(room, "ann")).toEqual([1, 2]);
    expect(dots(room, "bo")).toEqual([1, 2]);
  });

  test.each(["old", "0.9.19"] as const)(
    "never shows one contact what was drawn with another (contacts: %s)",
    async (host) => {
      const { room, hosts } = createHouse({ ann: "old", bo: host, cy: host }, 6);
      const boards: readonly (readonly [string, readonly string[], number])[] = [
        ["ann", ["bo"], 1],
        ["ann", ["cy"], 2],
        ["ann", [], 3],
        ["ann", ["bo", "cy"], 4],
      ];
      const visit = async (draws: boolean): Promise<void> => {
        for (const [name, contacts, x] of boards) {
          room.open(name, contacts);
          for (const contact of contacts) {
            room.open(contact, [name, ...contacts.filter((each) => each !== contact)]);
          }
          await settle(room, [name, ...contacts]);
          if (draws) room.dot(name, x);
          await room.clock.advance(10_000);
          for (const each of [name, ...contacts]) {
            expect(dots(room, each)).toEqual([x]);
            room.back(each);
          }
          await room.clock.advance(5000);
        }
      };
      await visit(true);
      await visit(false);
      // The same with the messenger's new form; alone, the address is new to it.
      hosts["ann"] = "0.9.19";
      boards.slice(2, 3);
      for (const [name, contacts, x] of boards.filter(([, each]) => each.length > 0)) {
        room.open(name, contacts);
        await settle(room, [name]);
        expect(dots(room, name)).toEqual([x]);
        room.back(name);
      }
    },
  );

  test("learns an address from each contact for that contact only: a liar harms nobody else", async () => {
    const { room } = createHouse({ ann: "old", bo: "0.9.19", cy: "0.9.19" }, 7);
    const liar = createPage(room.world, "bo", ["ann", "cy"]);
    liar.host.open({ opened: () => undefined, data: () => undefined, ended: () => undefined });
    const none = { hi: 0, lo: 0 };
    const lie = (): void => {
      const hello: Frame = {
        type: "hello",
        tag: boardTagOf({ own: "mallory", remotes: ["bo", "cy"] }),
        reply: true,
        state: new Map(),
        digest: { writes: none, deletions: none },
        names: ["mallory"],
      };
      liar.host.send(encodeMessage({ session: 7, frames: [hello] }));
      room.clock.after(1000, lie);
    };
    lie();
    for (const name of ["ann", "cy"]) room.open(name);
    await settle(room, ["ann", "cy"]);
    room.dot("ann", 1);
    room.dot("cy", 2);
    expect(await room.untilEqual(20_000)).toBeDefined();
    expect(dots(room, "ann")).toEqual([1, 2]);
    expect(room.at("ann").session.contacts()[1]).toMatchObject({ address: "cy", state: "here" });
    // Nor do the two go on telling each other who they are.
    await room.clock.advance(10_000);
    const before = room.world.network.counters("cy").sent;
    await room.clock.advance(60_000);
    expect(room.world.network.counters("cy").sent - before).toBeLessThan(40);
  });
});
