/*
 * A contact whose app is of minor version 0: it has the first document only, and nothing that is said of others
 * disturbs it.
 */
import { describe, expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import { openPerson, pageNumber } from "../support/paged-replicas.ts";
import type { Person } from "../support/paged-replicas.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { ReplicaPage, ReplicaRoom } from "../support/replicas.ts";
import { heardByMinor0, saidByMinor0 } from "./minor-0.ts";
import { pointing } from "./presence/pointing.ts";

const PAGES = Array.from({ length: 40 }, (_, n) => pageNumber(0xfeed_beef, n));
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

interface Pair {
  readonly room: ReplicaRoom;
  readonly ann: Person;
  /** Of minor version 0. */
  readonly bo: ReplicaPage;
  /** Texts of ann's that bo's app would count as malformed. */
  readonly malformed: readonly string[];
}

function openPair(loss = 0): Pair {
  const room = createReplicaRoom(["ann", "bo"], { loss });
  const malformed: string[] = [];
  const ann = openPerson(room, "ann", [1, ...PAGES], { hears: saidByMinor0 });
  const bo = room.open("bo", {
    hears(text) {
      const heard = heardByMinor0(text);
      if (heard === "malformed") malformed.push(text);
      return heard === "nothing" ? undefined : heard;
    },
  });
  ann.add(1, { hidden: true });
  return { room, ann, bo, malformed };
}

describe("[S1] [S19] with an app that has one document", () => {
  test.each([0, 0.2])("that one is kept in step while somebody draws on pages, at loss %d", async (loss) => {
    const { room, ann, bo, malformed } = openPair(loss);
    for (const [i, page] of PAGES.entries()) ann.store(page, [i]);
    await room.clock.advance(5000);
    for (let x = 0; x < 160; x++) {
      const page = x % 4 === 0 ? ann.show(PAGES[(x / 4) % PAGES.length]!) : ann.shown();
      page.dot(1000 + x);
      ann.replica.setPresence({ ...pointing(x), name: "Ann", document: PAGES[0]! });
      ann.replica.setPreview({ kind: "transform", ids: ["7.1"], matrix: translation(x, 0) }, PAGES[0]);
      if (x % 8 === 0) ann.first.dot(x);
      if (x % 8 === 4) bo.first.dot(x);
      await room.clock.advance(230);
    }
    ann.replica.setPreview(undefined);
    const isEqual = (): boolean => sorted(ann.first.seen()).join(" ") === sorted(bo.first.seen()).join(" ");
    expect(await room.clock.runUntil(isEqual, 60_000)).toBe(true);
    expect(bo.first.seen()).toHaveLength(40);
    expect(malformed).toEqual([]);
    expect([...ann.refusals(), ...bo.refusals()]).toEqual([]);
  });

  test("the person has a name there, and no pointer on the wrong page", async () => {
    const { room, ann, bo } = openPair();
    await room.clock.advance(3000);
    const seen = () => bo.replica.links()[0]!.presence();
    ann.replica.setPresence({ ...pointing(3), name: "Ann" });
    await room.clock.advance(1000);
    expect(seen()).toMatchObject({ name: "Ann", document: 0, cursor: { x: 3, y: 0 } });
    ann.replica.setPresence({ ...pointing(4), name: "Ann", document: PAGES[0]! });
    await room.clock.advance(1000);
    expect(seen()).toMatchObject({ name: "Ann", document: 0, cursor: undefined });
    bo.replica.setPresence({ ...pointing(5), name: "Bo" });
    await room.clock.advance(1000);
    expect(ann.replica.links()[0]!.presence()).toMatchObject({ document: 0, cursor: { x: 5, y: 0 } });
  });

  test("a call rings in vain, and is passed over", async () => {
    const { room, ann, bo, malformed } = openPair();
    await room.clock.advance(3000);
    ann.replica.voice.attach({ canTalk: () => true, told: () => undefined, changed: () => undefined });
    ann.replica.voice.press();
    ann.first.dot(1);
    await room.clock.advance(40_000);
    expect(ann.replica.voice.phase()).toBe("idle");
    expect(bo.first.seen()).toEqual([1]);
    expect(malformed).toEqual([]);
    expect(bo.refusals()).toEqual([]);
  });

  test("nothing is asked for that it does not have", async () => {
    const { room, ann } = openPair();
    for (const [i, page] of PAGES.entries()) ann.store(page, [i]);
    await room.clock.advance(60_000);
    expect(ann.told).toEqual([]);
    const before = room.world.network.counters("ann").sent;
    await room.clock.advance(120_000);
    expect(room.world.network.counters("ann").sent - before).toBeLessThan(7);
  });
});
