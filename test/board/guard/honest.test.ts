/*
 * Several sessions that write as the app does, straight into Yjs, and exchange it by every way there
 * is, in any order, with loss and repeats. Their guards take all of it.
 */
import { array, assert, nat, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LOCAL_ORIGIN } from "../../../src/board/document/document.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { causalChunks } from "../../../src/board/document/chunks.ts";
import { describeDocument } from "./describe-document.ts";
import { createPeer, deliver } from "./honest-peer.ts";
import type { Peer } from "./honest-peer.ts";
import { createDice, write } from "./honest-writes.ts";
import type { Dice } from "./honest-writes.ts";

/** Not in the order in which they join: the smaller number loses against the larger. */
const CLIENTS = [40, 2_000_000_000, 7, 300];

function shuffle<T>(dice: Dice, list: readonly T[]): T[] {
  const shuffled = [...list];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const other = dice(i + 1);
    [shuffled[i], shuffled[other]] = [shuffled[other]!, shuffled[i]!];
  }
  return shuffled;
}

/** What one sends another, by any of the ways there are. */
function exchange(from: Peer, to: Peer, dice: Dice): void {
  switch (dice(6)) {
    case 0:
      deliver(to, from.sent.slice(-1 - dice(4)));
      break;
    case 1: {
      const updates = from.sent.slice(-1 - dice(5));
      if (updates.length > 0) deliver(to, [Y.mergeUpdates(updates)]);
      break;
    }
    case 2:
      deliver(to, shuffle(dice, from.sent.slice(-1 - dice(9))));
      break;
    case 3: {
      const known = dice(2) === 0 ? to.told : stateVectorOf(to.doc);
      const chunks = causalChunks(from.doc, known, dice(3) > 0, 1 + dice(200));
      deliver(to, chunks.slice(0, 1 + dice(chunks.length + 1)));
      break;
    }
    case 4: {
      const chunks = causalChunks(from.doc, to.told, true, 1 + dice(200));
      deliver(to, shuffle(dice, [...chunks, ...chunks.slice(dice(chunks.length + 1))]));
      break;
    }
    default:
      to.told = stateVectorOf(to.doc);
  }
}

function settle(peers: readonly Peer[]): void {
  for (let round = 0; round < 2; round++) {
    for (const from of peers) {
      for (const to of peers) {
        if (from === to) continue;
        const kinds = deliver(to, causalChunks(from.doc, stateVectorOf(to.doc), true, 40));
        expect(kinds.filter((kind) => kind !== "ready" && kind !== "known")).toEqual([]);
      }
    }
  }
}

const step = record({
  from: nat({ max: 3 }),
  to: nat({ max: 3 }),
  bytes: array(nat({ max: 255 }), { minLength: 1, maxLength: 14 }),
});

describe("honest sessions", () => {
  test("are never refused anything, and end with one board, however it travels", () => {
    assert(
      property(array(step, { minLength: 10, maxLength: 120 }), (steps) => {
        const peers = CLIENTS.map(createPeer);
        for (const { from, to, bytes } of steps) {
          const dice = createDice(bytes);
          const peer = peers[from]!;
          if (from === to || dice(3) === 0) {
            peer.doc.transact(() => {
              for (let left = 1 + dice(3); left > 0; left--) write(peer, dice);
            }, LOCAL_ORIGIN);
          } else {
            exchange(peer, peers[to]!, dice);
          }
        }
        settle(peers);
        const [first, ...others] = peers;
        for (const { doc, digest } of others) {
          expect(describeDocument(doc)).toBe(describeDocument(first!.doc));
          expect(digest()).toBe(first!.digest());
        }
        const whole = Y.encodeStateAsUpdate(first!.doc);
        for (const updates of [[whole], causalChunks(first!.doc, new Map(), false, 1)]) {
          const fresh = createPeer(1);
          expect(deliver(fresh, updates).filter((kind) => kind !== "ready")).toEqual([]);
          expect(describeDocument(fresh.doc)).toBe(describeDocument(first!.doc));
        }
      }),
      { numRuns: 150, seed: 5 },
    );
  });
});
