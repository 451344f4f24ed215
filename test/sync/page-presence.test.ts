/*
 * On which page somebody is, and what the hand does there.
 */
import { describe, expect, test } from "vitest";
import { openPerson, pageNumber } from "../support/paged-replicas.ts";
import type { Person } from "../support/paged-replicas.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { ReplicaRoom } from "../support/replicas.ts";
import { pointing, PRESENCE } from "./presence/pointing.ts";
import { moved } from "./presence/gestures.ts";

const [ONE, TWO] = [pageNumber(0xdead_beef, 1), pageNumber(0xdead_beef, 2)];

async function openPair(network = {}): Promise<{ room: ReplicaRoom; ann: Person; bo: Person }> {
  const room = createReplicaRoom(["ann", "bo"], network);
  const [ann, bo] = [openPerson(room, "ann", [ONE, TWO]), openPerson(room, "bo", [ONE, TWO])];
  await room.clock.advance(5000);
  return { room, ann, bo };
}

/** What bo sees of ann. */
const linkOf = (bo: Person) => bo.replica.links()[0]!;

test("[S13] that somebody went to another page is news, and goes out like any other", async () => {
  const { room, ann, bo } = await openPair();
  ann.replica.setPresence(PRESENCE);
  await room.clock.advance(2000);
  expect(linkOf(bo).presence()?.document).toBe(0);
  ann.replica.setPresence({ ...PRESENCE, document: ONE });
  await room.clock.advance(700);
  expect(linkOf(bo).presence()).toEqual({ ...PRESENCE, document: ONE });
  ann.replica.setPresence({ ...pointing(4), document: TWO });
  await room.clock.advance(700);
  expect(linkOf(bo).presence()).toEqual({ ...pointing(4), document: TWO });
});

describe("[S14] a preview", () => {
  test("is seen on the page on which it was made, where that is in memory, and on no other", async () => {
    const { room, ann, bo } = await openPair();
    for (const person of [ann, bo]) person.show(ONE);
    ann.replica.setPreview(moved(5), ONE);
    await room.clock.advance(500);
    expect(bo.shown().added.preview(linkOf(bo))).toEqual(moved(5));
    expect(bo.replica.first().preview(linkOf(bo))).toBeUndefined();
    bo.show(TWO);
    expect(bo.shown().added.preview(linkOf(bo))).toBeUndefined();
  });

  test("goes with the change that comes of it there", async () => {
    const { room, ann, bo } = await openPair();
    const page = ann.show(ONE);
    bo.show(ONE);
    page.dot(1);
    await room.clock.advance(2000);
    ann.replica.setPreview(moved(5), ONE);
    await room.clock.advance(500);
    page.dot(2);
    ann.replica.setPreview(undefined, ONE);
    const preview = () => bo.shown().added.preview(linkOf(bo));
    expect(preview()).toEqual(moved(5));
    await room.clock.runUntil(() => bo.shown().seen().length === 2, 2000, 1);
    expect(preview()).toBeUndefined();
  });

  test("of who goes to another page ends on the one before, and begins there", async () => {
    const { room, ann, bo } = await openPair();
    ann.show(ONE);
    bo.show(ONE);
    const onOne = bo.shown();
    ann.replica.setPreview(moved(5), ONE);
    await room.clock.advance(500);
    ann.show(TWO);
    ann.replica.setPreview(moved(6), TWO);
    await room.clock.advance(300);
    expect(onOne.added.preview(linkOf(bo))).toBeUndefined();
    bo.show(TWO);
    await room.clock.advance(2000);
    expect(bo.shown().added.preview(linkOf(bo))).toEqual(moved(6));
    // The end that was lost is said once more, about the page that is left.
    ann.replica.setPreview(undefined, TWO);
    await room.clock.advance(300);
    expect(bo.shown().added.preview(linkOf(bo))).toBeUndefined();
  });
});
