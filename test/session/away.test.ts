/*
 * What the others drew while a device was away, as its session tells it: what it lacked when it opened, and nothing
 * that was drawn while both were there.
 */
import { describe, expect, test } from "vitest";
import type { AwayNews } from "../../src/session.ts";
import { createRoom } from "../support/room.ts";
import type { Room, RoomOptions } from "../support/room.ts";

/** By then all that was away is here and told. */
const TOLD_MS = 12_000;

interface Told {
  readonly strokes: number;
  readonly by: number;
  readonly pages: Readonly<Record<string, number>>;
}

/** What the person is told now; undefined: nothing. */
function told(room: Room, name: string): Told | undefined {
  const news = room.at(name).session.away()!.take();
  return news && inShort(news);
}

function inShort({ strokes, by, pages }: AwayNews): Told {
  const counts = [...pages].map(([page, ids]) => [page, ids.length] as const);
  return { strokes, by: by.length, pages: Object.fromEntries(counts) };
}

async function tellsAfter(room: Room, name: string): Promise<Told | undefined> {
  await room.clock.advance(TOLD_MS);
  return told(room, name);
}

/** Ann and Bo have been on this board together, and it is stored. */
async function met(seed: number, options: Partial<RoomOptions> = {}): Promise<Room> {
  const room = createRoom({ seed, names: ["ann", "bo"], ...options });
  for (const name of room.names) room.open(name);
  await room.ready();
  await room.clock.advance(2000);
  room.dot("ann", 1);
  room.dot("bo", 2);
  expect(await room.untilEqual()).toBeDefined();
  await room.clock.advance(TOLD_MS);
  for (const name of room.names) expect(told(room, name)).toBeUndefined();
  return room;
}

async function comesBack(room: Room, name: string): Promise<void> {
  room.open(name);
  await room.ready();
}

async function addPage(room: Room, name: string): Promise<string> {
  const pages = room.at(name).session.pages()!;
  const id = pages.add()!;
  pages.show(id);
  expect(await room.clock.runUntil(() => pages.current() === id, 1000)).toBe(true);
  return id;
}

describe("who comes back", () => {
  test("is told what the contact drew meanwhile, once, and not again after another opening", async () => {
    const room = await met(1);
    room.leave("ann");
    for (const x of [10, 20, 30]) room.dot("bo", x);
    await room.clock.advance(5000);
    await comesBack(room, "ann");
    let changes = 0;
    room.at("ann").session.onChange(() => changes++);
    expect(await tellsAfter(room, "ann")).toEqual({ strokes: 3, by: 1, pages: { "": 3 } });
    expect(changes).toBeGreaterThan(0);
    expect(told(room, "ann")).toBeUndefined();
    room.leave("ann");
    await room.clock.advance(3000);
    await comesBack(room, "ann");
    expect(await tellsAfter(room, "ann")).toBeUndefined();
  });

  test("is told it when the contact opens the app again much later, whose drawing is of an earlier opening", async () => {
    const room = await met(2);
    room.leave("ann");
    for (const x of [10, 20]) room.dot("bo", x);
    await room.clock.advance(5000);
    room.leave("bo");
    await room.clock.advance(5000);
    await comesBack(room, "ann");
    await room.clock.advance(60_000);
    expect(told(room, "ann")).toBeUndefined();
    await comesBack(room, "bo");
    expect(await tellsAfter(room, "ann")).toMatchObject({ strokes: 2 });
    expect(told(room, "bo")).toBeUndefined();
  });

  test("is told nothing of what the contact draws while both are there, also from the first moment on", async () => {
    const room = await met(3);
    room.leave("ann");
    room.dot("bo", 10);
    await room.clock.advance(5000);
    await comesBack(room, "ann");
    expect(
      await room.clock.runUntil(() => room.at("ann").session.contacts()[0]!.state === "here", 5000),
    ).toBe(true);
    const ann = room.at("ann").session;
    for (let i = 0; i < 20; i++) {
      room.dot("bo", 100 + i);
      await room.clock.advance(100);
    }
    const fresh = ann
      .board()!
      .items()
      .filter(({ id }) => ann.away()!.includes("", id));
    expect(fresh.length).toBe(1);
    expect(await tellsAfter(room, "ann")).toEqual({ strokes: 1, by: 1, pages: { "": 1 } });
  });

  test("hears nothing of what was drawn and erased again, nor of what only came back", async () => {
    const room = await met(4);
    const bos = room.at("bo").session.board()!;
    const [first] = bos.items();
    bos.erase([first!.id]);
    await room.clock.advance(3000);
    room.leave("ann");
    bos.history.undo();
    for (const x of [10, 20, 30]) room.dot("bo", x);
    bos.erase([bos.items().at(-1)!.id]);
    await room.clock.advance(5000);
    await comesBack(room, "ann");
    expect(await tellsAfter(room, "ann")).toMatchObject({ strokes: 2, pages: { "": 2 } });
  });

  test("counts a long stroke as one", async () => {
    const room = await met(5);
    room.leave("ann");
    room.draw("bo", 4000);
    await room.clock.advance(140_000);
    await comesBack(room, "ann");
    const news = (await tellsAfter(room, "ann"))!;
    expect(news.pages[""]).toBeGreaterThan(1);
    expect(news.strokes).toBe(1);
  });

  test("hears of pages that are not shown, whoever made them", async () => {
    const room = await met(6);
    const second = await addPage(room, "ann");
    room.dot("ann", 5);
    await room.clock.advance(8000);
    room.at("ann").session.pages()!.show("");
    await room.clock.advance(2000);
    room.leave("ann");
    room.dot("bo", 10);
    room.at("bo").session.pages()!.show(second);
    await room.clock.advance(1000);
    for (const x of [11, 12]) room.dot("bo", x);
    const third = await addPage(room, "bo");
    for (const x of [13, 14, 15]) room.dot("bo", x);
    room.at("bo").session.pages()!.show("");
    await room.clock.advance(10_000);
    await comesBack(room, "ann");
    expect(await tellsAfter(room, "ann")).toEqual({
      strokes: 6,
      by: 1,
      pages: { "": 1, [second]: 2, [third]: 3 },
    });
  });

  test("hears of the first page that anybody made, together with the rest", async () => {
    const room = await met(9);
    room.leave("ann");
    for (const x of [10, 11]) room.dot("bo", x);
    await room.clock.advance(60_000);
    const second = await addPage(room, "bo");
    room.dot("bo", 12);
    // Who has drawn nothing for long gives few signs of life.
    await room.clock.advance(120_000);
    await comesBack(room, "ann");
    expect(await tellsAfter(room, "ann")).toEqual({ strokes: 3, by: 1, pages: { "": 2, [second]: 1 } });
  });

  test("hears nothing of what the contact draws on another page meanwhile", async () => {
    const room = await met(7);
    const second = await addPage(room, "bo");
    room.dot("bo", 5);
    await room.clock.advance(8000);
    room.leave("ann");
    room.dot("bo", 6);
    await room.clock.advance(3000);
    await comesBack(room, "ann");
    await room.clock.advance(1000);
    for (let i = 0; i < 10; i++) {
      room.dot("bo", 100 + i);
      await room.clock.advance(300);
    }
    expect(await tellsAfter(room, "ann")).toEqual({ strokes: 1, by: 1, pages: { [second]: 1 } });
  });

  test.each([-1, 1])("whatever the calendars say, years apart (%s)", async (sign) => {
    const years = sign * 7 * 365 * 24 * 60;
    const room = await met(8);
    room.leave("ann");
    room.leave("bo");
    await room.clock.advance(3000);
    await comesBack(room, "bo");
    room.at("bo").page.env.calendar.shift(years);
    room.dot("bo", 10);
    await room.clock.advance(5000);
    await comesBack(room, "ann");
    await room.clock.advance(2000);
    room.dot("bo", 11);
    expect(await tellsAfter(room, "ann")).toMatchObject({ strokes: 1 });
  });
});

test("what one drew oneself and lost is nobody else's", async () => {
  const room = await met(10);
  room.leave("ann");
  await room.clock.advance(5000);
  await comesBack(room, "ann");
  await room.clock.advance(5000);
  room.dot("ann", 50);
  await room.clock.advance(10_000);
  expect(told(room, "ann")).toBeUndefined();
  // The messenger has not written this one when it dies; the contact has it.
  room.dot("ann", 51);
  await room.clock.advance(150);
  room.killMessenger("ann", "none");
  room.dot("bo", 52);
  await room.clock.advance(5000);
  await comesBack(room, "ann");
  expect(await tellsAfter(room, "ann")).toMatchObject({ strokes: 1 });
  expect(room.seen("ann").flat()).toContain(51);
});

test("who never had the board is told nothing", async () => {
  const room = createRoom({ seed: 11, names: ["ann", "bo"] });
  room.open("bo");
  await room.ready();
  for (const x of [1, 2, 3]) room.dot("bo", x);
  await room.clock.advance(5000);
  await comesBack(room, "ann");
  expect(await tellsAfter(room, "ann")).toBeUndefined();
  expect(room.seen("ann").length).toBe(3);
});

test("of a group each drawing of the others counts, whoever brings it", async () => {
  const room = createRoom({ seed: 12, names: ["ann", "bo", "cy"], kind: "group", host: "next" });
  for (const name of room.names) room.open(name);
  await room.ready();
  room.dot("ann", 1);
  expect(await room.untilEqual()).toBeDefined();
  await room.clock.advance(TOLD_MS);
  room.leave("ann");
  room.dot("bo", 10);
  for (const x of [20, 21]) room.dot("cy", x);
  await room.clock.advance(10_000);
  room.leave("cy");
  await room.clock.advance(3000);
  await comesBack(room, "ann");
  expect(await tellsAfter(room, "ann")).toEqual({ strokes: 3, by: 2, pages: { "": 3 } });
  await comesBack(room, "cy");
  expect(await tellsAfter(room, "ann")).toBeUndefined();
  expect(told(room, "cy")).toBeUndefined();
});

test("on a network that loses and delays it is told all the same, and nothing twice", async () => {
  const network = { loss: 0.2, latency: 400, jitter: 600 };
  const room = await met(13, { network });
  for (let round = 1; round <= 3; round++) {
    room.leave("ann");
    for (let i = 0; i < round; i++) room.dot("bo", 10 * round + i);
    await room.clock.advance(8000);
    await comesBack(room, "ann");
    await room.clock.advance(45_000);
    expect(told(room, "ann")).toMatchObject({ strokes: round });
    expect(await room.untilEqual()).toBeDefined();
  }
});
