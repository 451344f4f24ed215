/*
 * Calls that nobody took, told to people who come later: whoever of the others is there by then, and whatever is lost.
 */
import { describe, expect, test } from "vitest";
import { createCallRoom, gather } from "../support/callers.ts";
import type { CallRoom } from "../support/callers.ts";

const PAIR = { seed: 1, names: ["ann", "bo"] };
const GROUP = { seed: 1, names: ["ann", "bo", "cy"], host: "next", kind: "group" } as const;

/** Bo's page is closed when ann rings, and ann closes hers soon after. */
async function callInVain(room: CallRoom): Promise<void> {
  await gather(room);
  room.leave("bo");
  await room.clock.advance(2000);
  room.voice("ann").press();
  await room.clock.advance(6000);
}

/** All notices of one person, also of pages that are closed. */
function told(room: CallRoom, name: string): string[] {
  return room
    .pages()
    .filter(({ session }) => session.own() === name)
    .flatMap(({ notices }) =>
      notices.flatMap((notice) =>
        notice.kind.startsWith("call-") && "address" in notice
          ? [`${notice.kind.slice(5)} ${notice.address}`]
          : [],
      ),
    );
}

async function comeBack(room: CallRoom, names: readonly string[], during = 20_000): Promise<void> {
  for (const name of names) room.open(name);
  await room.ready();
  await room.clock.advance(during);
}

describe("[S21] a missed call", () => {
  test.each(["leave", "back", "kill", "killMessenger"] as const)(
    "is told when the one who rang is back, after: %s",
    async (how) => {
      const room = createCallRoom(PAIR);
      await callInVain(room);
      room[how]("ann");
      await comeBack(room, ["bo"]);
      expect(told(room, "bo")).toEqual([]);
      await room.clock.advance(30 * 60_000);
      await comeBack(room, ["ann"]);
      expect(told(room, "bo")).toEqual(["missed ann"]);
      const notice = room.at("bo").notices.find(({ kind }) => kind === "call-missed")!;
      // So long ago as it was.
      const ago = notice.kind === "call-missed" ? (notice.now - notice.at) / 60_000 : 0;
      expect(Math.abs(ago - 30)).toBeLessThanOrEqual(1);
      // Once, also by pages that are opened later.
      for (const name of PAIR.names) room.leave(name);
      await comeBack(room, PAIR.names);
      expect([told(room, "bo"), told(room, "ann")]).toEqual([["missed ann"], []]);
    },
  );

  test.each([1, 2, 3, 4])(
    "is told once although half of all messages are lost, with seed %d",
    async (seed) => {
      const room = createCallRoom({ ...PAIR, seed });
      await callInVain(room);
      room.leave("ann");
      room.world.network.configure({ loss: 0.5, duplication: 0.3, jitter: 400 });
      await comeBack(room, PAIR.names, 60_000);
      room.leave("bo");
      await comeBack(room, ["bo"], 60_000);
      room.leave("ann");
      await comeBack(room, ["ann"], 60_000);
      expect(told(room, "bo")).toEqual(["missed ann"]);
    },
  );

  test("that rang in a hidden page is told when somebody looks, with the one who rang gone", async () => {
    const room = createCallRoom(PAIR);
    await gather(room);
    room.at("bo").session.hide();
    room.voice("ann").press();
    await room.clock.advance(3000);
    room.leave("ann");
    await room.clock.advance(60_000);
    expect(told(room, "bo")).toEqual([]);
    room.at("bo").session.show();
    await room.clock.advance(10_000);
    expect(told(room, "bo")).toEqual(["missed ann"]);
  });

  test.each(["hidden", "seen"] as const)(
    "is told by the device alone, where its page was %s while it rang, and killed",
    async (how) => {
      const room = createCallRoom(PAIR);
      await gather(room);
      if (how === "hidden") room.at("bo").session.hide();
      room.voice("ann").press();
      await room.clock.advance(8000);
      room.kill("bo");
      room.leave("ann");
      await room.clock.advance(60_000);
      await comeBack(room, ["bo"]);
      expect(told(room, "bo")).toEqual(["missed ann"]);
      room.leave("bo");
      await comeBack(room, PAIR.names);
      expect(told(room, "bo")).toEqual(["missed ann"]);
    },
  );

  test("is none while it rings: who comes back then can take it", async () => {
    const room = createCallRoom(PAIR);
    await callInVain(room);
    room.open("bo");
    await room.ready();
    expect(await room.clock.runUntil(() => room.voice("bo").phase() === "rung", 10_000)).toBe(true);
    room.voice("bo").press();
    await room.clock.advance(3000);
    room.voice("bo").end();
    await room.clock.advance(10_000);
    expect(told(room, "bo")).toEqual([]);
    await room.clock.advance(60_000);
    room.leave("bo");
    await comeBack(room, ["bo"]);
    expect(told(room, "bo")).toEqual([]);
  });

  test("that was declined is none", async () => {
    const room = createCallRoom(PAIR);
    await gather(room);
    room.voice("ann").press();
    await room.clock.advance(1000);
    room.voice("bo").decline();
    await room.clock.advance(1000);
    for (const name of PAIR.names) room.leave(name);
    await comeBack(room, PAIR.names);
    expect(told(room, "bo")).toEqual([]);
  });

  test("is told at once to who is in a call of the messenger's own", async () => {
    const room = createCallRoom(PAIR);
    await gather(room);
    room.host("bo").displayCallBar("1", "Cy", 0);
    room.voice("ann").press();
    await room.clock.advance(5000);
    expect([told(room, "ann"), told(room, "bo")]).toEqual([["declined bo"], ["missed ann"]]);
  });

  test("is told as the last of several by the same person", async () => {
    const room = createCallRoom(PAIR);
    await callInVain(room);
    for (let times = 0; times < 3; times++) {
      room.voice("ann").end();
      await room.clock.advance(5000);
      room.voice("ann").press();
      await room.clock.advance(5000);
    }
    room.voice("ann").end();
    await comeBack(room, ["bo"]);
    expect(told(room, "bo")).toEqual(["missed ann"]);
  });
});

describe("[S21] a missed call of a group", () => {
  test.each([1, 2, 3])("is told by another who heard it, with seed %d", async (seed) => {
    const room = createCallRoom({ ...GROUP, seed, network: { loss: 0.2 } });
    await gather(room);
    room.leave("cy");
    await room.clock.advance(3000);
    room.voice("ann").press();
    expect(await room.clock.runUntil(() => room.voice("bo").phase() === "rung", 20_000)).toBe(true);
    room.voice("bo").press();
    await room.clock.advance(40_000);
    room.leave("ann");
    await room.clock.advance(20_000);
    expect(room.voice("bo").phase()).toBe("idle");
    await comeBack(room, ["cy"], 60_000);
    expect(told(room, "cy")).toEqual(["missed ann"]);
    await comeBack(room, ["ann"], 60_000);
    expect(told(room, "cy")).toEqual(["missed ann"]);
    expect(told(room, "bo").filter((each) => each.startsWith("missed"))).toEqual([]);
  });

  test("goes on while others talk: who comes back may join, and is told nothing", async () => {
    const room = createCallRoom(GROUP);
    await gather(room);
    room.leave("cy");
    await room.clock.advance(3000);
    room.voice("ann").press();
    await room.clock.advance(2000);
    room.voice("bo").press();
    await room.clock.advance(40_000);
    await comeBack(room, ["cy"]);
    expect(room.voice("cy").isRunning()).toBe(true);
    expect(told(room, "cy")).toEqual([]);
    room.voice("cy").press();
    await room.clock.advance(5000);
    for (const name of GROUP.names) room.voice(name).end();
    await room.clock.advance(20_000);
    expect(told(room, "cy").filter((each) => each.startsWith("missed"))).toEqual([]);
  });

  test("that somebody let ring is told there, and costs the others few messages", async () => {
    const names = ["ann", "bo", "cy", "di", "ed", "flo"];
    const room = createCallRoom({ ...GROUP, names });
    await gather(room);
    room.leave("flo");
    await room.clock.advance(2000);
    room.voice("ann").press();
    await room.clock.advance(70_000);
    for (const name of ["bo", "cy", "di", "ed"]) expect(told(room, name)).toEqual(["missed ann"]);
    room.leave("ann");
    await room.clock.advance(5000);
    await comeBack(room, ["flo"], 30_000);
    expect(told(room, "flo")).toEqual(["missed ann"]);
    for (const name of ["bo", "cy", "di", "ed"]) expect(told(room, name)).toEqual(["missed ann"]);
  });
});
