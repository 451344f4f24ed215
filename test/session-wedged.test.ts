import { beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type * as Documents from "../src/board/document/document.ts";
import type { Presence } from "../src/sync/wire/presence-frame.ts";
import { content, section } from "./board/guard/raw-update.ts";
import { createRoom, HEADER } from "./support/room.ts";
import type { Room } from "./support/room.ts";

/** The documents that sessions made, in order, of each the first page and the index: a session shows none of them. */
const made: Y.Doc[] = [];

/** Of each session its first page's. */
const firstPages = (): Y.Doc[] => made.filter((_, i) => i % 2 === 0);

vi.mock("../src/board/document/document.ts", async (load) => {
  const original = await load<typeof Documents>();
  return {
    ...original,
    createDocument() {
      const doc = original.createDocument();
      made.push(doc);
      return doc;
    },
  };
});

beforeEach(() => {
  made.length = 0;
});

/** Past the guard, bytes that leave Yjs in the middle of a transaction for ever. */
function wedge(doc: Y.Doc): void {
  const bytes = section(77, 0, { parent: "items", content: content.deleted(0) });
  expect(() => Y.applyUpdate(doc, bytes)).toThrow("Unexpected case");
}

const REOPENED = "session: the document broke and is opened again";

/** Ann's document is the first, Bo's the second. */
async function openBoth(seed: number): Promise<{ room: Room; ann: Y.Doc }> {
  const room = createRoom({ seed, names: ["ann", "bo"] });
  room.open("ann");
  await room.ready();
  room.open("bo");
  await room.ready();
  await room.clock.advance(2000);
  return { room, ann: firstPages()[0]! };
}

function reopened(room: Room): number {
  return room.warnings().filter((warning) => warning === REOPENED).length;
}

function xs(room: Room, name: string): number[] {
  return room
    .seen(name)
    .flat()
    .sort((a, b) => a - b);
}

describe("a document that broke is opened again", () => {
  test("when the contact draws, with everything, and what is drawn next reaches the contact", async () => {
    const { room, ann } = await openBoth(1);
    room.dot("ann", 1);
    room.dot("bo", 2);
    await room.clock.advance(8000);
    wedge(ann);
    room.dot("bo", 3);
    await room.clock.advance(5000);
    await room.ready();
    expect(reopened(room)).toBe(1);
    expect(firstPages().length).toBe(3);
    expect(xs(room, "ann")).toEqual([1, 2, 3]);
    room.dot("ann", 4);
    expect(await room.untilEqual(20_000)).toBeDefined();
    expect(xs(room, "bo")).toEqual([1, 2, 3, 4]);
    expect(room.at("ann").notices).toEqual([]);
  });

  test("when this person draws, with what was drawn while it was broken and told to nobody", async () => {
    const { room, ann } = await openBoth(2);
    room.dot("ann", 1);
    wedge(ann);
    room.dot("ann", 2);
    await room.clock.advance(3000);
    await room.ready();
    expect(reopened(room)).toBe(1);
    expect(xs(room, "ann")).toEqual([1, 2]);
    expect(await room.untilEqual(20_000)).toBeDefined();
    expect(xs(room, "bo")).toEqual([1, 2]);
  });

  test("and the contact is told again what this person does", async () => {
    const { room, ann } = await openBoth(10);
    const presence: Presence = {
      document: 0,
      name: "Ann",
      color: 1,
      tool: "note",
      view: { minX: 0, minY: 0, maxX: 10, maxY: 10 },
      penDown: false,
      cursor: undefined,
    };
    const told = (): Presence | undefined => room.at("bo").session.contacts()[0]!.presence;
    room.at("ann").session.setPresence(presence);
    await room.clock.advance(2000);
    expect(told()).toEqual(presence);
    wedge(ann);
    room.dot("ann", 1);
    await room.clock.runUntil(() => told() === undefined, 5000, 1);
    expect(told()).toBeUndefined();
    await room.clock.advance(5000);
    expect(reopened(room)).toBe(1);
    expect(told()).toEqual(presence);
  });

  test("when this person clears or takes something back", async () => {
    const { room, ann } = await openBoth(3);
    room.dot("ann", 1);
    await room.clock.advance(2000);
    wedge(ann);
    room.at("ann").session.board()!.clear();
    await room.clock.advance(3000);
    await room.ready();
    expect(reopened(room)).toBe(1);
    expect(await room.untilEqual(20_000)).toBeDefined();
    expect([xs(room, "ann"), xs(room, "bo")]).toEqual([[], []]);
  });

  test("with ink that the storage never took", async () => {
    const { room, ann } = await openBoth(4);
    const { storage } = room.at("ann").page;
    vi.spyOn(storage, "write").mockResolvedValue({ ok: false, error: "full" });
    room.world.phone("ann").setOnline(false);
    for (let x = 1; x <= 30; x++) room.dot("ann", x);
    await room.clock.advance(8000);
    wedge(ann);
    room.dot("ann", 31);
    await room.clock.advance(8000);
    await room.ready();
    expect(reopened(room)).toBe(1);
    const all = Array.from({ length: 31 }, (_, i) => i + 1);
    expect(xs(room, "ann")).toEqual(all);
    room.world.phone("ann").setOnline(true);
    expect(await room.untilEqual(40_000)).toBeDefined();
    expect(xs(room, "bo")).toEqual(all);
  });

  test("with the stroke that is under the pen, as far as it was drawn", async () => {
    const { room, ann } = await openBoth(5);
    const writer = room.at("ann").session.board()!.startStroke(HEADER);
    for (let x = 1; x <= 10; x++) {
      writer.add([{ x, y: 0, pressure: 0.5 }]);
      await room.clock.advance(60);
      if (x === 5) wedge(ann);
    }
    await room.clock.advance(3000);
    await room.ready();
    expect(reopened(room)).toBe(1);
    const kept = xs(room, "ann");
    expect(kept.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    // The pen of the board that is gone writes nowhere, and does no harm.
    expect(() => {
      writer.add([{ x: 11, y: 0, pressure: 0.5 }]);
      writer.end();
    }).not.toThrow();
    room.dot("ann", 99);
    expect(await room.untilEqual(20_000)).toBeDefined();
    expect(xs(room, "bo")).toEqual([...kept, 99]);
  });

  test("also if it breaks once more before it is loaded", async () => {
    const { room, ann } = await openBoth(8);
    const { storage } = room.at("ann").page;
    vi.spyOn(storage, "write").mockResolvedValue({ ok: false, error: "full" });
    room.dot("ann", 1);
    wedge(ann);
    room.dot("ann", 2);
    await room.clock.runUntil(() => firstPages().length === 3, 5000, 1);
    expect(room.at("ann").session.phase()).toBe("loading");
    wedge(firstPages()[2]!);
    await room.clock.advance(10_000);
    await room.ready();
    expect(reopened(room)).toBe(2);
    expect(xs(room, "ann")).toEqual([1, 2]);
    expect(await room.untilEqual(20_000)).toBeDefined();
  });

  test("with ink on top of what broke it, which is drawn once more", async () => {
    const { room, ann } = await openBoth(9);
    room.world.phone("ann").setOnline(false);
    wedge(ann);
    room.dot("ann", 1);
    await room.clock.advance(5000);
    await room.ready();
    expect(xs(room, "ann")).toEqual([1]);
    room.world.phone("ann").setOnline(true);
    expect(await room.untilEqual(20_000)).toBeDefined();
    expect(xs(room, "bo")).toEqual([1]);
  });

  test("behind the back of who put the app away, who is not here because of that", async () => {
    const { room } = await openBoth(11);
    const { session } = room.at("ann");
    const states = new Set<string>();
    room.at("bo").session.hide();
    await room.clock.advance(1000);
    session.onChange(() => states.add(session.contacts()[0]!.state));
    wedge(firstPages()[1]!);
    room.dot("ann", 1);
    await room.clock.advance(5000);
    expect(reopened(room)).toBe(1);
    expect([...states]).toEqual(["away"]);
    expect(xs(room, "bo")).toEqual([1]);
    room.at("bo").session.show();
    await room.clock.advance(1000);
    expect(session.contacts()[0]!.state).toBe("here");
  });

  test("alone, with nobody to ask", async () => {
    const room = createRoom({ seed: 6, names: ["ann"] });
    room.open("ann");
    await room.ready();
    room.dot("ann", 1);
    wedge(firstPages()[0]!);
    room.dot("ann", 2);
    await room.clock.advance(5000);
    await room.ready();
    expect(xs(room, "ann")).toEqual([1, 2]);
    room.kill("ann");
    await room.clock.advance(5000);
    room.open("ann");
    await room.ready();
    expect(xs(room, "ann")).toEqual([1, 2]);
  });
});

test.each(["leave", "close"] as const)(
  "nothing is opened again after a %s that finds it broken",
  async (how) => {
    const { room, ann } = await openBoth(12);
    const { session } = room.at("ann");
    wedge(ann);
    room.dot("ann", 1);
    session[how]();
    await room.clock.advance(5000);
    expect(reopened(room)).toBe(0);
    expect(firstPages().length).toBe(2);
  },
);

test("a board that breaks again and again is drawn on without the contact, who is told of", async () => {
  const { room } = await openBoth(7);
  for (let times = 1; times <= 5; times++) {
    wedge(firstPages().at(-1 - (times === 1 ? 1 : 0))!);
    room.dot("ann", times);
    await room.clock.advance(4000);
    await room.ready();
    expect(reopened(room)).toBe(times);
  }
  expect(room.at("ann").notices).toEqual([{ kind: "muted", address: "bo" }]);
  room.dot("bo", 50);
  room.dot("ann", 6);
  await room.clock.advance(10_000);
  expect(xs(room, "ann")).toEqual([1, 2, 3, 4, 5, 6]);
  expect(reopened(room)).toBe(5);
});
