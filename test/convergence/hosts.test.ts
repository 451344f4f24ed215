import { describe, expect, test } from "vitest";
import { maskAddress } from "../../src/simulator/mask-address.ts";
import { createRoom } from "../support/room.ts";
import { judgeEvent } from "./oracle.ts";
import { anyOptions, chatOf, hostOf } from "./run-options.ts";
import type { RunOptions } from "./run-options.ts";

const SEEDS = Array.from({ length: 300 }, (_, i) => 1 + i);

function optionsOf(seed: number, peers: number): RunOptions {
  return { ...anyOptions(seed, peers), host: "next" };
}

describe("the messenger of a run", () => {
  test("is the one that is asked for", () => {
    for (const host of ["old", "0.9.19", "next"] as const)
      expect(hostOf({ ...anyOptions(1), host })).toBe(host);
  });

  test("is the next one in half of the runs that do not say", () => {
    const next = SEEDS.filter((seed) => hostOf(anyOptions(seed)) === "next");
    expect(next.length / SEEDS.length).toBeCloseTo(0.5, 1);
    expect(new Set(SEEDS.map((seed) => hostOf(anyOptions(seed))))).toEqual(new Set(["0.9.19", "next"]));
  });

  test("knows groups where it is the next one: some are blind, some have strangers, most have neither", () => {
    const chats = SEEDS.map((seed) => chatOf(optionsOf(seed, 4)));
    const share = (of: typeof chats): number => of.length / chats.length;
    expect(share(chats.filter(({ blind }) => blind))).toBeCloseTo(0.3, 1);
    expect(share(chats.filter(({ strangers }) => strangers!.length > 0))).toBeCloseTo(0.3, 1);
    for (const { strangers } of chats)
      expect(["ann", "bo", "cem", "dee"]).toEqual(expect.arrayContaining([...strangers!]));
  });

  test("opens a chat of two for two people, and for everybody where it is today's", () => {
    for (const seed of SEEDS) {
      expect(chatOf(optionsOf(seed, 2))).toEqual({});
      expect(chatOf({ ...anyOptions(seed, 4), host: "0.9.19" })).toEqual({});
    }
  });
});

describe("a room", () => {
  test("is on the host and in the chat that are asked for, and one page may differ", () => {
    const room = createRoom({
      seed: 1,
      names: ["ann", "bo", "cem"],
      host: "next",
      blind: true,
      page: (name) => (name === "cem" ? { host: "0.9.19" } : {}),
    });
    const views = room.names.map((name) => room.open(name).page.view);
    expect(views.map(({ chat }) => chat)).toEqual(["blind", "blind", "chat"]);
    expect(views.map((view) => view.shown("ann"))).toEqual([maskAddress("ann"), maskAddress("ann"), "ann"]);
  });

  test("drops what is for one stranger, and sends what is for all", async () => {
    const room = createRoom({ seed: 1, names: ["ann", "bo", "cem"], host: "next", strangers: ["cem"] });
    const sent: string[] = [];
    room.world.onEvent((event) => {
      if (event.type === "sent") sent.push(`${event.from} to ${event.to}: ${event.text}`);
      if (event.type === "alert") sent.push(`alert: ${event.text}`);
    });
    const { view } = room.open("ann").page;
    for (const command of [{ r: "bo", d: "1" }, { r: "cem", d: "2" }, { d: "3" }])
      view.navigate(`xa:${btoa(JSON.stringify({ c: "ds", ...command }))}`);
    await room.clock.advance(50);
    expect(sent).toEqual(["ann to bo: 1", "ann to bo: 3", "ann to cem: 3"]);
  });
});

test("a run in which the messenger alerted anything has failed", () => {
  expect(judgeEvent({ type: "alert", at: 1, phone: "ann", page: 1, text: "unknown command dance" })).toBe(
    "ann: the messenger alerted unknown command dance",
  );
});
