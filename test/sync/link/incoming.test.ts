/*
 * What has no room, on its way into a document: session by session, with all that builds on it.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { SizeLimits } from "../../../src/board/document/size.ts";
import { markKey } from "../../../src/board/document/marks.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createIncoming } from "../../../src/sync/link/incoming.ts";
import { NO_SIZE, SIZE_LIMITS } from "../../../src/board/document/size.ts";
import { inkBetween, strokesApart, updateOf } from "../../../src/sync/wire/append.ts";
import { createRefusedSessions } from "../../../src/sync/link/refused.ts";
import { content, encodeRaw } from "../../board/guard/raw-update.ts";
import { createPeer, drawn, seen, sync } from "../../board/peers.ts";
import type { Peer } from "../../board/peers.ts";
import { smallLimits } from "../../support/small-limits.ts";

/** A page that takes what contacts send. */
function createReader(limits: SizeLimits, isGroup = false) {
  const reader = createPeer(9);
  const { doc } = reader;
  const guard = createGuard({ doc, onWedged: () => undefined, limits });
  guard.setOwnClient(9);
  const written = (client: number): number => Y.getState(doc.store, client);
  const refused = createRefusedSessions<string>({ size: guard.size, written });
  const told: string[] = [];
  const incoming = createIncoming<string>({
    clock: createSimulatedClock(),
    doc,
    guard,
    refused,
    isGroup,
    offend: (from, reason) => told.push(`${from} offends: ${reason}`) > 0,
    resumed: () => undefined,
    full: (from) => told.push(`full for ${from}`),
  });
  return { reader, incoming, refused, told };
}

function updateSince({ doc }: Peer, state: Uint8Array = Uint8Array.of(0)): Uint8Array {
  return Y.encodeStateAsUpdate(doc, state);
}

describe("[S7] strokes that people drew in turn", () => {
  /** What each says of all that it drew after its first stroke, which names its layer. */
  function inTurn(times: number): { readonly before: Uint8Array; readonly updates: readonly Uint8Array[] } {
    const [ann, bo] = [createPeer(1), createPeer(2)];
    const turn = (n: number): void => {
      drawn(ann, n);
      sync(ann, bo);
      drawn(bo, 10 * n);
      sync(ann, bo);
    };
    turn(0);
    const before = updateSince(ann);
    const from = (client: number): number =>
      Y.decodeStateVector(Y.encodeStateVectorFromUpdate(before)).get(client)!;
    for (let n = 1; n <= times; n++) turn(n);
    const updates = [1, 2].map((client) => {
      const to = Y.getState(ann.doc.store, client);
      return updateOf(inkBetween(ann.doc, { client, from: from(client), to })!);
    });
    return { before, updates };
  }

  test("come in a group, though each update waits for a part of the other", () => {
    const { reader, incoming } = createReader(SIZE_LIMITS, true);
    const { before, updates } = inTurn(3);
    for (const update of [before, ...updates]) incoming.apply([update], "ann");
    expect(seen(reader)).toEqual([[0], [0], [1], [10], [2], [20], [3], [30]]);
    expect(incoming.waiting()).toEqual([]);
  });

  test("wait whole with two people", () => {
    const { reader, incoming } = createReader(SIZE_LIMITS);
    const { before, updates } = inTurn(3);
    for (const update of [before, ...updates]) incoming.apply([update], "ann");
    expect(seen(reader)).toEqual([[0], [0]]);
    expect(incoming.waiting()).toHaveLength(2);
  });

  test("are sixteen apart at most, of one update", () => {
    const [update] = inTurn(40).updates;
    const apart = strokesApart(update!);
    expect(apart).toHaveLength(16);
    expect(Y.mergeUpdates([...apart])).toEqual(update);
  });
});

describe("[S18] an update of several sessions", () => {
  test("brings what has room, and refuses what has none with what builds on it", () => {
    const [ann, bo] = [createPeer(1), createPeer(2)];
    const id = drawn(ann, 1);
    sync(ann, bo);
    const { reader, incoming, refused, told } = createReader(smallLimits({ marks: 2 }));
    incoming.apply([updateSince(ann)], "ann");
    expect(seen(reader)).toEqual([[1]]);
    const before = Y.encodeStateVector(ann.doc);
    ann.board.erase([id]);
    drawn(ann, 2);
    drawn(bo, 3);
    sync(ann, bo);
    // About what has no room here.
    bo.board.changeItems([bo.board.items().find(({ client }) => client === 1)!.id], { color: 7 });
    drawn(bo, 4);
    sync(ann, bo);
    incoming.apply([updateSince(bo, before)], "bo");
    expect(seen(reader)).toContainEqual([1]);
    expect([refused.has(1), refused.has(9)]).toEqual([true, false]);
    expect(new Set(told)).toEqual(new Set(["full for bo"]));
    // What comes later of a refused session is not kept waiting.
    const later = Y.encodeStateVector(ann.doc);
    drawn(ann, 5);
    incoming.apply([updateSince(ann, later)], "ann");
    expect(incoming.waiting()).toEqual([]);
    expect(refused.all().get(1)!.end).toBe(Y.getState(ann.doc.store, 1));
  });

  test("of which only one has no room brings all of the other", () => {
    const [ann, bo] = [createPeer(1), createPeer(2)];
    const id = drawn(ann, 1);
    const { reader, incoming, refused } = createReader(smallLimits({ marks: 2 }));
    incoming.apply([updateSince(ann)], "ann");
    ann.board.erase([id]);
    drawn(bo, 3);
    drawn(bo, 4);
    const merged = Y.mergeUpdates([updateSince(ann), updateSince(bo)]);
    incoming.apply([merged], "ann");
    expect(seen(reader)).toEqual([[1], [3], [4]]);
    expect([...refused.all().keys()]).toEqual([1]);
  });

  test("of very many is looked at in part, and the rest when it comes again", () => {
    const sections = Array.from({ length: 600 }, (_, i) => ({
      client: 1000 + i,
      clock: 0,
      structs: [{ parent: "marks", key: markKey(1000 + i, 0), content: content.binary(Uint8Array.of(9)) }],
    }));
    const { reader, incoming, refused } = createReader(smallLimits({ sessions: 500 }));
    const update = encodeRaw({ sections, deletions: [] });
    const counts: number[] = [];
    for (let i = 0; i < 4; i++) {
      incoming.apply([update], "ann");
      counts.push(reader.doc.store.clients.size);
    }
    expect(counts).toEqual([256, 504, 504, 504]);
    expect(refused.all().size).toBe(96);
  });

  test("gives up what waits for a session that is refused, and what waits for that", () => {
    const [ann, bo] = [createPeer(1), createPeer(2)];
    const id = drawn(ann, 1);
    const { incoming, refused } = createReader(smallLimits({ marks: 2 }));
    incoming.apply([updateSince(ann)], "ann");
    const state = Y.encodeStateVector(ann.doc);
    ann.board.erase([id]);
    const mark = updateSince(ann, state);
    const next = Y.encodeStateVector(ann.doc);
    drawn(ann, 2);
    incoming.apply([updateSince(ann, next)], "ann");
    sync(ann, bo);
    const known = Y.encodeStateVector(bo.doc);
    bo.board.changeItems([bo.board.items()[0]!.id], { color: 3 });
    incoming.apply([updateSince(bo, known)], "bo");
    expect(incoming.waiting()).toHaveLength(2);
    incoming.apply([mark], "ann");
    expect(incoming.waiting()).toEqual([]);
    expect(new Set(refused.all().keys())).toEqual(new Set([1, 2]));
  });
});

describe("[S18] refused sessions", () => {
  test("are so until something of them came, or a 64th of what was too much is gone", () => {
    const size = { ...NO_SIZE, content: 6400 };
    const here = new Map<number, number>();
    const refused = createRefusedSessions<string>({
      size: () => size,
      written: (client) => here.get(client) ?? 0,
    });
    refused.add([{ client: 1, from: 0, to: 10 }], "ann", "content");
    refused.add([{ client: 2, from: 5, to: 20 }], "bo");
    expect(refused.knows(1, 30)).toBe(true);
    expect(refused.knows(3, 30)).toBe(false);
    size.content = 6301;
    expect(refused.review().size).toBe(0);
    here.set(2, 6);
    expect([...refused.review().keys()]).toEqual([2]);
    expect([refused.has(1), refused.has(2)]).toEqual([true, false]);
    size.content = 6299;
    expect([...refused.review()]).toEqual([[1, { end: 30, at: 0, from: "ann" }]]);
    expect(refused.all().size).toBe(0);
  });
});
