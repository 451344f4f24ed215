import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../../src/base/bytes.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import { decodeCommand } from "../../src/simulator/dotnet.ts";
import { openAppend } from "../../src/sync/wire/append-message.ts";
import { createRoom } from "../support/room.ts";
import type { Room } from "../support/room.ts";

describe("[S1] on the next messenger", () => {
  test.each([
    ["two", ["ann", "bo"], {}],
    ["eight", "ann bo cem dee eli fay gus hal".split(" "), {}],
    [
      "eight in a blind group, some of them strangers",
      "ann bo cem dee eli fay gus hal".split(" "),
      { blind: true, strangers: ["cem"] },
    ],
  ] as const)("%s people draw, and nothing is ever sent to one", async (_, names, chat) => {
    const room = createRoom({ seed: 3, names, host: "next", network: { loss: 0.1 }, ...chat });
    const wrong: string[] = [];
    room.world.onEvent((event) => {
      if (event.type === "alert" || event.type === "rejected") wrong.push(event.type);
      if (event.type !== "navigation" || !event.url.startsWith("xa:")) return;
      const decoded = decodeCommand(event.url.slice(3));
      if (decoded.ok && decoded.command.c === "ds" && decoded.command.recipient !== undefined)
        wrong.push("r");
    });
    for (const name of names) room.open(name);
    await room.ready();
    for (const name of names) room.draw(name, 30);
    await room.clock.advance(3000);
    room.kill(names[1]);
    await room.clock.advance(2000);
    room.open(names[1]);
    await room.ready();
    expect(await room.untilEqual(60_000)).toBeDefined();
    expect(wrong).toEqual([]);
  });

  test("eight people see everybody, though each says hello once", async () => {
    const names = "ann bo cem dee eli fay gus hal".split(" ");
    const room = createRoom({ seed: 5, names, host: "next" });
    for (const name of names) room.open(name);
    await room.ready();
    for (const name of names)
      room.at(name).session.setPresence({
        name,
        color: 1,
        tool: "pen",
        view: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
        penDown: false,
        cursor: { x: 1, y: 0 },
      });
    await room.clock.advance(4000);
    for (const name of names) {
      const seen = room
        .at(name)
        .session.contacts()
        .map(({ presence }) => presence?.name);
      expect(new Set(seen)).toEqual(new Set(names.filter((other) => other !== name)));
    }
    let sent = 0;
    room.world.onEvent((event) => void (event.type === "navigation" && sent++));
    room.kill("hal");
    room.open("hal");
    await room.ready();
    await room.clock.advance(2500);
    // The reads of its storage, its hello, one answer of each, and some signs of life and presence.
    expect(sent).toBeLessThan(60);
  });
});

/** What the messenger calls on this person's page for a text of somebody's. */
function hearIn(room: Room, name: string): HostHandlers["data"] {
  return (room.at(name).page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] }).onNetworkData;
}

describe("[S1] a page of another version", () => {
  test.each([
    ["an older one", 3, "contact-outdated"],
    ["a newer one", 5, "update-needed"],
  ] as const)("%s: whose app is to be updated is said once", async (_, major, kind) => {
    const room = createRoom({ seed: 6, names: ["ann", "bo"] });
    room.open("ann");
    room.open("bo");
    await room.ready();
    for (let i = 0; i < 5; i++) {
      // A session, a number and a bye, as every version before wrote it.
      room.at("bo").page.host.send(encodeBase64(Uint8Array.from([major << 4, 1, i, 6, 0])));
      await room.clock.advance(500);
    }
    expect(room.at("ann").notices).toEqual([{ kind, address: "bo" }]);
  });

  test.each([
    ["an older one", 3, "contact-outdated"],
    ["a newer one", 5, "update-needed"],
  ] as const)("%s that draws is not muted, and is heard when both are the same", async (_, major, kind) => {
    const room = createRoom({ seed: 8, names: ["ann", "bo"] });
    room.open("ann");
    const { page } = room.open("bo");
    await room.ready();
    room.kill("bo");
    // Appends: a check of two bytes and packed ink behind the first one, without padding.
    const hear = hearIn(room, "ann");
    const say = (...bytes: number[]): void =>
      hear("bo", encodeBase64(Uint8Array.from(bytes)).replace(/=+$/u, ""));
    for (let i = 0; i < 60; i++) {
      const ink = Array.from({ length: 12 + (i % 3) }, () => page.env.random.uint32() & 255);
      say((major << 4) | 8 | (i % 2), ...ink);
      await room.clock.advance(150);
    }
    // A session, a number and a bye.
    say(major << 4, 1, 0, 6, 0, 6, 0, 6, 0);
    await room.clock.advance(1000);
    expect(room.at("ann").notices).toEqual([{ kind, address: "bo" }]);
    room.open("bo");
    await room.ready();
    room.dot("bo", 7);
    expect(await room.untilEqual(30_000)).toBeDefined();
    expect(room.seen("ann")).toEqual([[7]]);
  });

  test("an older one gets no appends, which it would take for damaged ones of its own", async () => {
    const room = createRoom({ seed: 9, names: ["ann", "bo"] });
    room.open("ann");
    room.open("bo");
    await room.ready();
    let appends = 0;
    let others = 0;
    room.world.onEvent((event) => {
      if (event.type !== "sent" || event.from !== "ann") return;
      if (openAppend(event.text)) appends++;
      else others++;
    });
    room.kill("bo");
    await room.clock.advance(1000);
    hearIn(room, "ann")("bo", encodeBase64(Uint8Array.from([3 << 4, 1, 0, 6, 0])));
    room.draw("ann", 60);
    await room.clock.advance(3000);
    expect(appends).toBe(0);
    expect(others).toBeGreaterThan(10);
    // It was updated.
    room.open("bo");
    await room.ready();
    expect(await room.untilEqual()).toBeDefined();
    room.draw("ann", 60);
    await room.clock.advance(3000);
    expect(appends).toBeGreaterThan(8);
  });

  test("is not told of where it is rubbish that begins like one", async () => {
    const room = createRoom({ seed: 7, names: ["ann", "bo"] });
    room.open("ann");
    room.open("bo");
    await room.ready();
    for (let i = 0; i < 10; i++) {
      room.at("bo").page.host.send(encodeBase64(Uint8Array.from([(i % 4) << 4, 200, 9, i, 77, 250])));
      await room.clock.advance(4000);
    }
    expect(room.at("ann").notices).toEqual([]);
  });
});
