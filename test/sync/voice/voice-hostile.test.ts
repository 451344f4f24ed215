/*
 * A contact who says anything about calls: it opens no microphone, floods nobody, and harms nothing.
 */
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { boardTagOf } from "../../../src/board/storage/board-id.ts";
import { encodeMessage } from "../../../src/sync/wire/frame.ts";
import type { Frame } from "../../../src/sync/wire/frame.ts";
import type { VoiceFrame } from "../../../src/sync/wire/voice-codec.ts";
import { createCallRoom, dataHandler, gather } from "../../support/callers.ts";
import type { CallRoom } from "../../support/callers.ts";
import { framesOf } from "../../support/messages.ts";
import { OTHER_DIGEST } from "../hostile-stage.ts";

const EVE = 12_345;
const HELLO: Frame = {
  type: "hello",
  tag: boardTagOf({ own: "ann", remotes: ["bo"] }),
  reply: false,
  state: new Map(),
  digest: OTHER_DIGEST,
};

interface Eve {
  readonly room: CallRoom;
  say(frame: Frame, session?: number): void;
  heard(): readonly (Frame & VoiceFrame)[];
  offences(): number;
}

async function createEve(seed: number): Promise<Eve> {
  const room = createCallRoom({ seed, names: ["ann", "bo"] });
  await gather(room);
  room.kill("bo");
  const data = dataHandler(room, "ann");
  const say = (frame: Frame, session = EVE): void => data("bo", encodeMessage({ session, frames: [frame] }));
  say(HELLO);
  let frames: (Frame & VoiceFrame)[] = [];
  room.world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data" || event.from !== "ann") return;
    for (const frame of framesOf(event.text)) if (frame.type === "voice") frames.push(frame);
  });
  await room.clock.advance(500);
  return {
    room,
    say,
    heard() {
      const all = frames;
      frames = [];
      return all;
    },
    offences: () =>
      room.at("ann").page.warnings.filter(({ message }) => message.startsWith("sync: refused")).length,
  };
}

const packets = (count = 12): Uint8Array[] => Array.from({ length: count }, () => new Uint8Array(40));
const isIn = (call: number): Frame => ({ type: "voice", what: "in", call, stamp: 0 });

/** Ann presses, and eve takes her call. */
async function talkWith(eve: Eve): Promise<number> {
  eve.room.voice("ann").press();
  await eve.room.clock.advance(1000);
  const { call } = eve.heard().find(({ what }) => what === "ring")!;
  eve.say(isIn(call));
  expect(eve.room.voice("ann").phase()).toBe("talking");
  return call;
}

describe("[S21] a contact", () => {
  test("opens no microphone, whatever it says", async () => {
    const eve = await createEve(1);
    const words = ["ring", "declined", "busy", "end"] as const;
    for (let i = 0; i < 300; i++) {
      eve.say({ type: "voice", what: words[i % 4]!, call: i % 7 });
      eve.say({ type: "voice", what: "missed", call: i % 7, ago: i });
      eve.say(isIn(i % 7));
      eve.say({ type: "voice", what: "talk", call: i % 7, first: i * 12, packets: packets() });
      await eve.room.clock.advance(50);
      expect(eve.room.caller("ann").isOpen()).toBe(false);
      expect(["idle", "rung"]).toContain(eve.room.voice("ann").phase());
    }
    expect(eve.room.caller("ann").heard).toEqual([]);
  });

  test("who rings for ever is answered little, and tells little", async () => {
    const eve = await createEve(2);
    for (let call = 0; call < 2000; call++) {
      eve.say({ type: "voice", what: "ring", call });
      eve.say({ type: "voice", what: "end", call });
      await eve.room.clock.advance(10);
    }
    expect(eve.room.told("ann").length).toBeLessThan(10);
    expect(eve.heard().length).toBeLessThan(10);
  });

  test("who says for ever what was missed tells it seldom, and nothing of strangers", async () => {
    const eve = await createEve(2);
    for (let call = 0; call < 1000; call++) {
      eve.say({ type: "voice", what: "missed", call, ago: call % 2 ? 2 ** 40 : 0 });
      eve.say({ type: "voice", what: "missed", call, ago: 1, by: call % 2 ? "ann" : "stranger" });
      await eve.room.clock.advance(40);
    }
    expect(eve.room.told("ann")).toEqual(["missed bo", "missed bo"]);
    // An answer to each would be as much as it says.
    expect(eve.heard().length).toBeLessThan(10);
    expect(eve.room.caller("ann").isOpen()).toBe(false);
  });

  test("who says more than there is time for is charged, and muted at last", async () => {
    const eve = await createEve(3);
    const call = await talkWith(eve);
    const say = (first: number): void =>
      eve.say({ type: "voice", what: "talk", call, first, packets: packets(20) });
    for (let i = 0; i < LIMITS.voiceRate.takes / 20; i++) say(i * 20);
    expect(eve.offences()).toBe(0);
    say(0);
    expect(eve.offences()).toBe(1);
    for (let i = 0; i < 30; i++) say(i);
    expect(eve.room.at("ann").notices.map(({ kind }) => kind)).toContain("muted");
  });

  test("is not heard before it is in the call, in a session of before, or in another call", async () => {
    const eve = await createEve(4);
    eve.room.voice("ann").press();
    await eve.room.clock.advance(1000);
    const { call } = eve.heard().find(({ what }) => what === "ring")!;
    const say = (number: number, session = EVE): void =>
      eve.say({ type: "voice", what: "talk", call: number, first: 0, packets: packets() }, session);
    say(call);
    eve.say(isIn(call));
    say(call + 1);
    say(call, 777);
    await eve.room.clock.advance(2000);
    expect(eve.room.caller("ann").heard).toEqual([]);
    say(call);
    await eve.room.clock.advance(2000);
    expect(eve.room.caller("ann").heard.length).toBeGreaterThan(5);
  });

  test("whose answers come twice, late and of calls of before changes nothing", async () => {
    const eve = await createEve(5);
    const first = await talkWith(eve);
    eve.room.voice("ann").end();
    for (let i = 0; i < 20; i++) {
      eve.say(isIn(first));
      eve.say({ type: "voice", what: "ring", call: first });
      await eve.room.clock.advance(200);
      expect(eve.room.voice("ann").phase()).toBe("idle");
    }
    expect(eve.heard().some(({ what }) => what === "end")).toBe(true);
    const second = await talkWith(eve);
    eve.say({ type: "voice", what: "end", call: first });
    eve.say({ type: "voice", what: "declined", call: second });
    expect(eve.room.voice("ann").phase()).toBe("talking");
  });

  test("who jumps about in its numbers makes nobody hear much", async () => {
    const eve = await createEve(6);
    const call = await talkWith(eve);
    for (let i = 0; i < 40; i++) {
      const first = [0, 2 ** 32 - 1, 2 ** 31, i * 12][i % 4]!;
      eve.say({ type: "voice", what: "talk", call, first, packets: packets() });
      await eve.room.clock.advance(240);
    }
    const { heard } = eve.room.caller("ann");
    expect(heard.length).toBeLessThan((40 * 240) / 20 + 100);
    for (const { at } of heard) expect(Number.isFinite(at)).toBe(true);
    expect(eve.offences()).toBe(0);
  });
});
