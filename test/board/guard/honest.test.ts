import { array, assert, nat, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import {
  createDocument,
  LOCAL_ORIGIN,
  REMOTE_ORIGIN,
  rootsOf,
} from "../../../src/board/document/document.ts";
import type { Roots } from "../../../src/board/document/document.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import type { Guard } from "../../../src/board/guard/guard.ts";
import { STORED_LIMITS, WIRE_LIMITS } from "../../../src/board/guard/scan.ts";
import type { WriteId } from "../../../src/board/document/write-id.ts";
import { encodeMark, markKey, undoneKey } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import { digestText, stateVectorOf, trackState } from "../../../src/board/document/state.ts";
import type { StateVector } from "../../../src/board/document/state.ts";
import { causalChunks } from "../../../src/board/document/chunks.ts";
import { describeDocument, itemKey, labelKey, layerKey } from "./lab.ts";

/*
 * Several sessions that write as the app does, straight into Yjs, and exchange it by every way there
 * is, in any order, with loss and repeats. Their guards take all of it.
 */

interface Cursor {
  readonly label: Y.Text;
  readonly at: number;
}

interface Peer {
  readonly doc: Y.Doc;
  readonly roots: Roots;
  readonly guard: Guard;
  readonly digest: () => string;
  /** The live updates that it sent, oldest first. */
  readonly sent: Uint8Array[];
  /** A state that it told of before. */
  told: StateVector;
  /** What came too early. */
  waiting: Uint8Array[];
  layers: number;
  marks: number;
  /** Where it typed last. */
  cursor: Cursor | undefined;
}

/** Not in the order in which they join: the smaller number loses against the larger. */
const CLIENTS = [40, 2_000_000_000, 7, 300];

function createPeer(client: number): Peer {
  const doc = createDocument();
  const guard = createGuard({
    doc,
    onWedged: () => {
      throw new Error("wedged");
    },
  });
  doc.clientID = client;
  guard.setOwnClient(client);
  const tracker = trackState(doc);
  const sent: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === LOCAL_ORIGIN) sent.push(update);
  });
  return {
    doc,
    roots: rootsOf(doc),
    guard,
    digest: () => digestText(tracker.digest()),
    sent,
    told: new Map(),
    waiting: [],
    layers: 0,
    marks: 0,
    cursor: undefined,
  };
}

function deliver(to: Peer, updates: readonly Uint8Array[]): Verdict["kind"][] {
  const kinds: Verdict["kind"][] = [];
  const troubles: string[] = [];
  to.guard.apply(REMOTE_ORIGIN, (admit) => {
    const offer = (update: Uint8Array): Verdict["kind"] => {
      const limits = update.length > WIRE_LIMITS.bytes ? STORED_LIMITS : WIRE_LIMITS;
      const verdict = admit(update, limits);
      if (verdict.kind === "refused") troubles.push(verdict.reason);
      if (verdict.kind === "ready" && verdict.isCostly) troubles.push("costly");
      return verdict.kind;
    };
    for (const update of updates) {
      const kind = offer(update);
      kinds.push(kind);
      if (kind === "waiting") to.waiting.push(update);
    }
    for (let before = -1; before !== to.waiting.length;) {
      before = to.waiting.length;
      to.waiting = to.waiting.filter((update) => offer(update) === "waiting");
    }
  });
  expect(troubles).toEqual([]);
  expect([to.doc.store.pendingStructs, to.doc.store.pendingDs]).toEqual([null, null]);
  return kinds;
}

type Dice = (sides: number) => number;

/** The bytes say the same again and again, so that long runs of choices shrink well. */
function createDice(bytes: readonly number[]): Dice {
  let at = 0;
  return (sides) => (bytes.length === 0 ? 0 : bytes[at++ % bytes.length]! % sides);
}

function itemsOf({ roots }: Peer): Y.Item[] {
  const found: Y.Item[] = [];
  for (let item = roots.items._start; item; item = item.right) found.push(item);
  return found;
}

function pick<T>(dice: Dice, list: readonly T[]): T | undefined {
  return list[dice(Math.max(1, list.length))];
}

function idOf({ id }: Y.Item): WriteId {
  return { client: id.client, clock: id.clock };
}

function type(peer: Peer, { label, at }: Cursor, text: string): void {
  label.insert(at, text);
  peer.cursor = { label, at: at + text.length };
}

/** One thing that the app does. */
function write(peer: Peer, dice: Dice): void {
  const { roots, doc } = peer;
  const own = doc.clientID;
  switch (dice(12)) {
    case 0: {
      const stroke = new Y.Text("x".repeat(1 + dice(5)));
      roots.items.push([stroke]);
      if (dice(3) === 0) roots.attrs.set(itemKey(idOf(stroke._item!), "l"), Uint8Array.of(dice(9)));
      break;
    }
    case 1: {
      const newest = itemsOf(peer)
        .filter((item) => item.id.client === own)
        .at(-1);
      const stroke = newest && (newest.content as Y.ContentType).type;
      if (stroke instanceof Y.Text) stroke.insert(stroke.length, "y".repeat(1 + dice(3)));
      break;
    }
    case 2: {
      const ink = new Y.Text("text");
      roots.items.push([ink]);
      roots.labels.set(labelKey(idOf(ink._item!)), new Y.Text("words".slice(0, dice(6))));
      break;
    }
    case 3: {
      const label = pick(dice, [...roots.labels.values()]) as Y.Text | undefined;
      if (label) type(peer, { label, at: dice(label.length + 1) }, "abcdef".slice(0, 1 + dice(6)));
      break;
    }
    case 4:
    case 5:
      // Words typed in a row are one run, of which others may have a part.
      if (peer.cursor) type(peer, peer.cursor, "uvwxyz".slice(0, 1 + dice(6)));
      break;
    case 6: {
      const item = pick(dice, itemsOf(peer));
      const key = item ? itemKey(idOf(item), "tczl"[dice(4)]!) : "p.b";
      roots.attrs.set(key, new Uint8Array(dice(129)).fill(dice(4)));
      break;
    }
    case 8:
      // Again and again: what was replaced travels as one deleted run.
      roots.attrs.set(["p.b", "l.h", "l.n"][dice(3)]!, Uint8Array.of(dice(9)));
      break;
    case 7:
    case 9: {
      const layers = [...roots.attrs.keys()].filter((key) => /^l.+\..*o$/.test(key) && key !== "l.o");
      const layer = dice(4) > 0 ? pick(dice, layers) : undefined;
      const field = "nohkax"[dice(6)]!;
      if (layer) roots.attrs.set(layer.slice(0, -1) + field, Uint8Array.of(dice(9)));
      else for (const each of "no") roots.attrs.set(layerKey(own, peer.layers, each), Uint8Array.of(dice(9)));
      if (!layer) peer.layers++;
      break;
    }
    case 10:
      roots.marks.set(markKey(own, peer.marks++), encodeMark(anyMark(peer, dice)));
      break;
    default:
      if (peer.marks > 0) roots.marks.set(undoneKey(markKey(own, dice(peer.marks))), dice(2) === 0);
  }
  if (Number(roots.meta.get("format") ?? 0) < 2) roots.meta.set("format", 2);
}

function anyMark({ doc }: Peer, dice: Dice): Mark {
  const state = [...stateVectorOf(doc)];
  if (dice(3) === 0) return { kind: "clear", page: "", below: new Map(state.slice(dice(3))) };
  const kind = dice(2) === 0 ? "erase" : "cut";
  const steps = kind === "cut" ? 4096 : 1;
  const ranges = state.map(([client, end]) => {
    const start = dice(end);
    return [
      client,
      [{ start: start * steps, end: (start + 1 + dice(end - start)) * steps - dice(steps) }],
    ] as const;
  });
  return { kind, ranges: new Map(ranges) };
}

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
