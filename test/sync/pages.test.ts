import { describe, expect, test } from "vitest";
import type { InkSample, StrokeHeader } from "../../src/ink/stroke.ts";
import { lengthOf } from "../../src/sync/wire/append.ts";
import { openAppend, readAppend } from "../../src/sync/wire/append-message.ts";
import { strokeHeader } from "../../src/tools/stroke-header.ts";
import { createPen } from "../../src/tools/pen.ts";
import { createRoom, HEADER } from "../support/room.ts";
import type { Room } from "../support/room.ts";
import { generateStrokes } from "../support/strokes.ts";
import { inkOn } from "../support/ink.ts";

interface Sent {
  readonly appends: number;
  /** Of these, the ones that say some of what was said before, and something new. */
  readonly repeats: number;
  readonly others: number;
}

async function openRoom(seed: number, loss = 0): Promise<{ room: Room; sent(): Sent }> {
  const room = createRoom({ seed, names: ["ann", "bo"], network: { latency: 100, jitter: 50, loss } });
  for (const name of room.names) room.open(name);
  await room.ready();
  await room.clock.advance(5000);
  const sent = { appends: 0, repeats: 0, others: 0 };
  let said = 0;
  room.world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data" || event.from !== "ann") return;
    const opened = openAppend(event.text);
    const append = opened && readAppend(opened, opened.slot);
    if (!append) return void sent.others++;
    const end = append.clock + lengthOf(append);
    sent.appends++;
    if (append.clock < said && end > said) sent.repeats++;
    said = Math.max(said, end);
  });
  return { room, sent: () => ({ ...sent }) };
}

/** Draws with the app's pen; two strokes at once where there are two. */
async function drawAll(
  room: Room,
  strokes: readonly (readonly InkSample[])[],
  header: StrokeHeader,
  zoom: number,
): Promise<void> {
  const { board } = room.at("ann").session;
  const pens = strokes.map(() => createPen({ board: board()! }));
  const longest = Math.max(...strokes.map(({ length }) => length));
  for (let i = 0; i < longest; i++) {
    pens.forEach((pen, k) => {
      const sample = strokes[k]![i];
      if (!sample) return pen.up();
      if (i === 0) pen.down(header, sample, { zoom, provisional: false });
      else pen.move([sample]);
    });
    await room.clock.advance(1000 / 60);
  }
  for (const pen of pens) pen.up();
}

const inked = (room: Room, name: string): unknown =>
  inkOn(room.at(name).session.board()).map(({ header, points, ended }) => ({ header, points, ended }));

describe("[S12] between two pages", () => {
  test.each([
    ["pressure of a pen", strokeHeader({ tool: "pen", color: 0x123456, size: 4 }, "pen", 1), 1],
    ["a canvas zoomed in", strokeHeader({ tool: "marker", color: 0, size: 4 }, "touch", 8), 8],
    ["a canvas zoomed out", strokeHeader({ tool: "pen", color: 0xffffff, size: 4 }, "mouse", 0.1), 0.1],
  ] as const)("ink arrives point by point: %s", async (_, header, zoom) => {
    const { room, sent } = await openRoom(1);
    for (const stroke of generateStrokes(5, 6, 60)) {
      const there = stroke.map(({ x, y, ...rest }) => ({ ...rest, x: x / zoom, y: y / zoom }));
      await drawAll(room, [there], header, zoom);
      await room.clock.advance(200);
    }
    await drawAll(room, [[at(0, 0), at(1e6, -1e6), at(-5, 5)]], header, zoom);
    expect(await room.untilEqual()).toBeDefined();
    expect(inked(room, "bo")).toEqual(inked(room, "ann"));
    const pressures = new Set(
      inkOn(room.at("bo").session.board()).flatMap(({ points }) => points.map(({ pressure }) => pressure)),
    );
    expect(pressures.size > 5).toBe(header.pressure);
    // The first update also says the board's format; then there are signs of life.
    expect(sent().others).toBeLessThan(8);
    expect(sent().appends).toBeGreaterThan(20);
  });

  test("two pointers at once do not cut each other's strokes into pieces", async () => {
    const { room, sent } = await openRoom(2);
    const [first, second] = generateStrokes(8, 30, 60).filter(({ length }) => length > 80);
    await drawAll(room, [first!, second!], HEADER, 1);
    expect(await room.untilEqual()).toBeDefined();
    expect(inked(room, "bo")).toEqual(inked(room, "ann"));
    expect(room.at("bo").session.board()!.items().length).toBe(2);
    expect(sent().others).toBeLessThan(6);
  });

  test("[S3] what is repeated and what is new are one append", async () => {
    const { room, sent } = await openRoom(3, 0.1);
    for (const stroke of generateStrokes(5, 20, 60)) {
      await drawAll(room, [stroke], HEADER, 1);
      await room.clock.advance(200);
    }
    expect(sent().repeats).toBeGreaterThan(5);
    expect(await room.untilEqual()).toBeDefined();
    expect(inked(room, "bo")).toEqual(inked(room, "ann"));
  });
});

function at(x: number, y: number): InkSample {
  return { x, y, pressure: 0.5, time: 0 };
}
