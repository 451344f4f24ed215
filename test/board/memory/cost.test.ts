import * as Y from "yjs";
import { expect, test } from "vitest";
import { startWork } from "../../support/work-time.ts";
import { createPeer, HEADER } from "../peers.ts";
import type { Peer } from "../peers.ts";
import { lookBack } from "./looking.ts";

const STROKES = 10_000;
/** As LIMITS of the app's frames and tasks, in milliseconds. */
const FRAME = 16;
const TASK = 50;

/** Stored, with so many strokes of which every tenth is erased, every tenth cut and every tenth coloured. */
const LARGE = largeBoard();

function largeBoard(): Uint8Array {
  const a = createPeer(1);
  for (let i = 0; i < STROKES; i++) {
    a.time.pass(1000);
    const at = { x: (i % 100) * 30, y: Math.floor(i / 100) * 30 };
    const points = Array.from({ length: 20 }, (_, n) => ({ x: at.x + n, y: at.y + (n % 7), pressure: 0.5 }));
    const writer = a.board.startStroke(HEADER);
    writer.add(points);
    writer.end();
    const id = writer.itemId()!;
    a.time.pass(1000);
    if (i % 10 === 0) a.board.erase([id]);
    if (i % 10 === 1) a.board.cut(new Map([[id, [{ from: 2, to: 5 }]]]));
    if (i % 10 === 2) a.board.changeItems([id], { color: i });
  }
  a.board.clear();
  return Y.encodeStateAsUpdate(a.doc);
}

function open(): Peer {
  return createPeer(2, undefined, (doc) => Y.applyUpdate(doc, LARGE));
}

/** The middle of some measurements: others may have had the processor. */
function middle(all: readonly number[]): number {
  return [...all].sort((a, b) => a - b)[all.length >> 1]!;
}

function workOf(task: () => void): number {
  const worked = startWork();
  task();
  return worked();
}

test("a large page is read in small pieces, and a step forth or back costs less than a frame", () => {
  const { board } = open();
  const past = board.lookBack();
  const pieces: number[] = [];
  for (let isDone = false; !isDone;) {
    const worked = startWork();
    isDone = past.prepare(() => true);
    pieces.push(worked());
  }
  expect(past.steps).toHaveLength(STROKES * 1.3 + 1);
  expect(pieces.length).toBeGreaterThan(100);
  expect(middle(pieces)).toBeLessThan(FRAME / 4);
  expect(middle(pieces.sort((a, b) => b - a).slice(0, 5))).toBeLessThan(TASK);

  past.board.onChange(({ shown, altered }) => {
    for (const id of [...shown, ...altered]) past.board.item(id);
    past.board.inOrder([...shown, ...altered]);
  });
  past.show(past.steps.length - 100);
  for (const by of [1, -1]) {
    const steps = Array.from({ length: 60 }, () => workOf(() => past.show(past.at() + by)));
    expect(middle(steps)).toBeLessThan(FRAME / 4);
  }
});

test("a thousand steps at once, and finding what is gone now, fit into a task", () => {
  const past = lookBack(open());
  const jumps = Array.from({ length: 12 }, () => workOf(() => past.show(past.at() + 1000)));
  expect(middle(jumps)).toBeLessThan(TASK);
  const looks = Array.from({ length: 5 }, () =>
    workOf(() => expect(past.missing().length).toBeGreaterThan(STROKES / 2)),
  );
  expect(middle(looks)).toBeLessThan(TASK);
});
