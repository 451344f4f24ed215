/*
 * Whose ink an append is: sessions of one contact and of several, with one slot and with different ones, and
 * appends that were damaged on the way.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../src/base/prng.ts";
import { assignClient, createDocument } from "../../src/board/document/document.ts";
import { slotOf } from "../../src/board/document/slot.ts";
import { digestText, trackState } from "../../src/board/document/state.ts";
import type { Append } from "../../src/sync/wire/append.ts";
import { encodeAppendMessage, openAppend, readAppend } from "../../src/sync/wire/append-message.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { ReplicaPage } from "../support/replicas.ts";

const TRIES = 100_000;

describe("[S2] the session that a page draws", () => {
  test("has the slot of none that is on its board", () => {
    const prng = createPrng(11);
    const doc = createDocument();
    for (let slot = 0; slot < 8; slot++) {
      const other = new Y.Doc();
      other.clientID = 0x10_0000 + slot;
      other.getMap("meta").set("format", slot);
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    }
    let taken = 0;
    // Half of what comes by chance has such a slot.
    for (let i = 0; i < TRIES; i++)
      if (slotOf(assignClient(doc, () => prng.uint32() & 0xff_000f)) < 8) taken++;
    expect(taken).toBe(0);
  });

  test("is any where a board has all slots, so that a page always opens", () => {
    const doc = createDocument();
    for (let slot = 0; slot < 2 ** 16; slot++) doc.store.clients.set(0x10_0000 + slot, []);
    expect(assignClient(doc, () => 0x20_0007)).toBe(0x20_0007);
  });
});

/** What a session says: a few points of its newest stroke. */
function anyAppend(prng: ReturnType<typeof createPrng>, session: number): Append {
  const length = 1 + prng.below(12);
  const text = String.fromCharCode(...Array.from({ length }, () => 48 + prng.below(4096)));
  return { session, clock: prng.below(5000), writes: [{ kind: "text", text }] };
}

describe(`[S12] in ${TRIES} tries an append of one session`, () => {
  test("is never read as that of another with another slot", () => {
    const prng = createPrng(12);
    let mistaken = 0;
    for (let i = 0; i < TRIES; i++) {
      const [own, other] = [prng.uint32(), prng.uint32()];
      if (slotOf(own) === slotOf(other)) continue;
      const append = anyAppend(prng, own);
      const opened = openAppend(encodeAppendMessage(append, own)!)!;
      if (opened.slot !== slotOf(own) || opened.author !== undefined) mistaken++;
    }
    expect(mistaken).toBe(0);
  });

  test("that another one says again is the first one's, also where both have one slot", () => {
    const prng = createPrng(13);
    for (let i = 0; i < TRIES / 100; i++) {
      const own = prng.uint32();
      const speaker = i % 2 === 0 ? prng.uint32() : (own ^ 0x10_0000) >>> 0;
      const append = anyAppend(prng, own);
      const opened = openAppend(encodeAppendMessage(append, speaker)!)!;
      expect(opened).toMatchObject({ slot: slotOf(speaker), author: own });
      expect(readAppend(opened, own)).toEqual(append);
    }
  });

  test("is read as that of another only where damage makes both bytes of its slot those of the other", () => {
    const prng = createPrng(14);
    let read = 0;
    let mistaken = 0;
    for (let i = 0; i < TRIES; i++) {
      const [own, other] = [prng.uint32(), prng.uint32()];
      const bytes = Buffer.from(encodeAppendMessage(anyAppend(prng, own), own)!, "base64");
      for (let damages = 1 + prng.below(4); damages > 0; damages--)
        bytes[prng.below(bytes.length)] = prng.below(256);
      const opened = openAppend(bytes.toString("base64").replace(/=+$/u, ""));
      if (opened?.author !== undefined || !opened || !readAppend(opened, other)) continue;
      read++;
      if (opened.slot === slotOf(other)) mistaken++;
    }
    // The channel damages nothing, so nothing else guards against it.
    expect(read).toBeGreaterThan(TRIES / 10);
    expect(mistaken).toBeLessThanOrEqual(TRIES / 2 ** 16 + 1);
  });
});

const areEqual = (...pages: readonly ReplicaPage[]): boolean =>
  new Set(pages.map(({ first }) => digestText(trackState(first.doc).digest()))).size === 1;

describe("[S12] where by chance two sessions have one slot", () => {
  const [FIRST, SECOND] = [0x1_0007, 0x2_0007];
  const DOTS = [1, 2, 3, 11, 12, 13, 14, 15];

  test("of one contact, its ink comes, in nobody else's name and without an offence", async () => {
    const room = createReplicaRoom(["ann", "bo"]);
    const [ann, older] = [room.open("ann"), room.open("bo", { client: FIRST })];
    await room.clock.advance(3000);
    for (const x of DOTS.slice(0, 3)) older.first.dot(x);
    await room.clock.advance(2000);
    const newer = room.open("bo", { client: SECOND });
    for (const x of DOTS.slice(3)) {
      newer.first.dot(x);
      await room.clock.advance(300);
    }
    expect(await room.clock.runUntil(() => areEqual(ann, newer), 60_000)).toBe(true);
    expect(ann.first.seen().sort((a, b) => a - b)).toEqual(DOTS);
    const drawnBy = ann.first.board.board.items().map(({ client }) => client);
    expect(drawnBy.filter((client) => client === FIRST)).toHaveLength(3);
    expect(drawnBy.filter((client) => client === SECOND)).toHaveLength(5);
    expect([...ann.refusals(), ...newer.refusals()]).toEqual([]);

    // From now on the newer one knows of the older one's ink.
    const said: string[] = [];
    room.world.onEvent((event) => {
      if (event.type === "sent" && event.kind === "data" && event.from === "bo") said.push(event.text);
    });
    newer.first.dot(16);
    await room.clock.advance(5000);
    expect(ann.first.seen()).toContain(16);
    expect(said.filter((text) => openAppend(text) !== undefined)).toEqual([]);
  });

  test("of two contacts, each has its own ink, for a message says who sent it", async () => {
    const room = createReplicaRoom(["ann", "bo", "cy"]);
    const pages = [
      room.open("ann"),
      room.open("bo", { client: FIRST }),
      room.open("cy", { client: SECOND }),
    ] as const;
    const [ann, bo, cy] = pages;
    await room.clock.advance(3000);
    for (const x of DOTS) {
      (x < 10 ? bo : cy).first.dot(x);
      await room.clock.advance(300);
    }
    expect(await room.clock.runUntil(() => areEqual(...pages), 60_000)).toBe(true);
    const drawnBy = ann.first.board.board.items().map(({ client }) => client);
    expect(drawnBy).toEqual(DOTS.map((x) => (x < 10 ? FIRST : SECOND)));
    expect(pages.flatMap((page) => page.refusals())).toEqual([]);
  });
});
