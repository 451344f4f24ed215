/*
 * What a page says to its only contact before anybody asks: writes that the contact's acks show to be
 * lacking, and its hello, until the contact has named it.
 */
import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { framesOf } from "../support/messages.ts";
import { createStage, hello, OTHER_DIGEST, ownSession, stateOf } from "./hostile-stage.ts";
import type { Stage } from "./hostile-stage.ts";

/** What ann's page says from now on. */
function listen({ room }: Stage): { readonly at: number; readonly frames: readonly Frame[] }[] {
  const heard: { at: number; frames: readonly Frame[] }[] = [];
  room.world.onEvent((event) => {
    if (event.type === "sent" && event.kind === "data" && event.from === "ann")
      heard.push({ at: room.clock.now(), frames: framesOf(event.text) });
  });
  return heard;
}

/** A sign of life of the contact, which has so much of what ann's page wrote. */
function acks({ room }: Stage, clock: number): Frame {
  return { type: "digest", digest: OTHER_DIGEST, next: 5, clock: 0, acks: [[ownSession(room), clock]] };
}

function writtenBy({ room, ann }: Stage): number {
  return stateOf(ann.session.exportUpdate()!, ownSession(room));
}

describe("[S4] what the contact's acks show to be lacking", () => {
  test("is said again without a question, every 1.4 s at most, and ever more rarely in vain", async () => {
    const stage = await createStage(31);
    const heard = listen(stage);
    const from = stage.room.clock.now();
    const saidUntil = (ms: number): number =>
      heard.filter(({ at, frames }) => at < from + ms && frames.some(({ type }) => type === "update")).length;
    for (let i = 0; i < 1200; i++) {
      stage.tell([acks(stage, writtenBy(stage) - 3)]);
      await stage.room.clock.advance(100);
    }
    expect(saidUntil(5000)).toBeGreaterThanOrEqual(3);
    expect(saidUntil(5000)).toBeLessThanOrEqual(4);
    expect(saidUntil(120_000)).toBeLessThanOrEqual(7 + 6);
    // Some of it came: the pace is the first one again.
    heard.length = 0;
    stage.tell([acks(stage, writtenBy(stage) - 2)]);
    await stage.room.clock.advance(61_000);
    stage.tell([acks(stage, writtenBy(stage) - 1)]);
    await stage.room.clock.advance(1500);
    stage.tell([acks(stage, writtenBy(stage) - 1)]);
    await stage.room.clock.advance(1500);
    expect(heard.filter(({ frames }) => frames.some(({ type }) => type === "update")).length).toBeGreaterThan(
      1,
    );
  });

  test("waits for a question where it is much, and is nothing where the contact has everything", async () => {
    const stage = await createStage(32);
    const heard = listen(stage);
    stage.tell([acks(stage, writtenBy(stage))]);
    await stage.room.clock.advance(5000);
    for (let x = 0; x < 200; x++) stage.room.dot("ann", 100 + x);
    await stage.room.clock.advance(5000);
    expect(writtenBy(stage)).toBeGreaterThan(1000);
    heard.length = 0;
    stage.tell([acks(stage, 0)]);
    await stage.room.clock.advance(1400);
    stage.tell([acks(stage, writtenBy(stage))]);
    await stage.room.clock.advance(1400);
    expect(heard.flatMap(({ frames }) => frames).filter(({ type }) => type === "update")).toEqual([]);
  });
});

describe("[S8] a hello", () => {
  test("goes along with signs of life until the contact has named this page", async () => {
    const stage = await createStage(33);
    const heard = listen(stage);
    await stage.room.clock.advance(30_000);
    const beats = heard.filter(({ frames }) => frames.some(({ type }) => type === "digest"));
    expect(beats.length).toBeGreaterThan(1);
    for (const { frames } of beats) expect(frames.filter(({ type }) => type === "hello")).toHaveLength(1);
    stage.tell([hello(false), acks(stage, writtenBy(stage))]);
    heard.length = 0;
    await stage.room.clock.advance(30_000);
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.flatMap(({ frames }) => frames).some(({ type }) => type === "hello")).toBe(false);
  });

  test("that says again who is there is no question about ink that is on its way", async () => {
    const stage = await createStage(34);
    stage.tell([hello(false), acks(stage, writtenBy(stage))]);
    await stage.room.clock.advance(5000);
    const had = new Map([[ownSession(stage.room), writtenBy(stage)]]);
    const heard = listen(stage);
    const answers = (): number =>
      heard.flatMap(({ frames }) => frames).filter(({ type }) => type === "diff").length;
    stage.room.dot("ann", 100);
    stage.tell([hello(false, had)]);
    await stage.room.clock.advance(900);
    expect(answers()).toBe(0);
    // A moment later the contact should have it.
    await stage.room.clock.advance(1100);
    stage.tell([hello(false, had)]);
    await stage.room.clock.advance(900);
    expect(answers()).toBeGreaterThan(0);
  });
});
