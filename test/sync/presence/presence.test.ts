import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPuller } from "../../support/puller.ts";
import { createRoom } from "../../support/room.ts";
import type { Room } from "../../support/room.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { cleanName } from "../../../src/sync/wire/name.ts";
import { readPresence, writePresence } from "../../../src/sync/wire/presence-codec.ts";
import { createOwnPresence, createSeenPresence } from "../../../src/sync/presence/presence.ts";
import { PRESENCE_TOOLS } from "../../../src/sync/wire/presence-frame.ts";
import type { Presence, PresenceFrame } from "../../../src/sync/wire/presence-frame.ts";

const PRESENCE: Presence = {
  name: "",
  color: 0x1d4ed8,
  tool: "pen",
  view: { minX: -180, minY: -320, maxX: 180, maxY: 320 },
  penDown: false,
  cursor: undefined,
};
const pointing = (x: number, y = 0): Presence => ({ ...PRESENCE, cursor: { x, y } });

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

describe("[S13] on the wire", () => {
  const encode = (frame: PresenceFrame): Uint8Array =>
    encoding.encode((encoder) => writePresence(encoder, frame));
  const decode = (bytes: Uint8Array): PresenceFrame => readPresence(decoding.createDecoder(bytes));

  test("golden bytes", () => {
    const frame: PresenceFrame = {
      type: "presence",
      revision: 3,
      presence: { ...pointing(1.25, -2), name: "Bø" },
    };
    expect([...encode(frame)]).toEqual([
      ...[3, 2, 1, 0x1d, 0x4e, 0xd8, 0xf4, 0x02, 0xc0, 0x05, 0xe8, 0x02, 0x80, 0x05, 5, 0x48],
      ...[3, 0x42, 0xc3, 0xb8],
    ]);
    expect(decode(encode(frame))).toEqual(frame);
  });

  test("what was said is what is read, on its grid and within its bounds", () => {
    const place = fc.integer({ min: -(2 ** 24) * 4, max: 2 ** 24 * 4 }).map((quarters) => quarters / 4 + 0);
    const corner = fc.integer({ min: -(2 ** 24), max: 2 ** 23 });
    const size = fc.integer({ min: 1, max: 2 ** 22 });
    const presence = fc.record({
      color: fc.integer({ min: 0, max: 0xffffff }),
      name: fc.string({ unit: "grapheme", maxLength: 60 }).map(cleanName),
      tool: fc.constantFrom(...PRESENCE_TOOLS, undefined),
      penDown: fc.boolean(),
      cursor: fc.option(fc.record({ x: place, y: place }), { nil: undefined }),
      view: fc
        .tuple(corner, corner, size, size)
        .map(([minX, minY, width, height]) => ({ minX, minY, maxX: minX + width, maxY: minY + height })),
    });
    fc.assert(
      fc.property(fc.nat(), presence, (revision, said) => {
        const frame: PresenceFrame = { type: "presence", revision, presence: said };
        expect(decode(encode(frame))).toEqual(frame);
      }),
    );
  });

  test("a camera far outside is told as far as numbers go", () => {
    const view = { minX: -1e12, minY: 1e12, maxX: Infinity, maxY: 2e12 };
    const read = decode(encode({ type: "presence", revision: 0, presence: { ...PRESENCE, view } }));
    expect(Object.values(read.presence.view).every(Number.isFinite)).toBe(true);
  });

  test("a tool that only a newer version has is none", () => {
    const bytes = encode({ type: "presence", revision: 0, presence: PRESENCE });
    bytes[2] = PRESENCE_TOOLS.length + 1;
    expect(decode(bytes).presence.tool).toBeUndefined();
  });

  test("random bytes are read within bounds or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const decoder = decoding.createDecoder(bytes);
        const frame = orUndefined(() => readPresence(decoder));
        if (!frame) return;
        const { view, cursor, name } = frame.presence;
        expect(name).toBe(cleanName(name));
        const { minX, minY, maxX, maxY } = view;
        for (const value of [minX, minY, maxX, maxY, cursor?.x ?? 0, cursor?.y ?? 0]) {
          expect(Math.abs(value)).toBeLessThanOrEqual(2 ** 25);
        }
        expect(view.maxX > view.minX && view.maxY > view.minY).toBe(true);
      }),
    );
  });
});

describe("[S13] when it is told", () => {
  function createDesk() {
    const clock = createSimulatedClock();
    const sent: { at: number; frame: PresenceFrame }[] = [];
    const desk = { clock, sent, here: 1 };
    const own = createOwnPresence({ clock, listeners: () => desk.here });
    const pull = createPuller({
      clock,
      dueAt: () => own.dueAt(),
      take() {
        const frame = own.takeNews();
        if (frame) sent.push({ at: clock.now(), frame });
      },
    });
    const set = (presence: Presence): void => {
      own.set(presence);
      pull();
    };
    const renew = (): void => {
      own.renew();
      pull();
    };
    return Object.assign(desk, { own: { ...own, set, renew } });
  }

  test("about three times a second while a pointer moves, the latest each time, then never again", async () => {
    const { clock, sent, own } = createDesk();
    for (let x = 0; x < 300; x++) {
      own.set(pointing(x));
      await clock.advance(10);
    }
    expect(sent.length).toBeGreaterThan(7);
    expect(sent.length).toBeLessThan(11);
    await clock.advance(600_000);
    expect(sent.length).toBeLessThan(12);
    expect(sent.at(-1)!.frame.presence.cursor).toEqual({ x: 299, y: 0 });
    const revisions = sent.map(({ frame }) => frame.revision);
    expect(revisions).toEqual([...revisions.keys()]);
  });

  test("another name and another tool are news", async () => {
    const { clock, sent, own } = createDesk();
    own.set(PRESENCE);
    await clock.advance(1000);
    own.set({ ...PRESENCE, name: "Bo" });
    await clock.advance(1000);
    own.set({ ...PRESENCE, name: "Bo", tool: "laser" });
    await clock.advance(60_000);
    expect(sent.map(({ frame }) => [frame.presence.name, frame.presence.tool])).toEqual([
      ["", "pen"],
      ["Bo", "pen"],
      ["Bo", "laser"],
    ]);
  });

  test("ink takes it along, where something is new", async () => {
    const { clock, sent, own } = createDesk();
    own.set(pointing(1));
    expect(own.takeNews()?.presence.cursor).toEqual({ x: 1, y: 0 });
    expect(own.takeNews()).toBeUndefined();
    await clock.advance(1000);
    expect(sent).toEqual([]);
  });

  test("a pen that goes down or up and a pointer that leaves are no news", async () => {
    const { clock, sent, own } = createDesk();
    own.set(pointing(1));
    await clock.advance(1000);
    for (const penDown of [true, false]) own.set({ ...PRESENCE, penDown });
    expect(own.takeNews()).toBeUndefined();
    await clock.advance(1000);
    expect(sent).toHaveLength(1);
  });

  test("a sign of life repeats it once", () => {
    const { own } = createDesk();
    expect(own.takeForBeat()).toBeUndefined();
    own.set(pointing(1));
    own.takeNews();
    expect(own.takeForBeat()?.presence).toEqual(pointing(1));
    expect(own.takeForBeat()).toBeUndefined();
  });

  test("nothing leaves while nobody is here or the page is hidden, and who comes is told", async () => {
    const desk = createDesk();
    desk.here = 0;
    for (let x = 0; x < 300; x++) {
      desk.own.set(pointing(1));
      await desk.clock.advance(200);
    }
    expect(desk.sent).toEqual([]);
    expect(desk.own.dueAt()).toBeUndefined();
    expect(desk.clock.pending()).toBe(0);
    desk.here = 1;
    desk.own.renew();
    await desk.clock.advance(1000);
    expect(desk.sent).toHaveLength(1);
    expect(desk.sent[0]!.frame.presence).toEqual(pointing(1));
  });

  test("as often to a few as to one, rarer among many, down to a third", async () => {
    const count = async (here: number): Promise<number> => {
      const desk = Object.assign(createDesk(), { here });
      for (let x = 0; x < 1200; x++) {
        desk.own.set(pointing(x));
        await desk.clock.advance(10);
      }
      return desk.sent.length;
    };
    const usual = await count(1);
    expect(await count(6)).toBe(usual);
    const among12 = await count(12);
    expect(among12).toBeGreaterThan(usual / 2.3);
    expect(among12).toBeLessThan(usual / 1.7);
    const among18 = await count(18);
    expect(among18).toBeGreaterThan(usual / 3.5);
    expect(among18).toBeLessThan(usual / 2.6);
    expect(await count(100)).toBe(among18);
  });

  test("what waits for a busy bridge is the latest when it leaves, and counts as told then only", async () => {
    const clock = createSimulatedClock();
    const own = createOwnPresence({ clock, listeners: () => 1 });
    for (let x = 0; x < 100; x++) {
      own.set(pointing(x));
      await clock.advance(50);
    }
    expect(own.dueAt()).toBeLessThan(clock.now());
    expect(own.takeNews()).toMatchObject({ revision: 0, presence: { cursor: { x: 99, y: 0 } } });
    expect(own.dueAt()).toBeUndefined();
  });
});

test("[S13] of what was seen, the highest revision of the same session counts", () => {
  const seen = createSeenPresence();
  const frame = (revision: number, x: number): PresenceFrame => ({
    type: "presence",
    revision,
    presence: pointing(x),
  });
  expect([seen.see(7, frame(4, 1)), seen.see(7, frame(3, 2)), seen.see(7, frame(4, 3))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(seen.of(7)).toEqual(pointing(1));
  expect(seen.of(8)).toBeUndefined();
  expect(seen.see(8, frame(0, 9))).toBe(true);
  expect(seen.of(7)).toBeUndefined();
  seen.forget();
  expect(seen.of(8)).toBeUndefined();
});

describe("[S13] between two pages", () => {
  async function createPair(seed: number): Promise<Room> {
    const room = createRoom({ seed, names: ["ann", "bo"] });
    room.open("ann");
    room.open("bo");
    await room.ready();
    await room.untilEqual();
    await room.clock.advance(5000);
    return room;
  }
  const seenBy = (room: Room, name: string) => room.at(name).session.contacts()[0]!;
  const sentBy = (room: Room, name: string): number => room.world.network.counters(name).sent;

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
