/*
 * Direct connections beside calls: only where both have chosen them and pressed, and whatever becomes of them, the call
 * goes on.
 */
import { describe, expect, test } from "vitest";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import type { VoiceFrame } from "../../src/sync/wire/voice-codec.ts";
import { createPrng } from "../../src/base/prng.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { callAll, createCallRoom, dataHandler, gather } from "../support/callers.ts";
import type { CallRoom } from "../support/callers.ts";
import { directEnd } from "../support/direct-wires.ts";
import { framesOf } from "../support/messages.ts";
import { OTHER_DIGEST } from "../sync/hostile-stage.ts";

const PAIR = { seed: 1, names: ["ann", "bo"], network: { latency: 80, jitter: 20 } };

/** In a call; who chose to be connected directly. */
async function openCall(
  chosen: readonly string[] = PAIR.names,
  options: Partial<Parameters<typeof createCallRoom>[0]> = {},
): Promise<CallRoom> {
  const room = createCallRoom({ ...PAIR, ...options });
  await callAll(room);
  for (const name of chosen) room.voice(name).setDirect(true);
  return room;
}

const ways = (room: CallRoom): unknown[] => room.names.map((name) => room.voice(name).way());
const opened = (room: CallRoom): number[] => room.names.map((name) => room.wires.open(name));
const made = (room: CallRoom): number[] => room.names.map((name) => room.wires.made(name));
const isDirect = (room: CallRoom) => (): boolean => ways(room).every((way) => way === "direct");

/** What is said of calls from now on. */
function wordsOf(room: CallRoom): (VoiceFrame & { readonly chars: number })[] {
  const words: (VoiceFrame & { readonly chars: number })[] = [];
  room.world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data") return;
    for (const frame of framesOf(event.text))
      if (frame.type === "voice") words.push({ ...frame, chars: event.text.length });
  });
  return words;
}

/** The longest time of which nothing is heard, of what was said between two moments. */
function longestHole(room: CallRoom, name: string, from: number): number {
  const said = room
    .caller(name)
    .heard.flatMap(({ saidAt }) => (saidAt !== undefined && saidAt >= from ? [saidAt] : []));
  said.sort((a, b) => a - b);
  return Math.max(...said.map((at, i) => at - (said[i - 1] ?? from)));
}

describe("[S22] a call of two who both chose it", () => {
  test("goes directly after a moment, without a word lost for long, and sends nothing more of sound", async () => {
    const room = await openCall();
    for (const name of room.names) room.caller(name).talks = true;
    const from = room.clock.now();
    expect(ways(room)).toEqual(["messenger", "messenger"]);
    expect(await room.clock.runUntil(isDirect(room), 10_000)).toBe(true);
    await room.clock.advance(5000);
    const words = wordsOf(room);
    await room.clock.advance(20_000);
    expect(new Set(words.map(({ what }) => what))).toEqual(new Set(["in"]));
    for (const name of room.names) {
      expect(room.voice(name).cost()).toBe(0);
      expect(room.caller(name).heard.at(-1)).toMatchObject({ isDirect: true });
      expect(room.voice(name).members()).toMatchObject([{ isTalking: true, latency: 70 }]);
      expect(longestHole(room, name, from)).toBeLessThan(700);
    }
    room.voice("ann").setMuted(true);
    await room.clock.advance(2000);
    expect(room.voice("bo").members()).toMatchObject([{ isTalking: false }]);
    expect(ways(room)).toEqual(["direct", "direct"]);
  });

  test.each([1, 2, 3, 4, 5, 6])(
    "connects although words are lost, late and doubled, with seed %d",
    async (seed) => {
      const room = await openCall(PAIR.names, { seed });
      room.voice("bo").end();
      await room.clock.advance(5000);
      expect(opened(room)).toEqual([0, 0]);
      room.world.network.configure({ loss: 0.3, duplication: 0.3, jitter: 600 });
      room.voice("ann").press();
      expect(await room.clock.runUntil(() => room.voice("bo").phase() === "rung", 29_000)).toBe(true);
      room.voice("bo").press();
      expect(await room.clock.runUntil(isDirect(room), 60_000)).toBe(true);
      expect(opened(room)).toEqual([1, 1]);
    },
  );

  test("goes on through the messenger where the connection breaks, and directly again later", async () => {
    const room = await openCall();
    for (const name of room.names) room.caller(name).talks = true;
    expect(await room.clock.runUntil(isDirect(room), 10_000)).toBe(true);
    await room.clock.advance(12_000);
    const from = room.clock.now();
    room.wires.reach = false;
    expect(await room.clock.runUntil(() => !isDirect(room)(), 3000)).toBe(true);
    await room.clock.advance(10_000);
    for (const name of room.names) {
      expect(longestHole(room, name, from)).toBeLessThan(1600);
      expect(room.caller(name).heard.at(-1)?.isDirect).toBeUndefined();
      expect(room.voice(name).cost()).toBeGreaterThan(2000);
    }
    room.wires.reach = true;
    expect(await room.clock.runUntil(isDirect(room), 30_000)).toBe(true);
    expect(opened(room)).toEqual([1, 1]);
  });

  test("stays with the messenger where the devices do not reach each other, and tries ever more rarely", async () => {
    const room = await openCall();
    room.wires.reach = false;
    for (const name of room.names) room.caller(name).talks = true;
    const from = room.clock.now();
    await room.clock.advance(300_000);
    expect(ways(room)).toEqual(["messenger", "messenger"]);
    expect(Math.max(...made(room))).toBeLessThan(12);
    expect(longestHole(room, "bo", from)).toBeLessThan(700);
  });

  test("is direct no more when one does not want it any more, and no word is lost by that", async () => {
    const room = await openCall();
    for (const name of room.names) room.caller(name).talks = true;
    expect(await room.clock.runUntil(isDirect(room), 10_000)).toBe(true);
    const from = room.clock.now();
    room.voice("bo").setDirect(false);
    expect(room.wires.open("bo")).toBe(0);
    await room.clock.advance(5000);
    expect(opened(room)).toEqual([0, 0]);
    expect(ways(room)).toEqual(["messenger", undefined]);
    for (const name of room.names) expect(longestHole(room, name, from)).toBeLessThan(700);
  });

  test.each(["end", "hide", "kill"] as const)("leaves no connection behind: %s", async (how) => {
    const room = await openCall();
    expect(await room.clock.runUntil(isDirect(room), 10_000)).toBe(true);
    if (how === "end") room.voice("bo").end();
    else if (how === "hide") room.at("bo").session.hide();
    else room.kill("bo");
    expect(await room.clock.runUntil(() => room.voice("ann").phase() === "idle", 40_000)).toBe(true);
    expect(room.wires.open("ann")).toBe(0);
    expect(room.wires.open("bo")).toBe(how === "kill" ? 1 : 0);
  });

  test("goes on while the messenger is away for a moment", async () => {
    const room = await openCall();
    room.caller("ann").talks = true;
    expect(await room.clock.runUntil(isDirect(room), 10_000)).toBe(true);
    const from = room.clock.now();
    room.world.network.configure({ loss: 1 });
    await room.clock.advance(10_000);
    expect(longestHole(room, "bo", from)).toBeLessThan(100);
    expect(room.voice("bo").phase()).toBe("talking");
  });
});

/** Ann chose it, and her contact says anything. */
async function withEve(): Promise<{ readonly room: CallRoom; say(frame: Frame): void }> {
  const room = createCallRoom(PAIR);
  await gather(room);
  room.voice("ann").setDirect(true);
  room.kill("bo");
  const data = dataHandler(room, "ann");
  const say = (frame: Frame): void => data("bo", encodeMessage({ session: 12_345, frames: [frame] }));
  const tag = boardTagOf({ own: "ann", remotes: ["bo"] });
  say({ type: "hello", tag, reply: false, state: new Map(), digest: OTHER_DIGEST });
  return { room, say };
}

describe("[S22] no connection is begun", () => {
  test.each([[[]], [["ann"]], [["bo"]]])(
    "where only these chose it: %j",
    async (chosen: readonly string[]) => {
      const room = createCallRoom(PAIR);
      await callAll(room);
      const words = wordsOf(room);
      for (const name of chosen) room.voice(name).setDirect(true);
      await room.clock.advance(20_000);
      expect(made(room)).toEqual([0, 0]);
      expect(words.filter(({ what }) => what === "offer" || what === "answer")).toEqual([]);
    },
  );

  test("in a group", async () => {
    const names = ["ann", "bo", "cy"];
    const room = await openCall(names, { names, host: "next", kind: "group" });
    await room.clock.advance(20_000);
    expect(made(room)).toEqual([0, 0, 0]);
    expect(ways(room)).toEqual(["messenger", "messenger", "messenger"]);
  });

  test("by what a contact says: an offer is not answered before this person pressed", async () => {
    const { room, say } = await withEve();
    const words = wordsOf(room);
    for (let i = 1; i < 100; i++) {
      say({ type: "voice", what: "ring", call: 7 });
      say({ type: "voice", what: "in", call: 7, stamp: 0, direct: "heard" });
      say({ type: "voice", what: "offer", call: 7, attempt: i, end: directEnd(i) });
      say({ type: "voice", what: "answer", call: 7, attempt: i, end: directEnd(i) });
      await room.clock.advance(50);
    }
    expect(room.voice("ann").phase()).toBe("rung");
    expect(room.wires.made("ann")).toBe(0);
    expect(words.filter(({ what }) => what === "offer" || what === "answer")).toEqual([]);
    // Now she does, and one who offers for ever gets no more than a few.
    room.voice("ann").press();
    for (let i = 100; i < 400; i++) {
      say({ type: "voice", what: "in", call: 7, stamp: 0, direct: "wanted" });
      say({ type: "voice", what: "offer", call: 7, attempt: i, end: directEnd(i) });
      await room.clock.advance(50);
    }
    expect(room.wires.made("ann")).toBeLessThan(8);
    expect(room.wires.open("ann")).toBe(1);
  });
});

describe("[S22] a contact in a call", () => {
  test.each([1, 2, 3])("who says anything in any order harms nothing, with seed %d", async (seed) => {
    const { room, say } = await withEve();
    const prng = createPrng(seed);
    const type = "voice" as const;
    let attempt = 0;
    let talked = 0;
    let latest = 7;
    const from = room.clock.now();
    for (let i = 0; i < 1500; i++) {
      if (room.voice("ann").phase() === "idle") latest++;
      const call = prng.below(20) === 0 ? latest + 1000 : latest;
      const direct = ["wanted", "heard", "wanted", undefined][prng.below(4)] as
        | "wanted"
        | "heard"
        | undefined;
      if (prng.chance(0.3)) attempt += prng.below(3);
      const words: readonly VoiceFrame[] = [
        { type, call, what: "ring" },
        { type, call, what: "in", stamp: i, ...(direct ? { direct } : {}) },
        { type, call, what: "offer", attempt: attempt + prng.below(3), end: directEnd(i) },
        { type, call, what: "answer", attempt: prng.below(4), end: directEnd(i) },
        { type, call, what: "talk", first: i, packets: [new Uint8Array(40)] },
      ];
      say(words[prng.below(words.length)]!);
      if (prng.below(150) === 0) say({ type, call, what: "end" });
      if (room.voice("ann").phase() === "rung") room.voice("ann").press();
      if (room.voice("ann").phase() === "talking") talked++;
      expect(room.wires.open("ann")).toBeLessThan(2);
      await room.clock.advance(prng.below(120));
    }
    expect(talked).toBeGreaterThan(100);
    expect(room.wires.made("ann")).toBeGreaterThan(1);
    // One own and one taken in 3 s, at most.
    expect(room.wires.made("ann")).toBeLessThan((room.clock.now() - from) / 1500);
    expect(room.warnings().filter((warning) => !warning.includes("refused"))).toEqual([]);
    room.voice("ann").end();
    expect(room.wires.open("ann")).toBe(0);
  });
});
