/*
 * Pages: many documents, few of them in memory, kept in step over the network.
 */
import { describe, expect, test } from "vitest";
import { areEqual, openPerson, pageNumber } from "../support/paged-replicas.ts";
import type { Person } from "../support/paged-replicas.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { ReplicaRoom } from "../support/replicas.ts";

const MAKER = 0xdead_beef;
const PAGES = Array.from({ length: 12 }, (_, n) => pageNumber(MAKER, n + 1));
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const refusals = (people: readonly Person[]): readonly string[] =>
  people.flatMap((person) => person.refusals());

function openAll(names: readonly string[], network = {}): { room: ReplicaRoom; people: Person[] } {
  const room = createReplicaRoom(names, network);
  return { room, people: names.map((name) => openPerson(room, name, PAGES)) };
}

describe("[S19] pages", () => {
  test.each([0, 0.3])(
    "that nobody has open come to who lacks them, one after the other, at loss %d",
    async (loss) => {
      const { room, people } = openAll(["ann", "bo"], { loss, jitter: 120 });
      const [ann, bo] = people as [Person, Person];
      for (const [i, page] of PAGES.entries()) ann.store(page, [i, 100 + i]);
      bo.store(PAGES[3]!, [55]);
      bo.store(PAGES[7]!, [77]);
      expect(await room.clock.runUntil(() => areEqual(people), 240_000, 250)).toBe(true);
      expect(bo.most()).toBeLessThanOrEqual(1);
      expect(sorted(bo.seenOn(PAGES[3]!))).toEqual([3, 55, 103]);
      expect(sorted(ann.seenOn(PAGES[7]!))).toEqual([7, 77, 107]);
      expect(refusals(people)).toEqual([]);
    },
  );

  test("are drawn on by people who turn them over while a third of everything is lost, and become equal", async () => {
    const { room, people } = openAll(["ann", "bo", "cy"], { loss: 0.3, jitter: 300 });
    await room.clock.advance(5000);
    let drawn = 0;
    for (let x = 0; x < 60; x++) {
      const person = people[x % 3]!;
      if (x % 7 < 3) person.show(PAGES[(x * 5) % PAGES.length]!);
      (x % 5 === 0 ? person.first : (person.shown() ?? person.first)).dot(x);
      drawn++;
      await room.clock.advance(400);
    }
    expect(await room.clock.runUntil(() => areEqual(people), 400_000, 250)).toBe(true);
    const [ann] = people as [Person];
    const all = [...ann.first.seen(), ...PAGES.flatMap((page) => ann.seenOn(page))];
    expect(sorted(all)).toEqual(Array.from({ length: drawn }, (_, x) => x));
    for (const person of people) expect(person.most()).toBeLessThanOrEqual(4);
    expect(refusals(people)).toEqual([]);
  });

  test("that somebody draws on come to who is on another one while it is drawn", async () => {
    const { room, people } = openAll(["ann", "bo"]);
    const [ann, bo] = people as [Person, Person];
    await room.clock.advance(5000);
    bo.show(PAGES[1]!);
    const page = ann.show(PAGES[0]!);
    for (let x = 0; x < 30; x++) {
      page.dot(x);
      await room.clock.advance(300);
    }
    await room.clock.advance(300);
    expect(bo.seenOn(PAGES[0]!)).toHaveLength(30);
    // It stays in memory as long as it is drawn on, and not much longer.
    expect(bo.loaded).toEqual([PAGES[0]]);
    await room.clock.advance(6000);
    expect(bo.told.at(-1)).toEqual(["settled", PAGES[0]]);
    expect(areEqual(people)).toBe(true);
  });

  test("of one who comes later with nothing come whole, the shown one first", async () => {
    const room = createReplicaRoom(["ann", "bo"]);
    const ann = openPerson(room, "ann", PAGES);
    for (const [i, page] of PAGES.entries()) ann.store(page, [i]);
    await room.clock.advance(60_000);
    const bo = openPerson(room, "bo", PAGES);
    bo.show(PAGES[8]!);
    expect(await room.clock.runUntil(() => bo.shown().seen().length === 1, 10_000)).toBe(true);
    expect(bo.pages().size).toBeLessThan(3);
    expect(await room.clock.runUntil(() => areEqual([ann, bo]), 120_000, 250)).toBe(true);
  });

  test("of four people, of whom each had another one's page alone, become equal", async () => {
    const { room, people } = openAll(["ann", "bo", "cy", "di"], { loss: 0.1 });
    for (const [i, person] of people.entries()) {
      person.store(PAGES[i]!, [i]);
      person.store(PAGES[8]!, [50 + i]);
    }
    expect(await room.clock.runUntil(() => areEqual(people), 300_000, 250)).toBe(true);
    expect(sorted(people[2]!.seenOn(PAGES[8]!))).toEqual([50, 51, 52, 53]);
    expect(refusals(people)).toEqual([]);
  });

  test("that are not in the index are passed over, until they are", async () => {
    const room = createReplicaRoom(["ann", "bo"]);
    const [ann, bo] = [openPerson(room, "ann", PAGES), openPerson(room, "bo")];
    ann.store(PAGES[0]!, [1]);
    await room.clock.advance(60_000);
    expect(bo.loaded).toEqual([]);
    bo.index.add(PAGES[0]!);
    expect(await room.clock.runUntil(() => areEqual([ann, bo]), 60_000, 250)).toBe(true);
  });
});
