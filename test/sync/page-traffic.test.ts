/*
 * What pages cost on the wire.
 */
import { describe, expect, test } from "vitest";
import { openAppend } from "../../src/sync/wire/append-message.ts";
import { slotOfDocument } from "../../src/sync/wire/document-slot.ts";
import { areEqual, openPerson, pageNumber } from "../support/paged-replicas.ts";
import type { Person } from "../support/paged-replicas.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { OpenDocument, ReplicaRoom } from "../support/replicas.ts";
import { framesOf } from "../support/messages.ts";

const MAKER = 0xdead_beef;
const pagesOf = (count: number): number[] =>
  Array.from({ length: count }, (_, n) => pageNumber(MAKER, n + 1));

interface Sent {
  readonly from: string;
  readonly text: string;
}

function listen(room: ReplicaRoom): Sent[] {
  const sent: Sent[] = [];
  room.world.onEvent((event) => {
    if (event.type === "sent" && event.kind === "data") sent.push({ from: event.from, text: event.text });
  });
  return sent;
}

/** Two people with the same pages, of whom each shows the first of them. */
async function openPair(
  pages: readonly number[],
): Promise<{ room: ReplicaRoom; people: [Person, Person]; index: OpenDocument }> {
  const room = createReplicaRoom(["ann", "bo"]);
  const people: [Person, Person] = [openPerson(room, "ann", pages), openPerson(room, "bo", pages)];
  const [index] = people.map((person) => person.add(1, { hidden: true }));
  for (const [i, page] of pages.entries()) people[0].store(page, [i]);
  for (const person of people) person.show(pages[0]!);
  expect(await room.clock.runUntil(() => areEqual(people), 600_000, 500)).toBe(true);
  await room.clock.advance(120_000);
  return { room, people, index: index! };
}

describe("[S6] [S19] a quiet time", () => {
  test("costs as many characters with a hundred pages as with one", async () => {
    const quiet = async (count: number): Promise<{ chars: number; messages: number }> => {
      const { room } = await openPair(pagesOf(count));
      const sent = listen(room);
      await room.clock.advance(600_000);
      return { chars: sent.reduce((sum, { text }) => sum + text.length, 0), messages: sent.length };
    };
    const [one, hundred] = [await quiet(1), await quiet(100)];
    expect(one.messages).toBeGreaterThan(20);
    expect(hundred.chars / hundred.messages).toBe(one.chars / one.messages);
    expect(Math.abs(hundred.messages - one.messages)).toBeLessThan(8);
    expect(one.chars / one.messages).toBeLessThan(200);
  });

  test("has digests of the first, the index and the shown document, whatever is in memory", async () => {
    const pages = pagesOf(5);
    const { room, people, index } = await openPair(pages);
    people[0].add(pages[3]!, { hidden: true });
    const expectFrames = async (
      ...said: readonly (readonly [string, number | undefined])[]
    ): Promise<void> => {
      await room.clock.advance(60_000);
      const sent = listen(room);
      await room.clock.advance(100_000);
      const frames = sent.filter(({ from }) => from === "ann").map(({ text }) => framesOf(text));
      expect(frames.length).toBeGreaterThan(2);
      for (const each of frames) expect(each.map(({ type, document }) => [type, document])).toEqual(said);
    };
    // Nothing is written in the index of a board of one page.
    await expectFrames(["digest", pages[0]], ["digest", undefined], ["roster-sum", undefined]);
    index.dot(1);
    await expectFrames(["digest", pages[0]], ["digest", undefined], ["digest", 1], ["roster-sum", undefined]);
  });
});

describe("[S12] an append", () => {
  test("about a page is four characters longer than one about the first document", async () => {
    const pages = pagesOf(3);
    const { room, people } = await openPair(pages);
    const [ann, bo] = people;
    const lengthOn = async (draw: (x: number) => void): Promise<number> => {
      draw(1);
      await room.clock.advance(5000);
      const sent = listen(room);
      draw(2);
      await room.clock.advance(1000);
      const [append] = sent.filter(({ text }) => openAppend(text));
      return append!.text.length;
    };
    const onFirst = await lengthOn((x) => ann.first.dot(x));
    const onPage = await lengthOn((x) => ann.shown().dot(x));
    expect(onPage - onFirst).toBeLessThanOrEqual(4);
    expect(bo.shown().seen()).toEqual([0, 1, 2]);
  });

  /** Two numbers with one slot. */
  function twins(): [number, number] {
    const bySlot = new Map<number, number>();
    for (let n = 0; ; n++) {
      const number = pageNumber(MAKER, n);
      const twin = bySlot.get(slotOfDocument(number));
      if (twin !== undefined) return [twin, number];
      bySlot.set(slotOfDocument(number), number);
    }
  }

  test.each([true, false])(
    "is not said about a page with the slot of another one, in memory or not: %s",
    async (isInMemory) => {
      const [page, twin] = twins();
      const { room, people } = await openPair([page, twin]);
      const [ann, bo] = people;
      if (isInMemory) ann.add(twin, { hidden: true });
      const sent = listen(room);
      for (let x = 1; x < 6; x++) {
        ann.shown().dot(x);
        await room.clock.advance(500);
      }
      expect(sent.filter(({ from, text }) => from === "ann" && openAppend(text))).toEqual([]);
      expect(bo.shown().seen()).toEqual([0, 1, 2, 3, 4, 5]);
    },
  );

  test("is passed over by who has two pages with its slot, or none, and comes in by a digest", async () => {
    const [page, twin] = twins();
    for (const others of [[], [page, twin]]) {
      const room = createReplicaRoom(["ann", "bo"]);
      const [ann, bo] = [openPerson(room, "ann", [page]), openPerson(room, "bo", [page])];
      await room.clock.advance(3000);
      for (const other of others) bo.store(other, [77]);
      // Until ann has heard of the other one.
      ann.index.delete(page);
      ann.show(page);
      for (const x of [1, 2]) {
        ann.shown().dot(x);
        await room.clock.advance(300);
      }
      expect(bo.refusals()).toEqual([]);
      const has = (): boolean => [1, 2].every((x) => bo.seenOn(page).includes(x));
      expect(await room.clock.runUntil(has, 60_000)).toBe(true);
    }
  });
});
