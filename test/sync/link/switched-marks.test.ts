/*
 * Many bytes of marks that stand and fall: in whichever order a copy gets them it ends with the same, and what would
 * cost too much at a time is taken in one part after the other.
 */
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { causalChunks, updatesBySession } from "../../../src/board/document/chunks.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import { encodeMark, encodeSwitch, markKey, undoneKey } from "../../../src/board/document/marks.ts";
import type { ClockRange, Mark } from "../../../src/board/document/marks.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createIncoming } from "../../../src/sync/link/incoming.ts";
import { createRefusedSessions } from "../../../src/sync/link/refused.ts";
import { bring, createDevice, draw } from "../../board/guard/lab.ts";
import type { Device } from "../../board/guard/lab.ts";
import { content, section } from "../../board/guard/raw-update.ts";
import type { RawStruct } from "../../board/guard/raw-update.ts";

const KIB = 1024;
const DRAWER = 3;
const PAGE = 5;
const MARKERS: readonly number[] = [100, 200, 300];

/** A mark of about so many bytes, about what DRAWER drew. */
function markOf(bytes: number): Mark {
  const ranges: ClockRange[] = Array.from({ length: bytes / 2 }, (_, i) => ({
    start: 2 * i,
    end: 2 * i + 1,
  }));
  return { kind: "erase", ranges: new Map([[DRAWER, ranges]]) };
}

/** Enough ink for such marks, drawn by DRAWER. */
function createDrawing(): Device {
  const drawer = createDevice(DRAWER);
  while ((stateVectorOf(drawer.doc).get(DRAWER) ?? 0) < 50 * KIB) draw(drawer, 1, 400);
  return drawer;
}

const drawing = createDrawing();

function createPage(client: number): Device {
  const page = createDevice(client);
  bring(drawing, page, 48 * KIB);
  return page;
}

const VALUE_BYTES = encodeMark(markOf(40 * KIB)).length;
const VALUE = content.binary(encodeMark(markOf(40 * KIB)));

const made = (client: number, n: number): RawStruct => ({
  parent: "marks",
  key: markKey(client, n),
  content: VALUE,
});

function switched(client: number, n: number, last: number | undefined): RawStruct {
  const isUndone = last === undefined;
  return {
    ...(isUndone
      ? { parent: "marks", key: undoneKey(markKey(client, n)) }
      : { origin: { client, clock: last } }),
    content: content.binary(encodeSwitch(isUndone, 5)),
  };
}

/** By turns of the sessions marks that are undone at once, until no more is taken; the number of marks. */
function fill(page: Device): number {
  for (let n = 0; ; n++) {
    const client = MARKERS[n % MARKERS.length]!;
    const at = stateVectorOf(page.doc).get(client) ?? 0;
    if (page.admit(section(client, at, made(client, at))).kind === "full") return n;
    expect(page.admit(section(client, at + 1, switched(client, at, undefined))).kind).toBe("ready");
  }
}

/** Through the way that what contacts send takes. */
function createReader(client: number) {
  const page = createPage(client);
  const { doc, guard } = page;
  const clock = createSimulatedClock();
  const written = (session: number): number => Y.getState(doc.store, session);
  const refused = createRefusedSessions<string>({ size: guard.size, written });
  const troubles: string[] = [];
  let resumed = 0;
  const incoming = createIncoming<string>({
    clock,
    doc,
    guard,
    refused,
    isGroup: false,
    offend: (_, reason) => troubles.push(reason) > 0,
    resumed: () => void resumed++,
    full: () => troubles.push("full"),
  });
  return { page, clock, incoming, troubles, resumed: () => resumed };
}

describe("marks that are undone", () => {
  const page = createPage(PAGE);
  const marks = fill(page);

  test("are taken up to a number of bytes, of which those that stand could be a part only", () => {
    expect(marks * 40 * KIB).toBeGreaterThan(LIMITS.marks.takes - 41 * KIB);
    expect(marks * 40 * KIB).toBeLessThanOrEqual(LIMITS.marks.takes);
    expect(marks * 40 * KIB).toBeGreaterThan(2 * LIMITS.standingMarks.writes);
  });

  test.each([1, 2, 3])("come whole to who gets them in whichever order (seed %i)", async (seed) => {
    const prng = createPrng(seed);
    const { page: other, clock, incoming, troubles } = createReader(PAGE + seed);
    const parts = causalChunks(page.doc, stateVectorOf(other.doc), true)
      .flatMap((chunk) => [...updatesBySession(chunk).values()])
      .map((part) => ({ part, at: prng.next() }))
      .sort((a, b) => a.at - b.at);
    for (const { part } of parts) {
      incoming.apply([part], "bo");
      await clock.advance(10);
    }
    // What waited too long in a queue that is bounded is asked for again.
    for (
      let left = 9;
      left > 0 && !isDeepStrictEqual(stateVectorOf(other.doc), stateVectorOf(page.doc));
      left--
    ) {
      incoming.apply(causalChunks(page.doc, stateVectorOf(other.doc), true), "bo");
      await clock.advance(100);
    }
    expect(stateVectorOf(other.doc)).toEqual(stateVectorOf(page.doc));
    expect(troubles).toEqual([]);
    expect(other.board.board.items()).toHaveLength(page.board.board.items().length);
  });
});

describe("[switchedBytes] marks that stand or fall", () => {
  const [client] = MARKERS as [number];

  /** With so many marks that stand. */
  function createMarked(page: Device, marks: number): void {
    for (let n = 0; n < marks; n++)
      expect(page.admit(section(client, n, made(client, n))).kind).toBe("ready");
  }
  const undo = (marks: number, from: number, to: number): Uint8Array =>
    section(
      client,
      marks + from,
      ...Array.from({ length: to - from }, (_, i) => switched(client, from + i, undefined)),
    );

  const redo = (marks: number, from: number, to: number): Uint8Array =>
    section(
      client,
      2 * marks + from,
      ...Array.from({ length: to - from }, (_, i) => switched(client, from + i, marks + from + i)),
    );

  test("in one update are of so many bytes at most", () => {
    const page = createPage(PAGE);
    const most = Math.floor(LIMITS.switchedBytes.takes / VALUE_BYTES);
    createMarked(page, most + 1);
    expect(page.admit(undo(most + 1, 0, most + 1))).toMatchObject({ kind: "refused" });
    expect(page.admit(undo(most + 1, 0, most))).toMatchObject({ kind: "ready", isCostly: false });
    expect(page.admit(undo(most + 1, most, most + 1))).toMatchObject({ kind: "ready", isCostly: false });
    expect(page.board.board.items()).toHaveLength(drawing.board.board.items().length);
  });

  const count = Math.ceil(LIMITS.switchedBytes.takes / VALUE_BYTES) + 2;
  const half = Math.floor(count / 2);

  test("in updates that come together are taken in one after the other, by tasks, and nobody is charged", async () => {
    const { page, clock, incoming, troubles, resumed } = createReader(PAGE);
    createMarked(page, count);
    const parts = [
      [0, half],
      [half, count - 1],
      [count - 1, count],
    ] as const;
    incoming.apply(
      parts.map(([from, to]) => undo(count, from, to)),
      "bo",
    );
    expect(stateVectorOf(page.doc).get(client)).toBe(count + half);
    await clock.advance(1);
    expect(stateVectorOf(page.doc).get(client)).toBe(2 * count);
    expect(resumed()).toBe(1);
    expect(troubles).toEqual([]);
  });

  test("are sent in chunks that are taken, and free of charge", () => {
    const page = createPage(PAGE);
    createMarked(page, count);
    const known = stateVectorOf(page.doc);
    const other = createPage(PAGE + 1);
    bring(page, other);
    for (const [from, to] of [
      [0, half],
      [half, count],
    ] as const)
      expect(page.admit(undo(count, from, to)).kind).toBe("ready");
    // Back, in which the first values go.
    for (const [from, to] of [
      [0, half],
      [half, count],
    ] as const)
      expect(page.admit(redo(count, from, to)).kind).toBe("ready");
    const chunks = causalChunks(page.doc, known, true);
    expect(chunks.length).toBe(Math.ceil(count / Math.floor(LIMITS.switchedBytes.writes / VALUE_BYTES)));
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) expect(other.admit(chunk)).toMatchObject({ kind: "ready", isCostly: false });
  });
});
