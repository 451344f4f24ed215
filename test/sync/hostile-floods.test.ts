/*
 * A contact that says far too much: this page goes on working, and does not answer in kind.
 */
import { describe, expect, test } from "vitest";
import { PROTOCOL_MAJOR, PROTOCOL_MINOR } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { content, section } from "../board/guard/raw-update.ts";
import {
  acknowledge,
  MAX_MS,
  OTHER_DIGEST,
  NO_HASH,
  createStage,
  hello,
  expectUnharmed,
  rawMessage,
} from "./hostile-stage.ts";
import type { Stage } from "./hostile-stage.ts";

describe("[S4] [S5] [S8] floods make this page neither busy nor loud", () => {
  /** What ann's page sent within `seconds`, while `each` is said every `every` milliseconds. */
  async function flood(stage: Stage, seconds: number, every: number, each: (i: number) => number) {
    const before = stage.sent();
    let longest = 0;
    for (let i = 0; i * every < seconds * 1000; i++) {
      longest = Math.max(longest, each(i));
      await stage.room.clock.advance(every);
    }
    return { sent: stage.sent() - before, longest };
  }

  test("of hellos from one session after the other", async () => {
    const stage = await createStage(3);
    for (let x = 0; x < 300; x++) stage.room.dot("ann", 100 + x);
    await stage.room.clock.advance(3000);
    const { sent, longest } = await flood(stage, 20, 20, (i) => stage.tell([hello(true)], 50_000 + i));
    expect(longest).toBeLessThan(MAX_MS);
    // A hello a second, an answer (three messages for this board) every 1.5 s, and the digests.
    expect(sent).toBeLessThan(120);
    await expectUnharmed(
      stage,
      Array.from({ length: 300 }, (_, i) => 100 + i),
    );
  });

  test("of hellos for other boards", async () => {
    const stage = await createStage(4);
    acknowledge(stage);
    const foreign: Frame = { ...(hello(true) as Frame & { type: "hello" }), tag: new Uint8Array(8) };
    const { sent } = await flood(stage, 10, 20, (i) => stage.tell([foreign], 50_000 + i));
    expect(sent).toBeLessThan(8);
    await expectUnharmed(stage);
  });

  test("of sessions that never said hello", async () => {
    const stage = await createStage(5);
    const { sent } = await flood(stage, 10, 20, (i) => stage.tell([{ type: "bye" }], 50_000 + i));
    expect(sent).toBeLessThan(20);
    await expectUnharmed(stage);
  });

  test("of requests for everything", async () => {
    const stage = await createStage(6);
    const request: Frame = { type: "request", what: "all", state: new Map(), digest: OTHER_DIGEST };
    const { sent, longest } = await flood(stage, 20, 20, () =>
      stage.tell(Array.from({ length: 8 }, () => request)),
    );
    expect(longest).toBeLessThan(MAX_MS);
    expect(sent).toBeLessThan(60);
    await expectUnharmed(stage);
  });

  test("of digests that always differ, or by turns", async () => {
    const stage = await createStage(7);
    const digest = (i: number): Frame => ({
      type: "digest",
      digest: { writes: { hi: i, lo: i }, deletions: NO_HASH },
      next: 2 ** 50,
      clock: 5,
      acks: Array.from({ length: 50 }, (_, k): [number, number] => [i * 50 + k, 2 ** 50]),
    });
    const { sent } = await flood(stage, 30, 50, (i) => stage.tell([digest(i)]));
    // Each is a reason to ask after 0.4 s or more.
    expect(sent).toBeLessThan(30 / 0.4);
    expect(stage.ann.session.contacts()[0]!.state).toBe("here");
    // However late it says that the next one comes, silence is noticed.
    await stage.room.clock.advance(200_000);
    expect(stage.ann.session.contacts()[0]!.state).toBe("away");
    await expectUnharmed(stage);
  });

  test("of states that nobody has", async () => {
    const stage = await createStage(8);
    const state = new Map(Array.from({ length: 5000 }, (_, i) => [i + 1, 2 ** 40 + i] as const));
    const { sent, longest } = await flood(stage, 10, 100, () =>
      stage.tell([hello(false, state), { type: "request", what: "all", state, digest: OTHER_DIGEST }]),
    );
    expect(longest).toBeLessThan(MAX_MS);
    expect(sent).toBeLessThan(40);
    expect(stage.ann.session.contacts()[0]!.hasEverything).toBe(false);
    await expectUnharmed(stage);
  });

  test("of updates that build on what never comes", async () => {
    const stage = await createStage(9);
    const { longest, sent } = await flood(stage, 20, 20, (i) =>
      stage.tell([
        {
          type: "update",
          update: section(90_000 + i, 5, { parent: "items", content: content.text() }),
        },
      ]),
    );
    expect(longest).toBeLessThan(MAX_MS);
    expect(sent).toBeLessThan(20 / 0.4 + 10);
    expect(stage.noticed()).toEqual([]);
    await expectUnharmed(stage);
  });

  test("of answers that never end: own ink is shown all the same", async () => {
    const stage = await createStage(10);
    const empty: Frame = { type: "diff", update: new Uint8Array([0, 0]), last: false };
    const { longest } = await flood(stage, 20, 500, () => stage.tell([empty]));
    expect(longest).toBeLessThan(MAX_MS);
    stage.room.dot("ann", 7);
    expect(stage.room.seen("ann").flat()).toContain(7);
    await expectUnharmed(stage, [7]);
  });
});

describe("[S11] a contact that sends rubbish", () => {
  const rubbish = (i: number): Frame => ({ type: "update", update: new Uint8Array([9, i % 256, 9]) });

  test("is muted, visibly and once, and heard again by the next page", async () => {
    const stage = await createStage(11);
    for (let i = 0; i < 30; i++) stage.tell([rubbish(i)]);
    expect(stage.noticed()).toEqual(["muted"]);
    stage.tell([{ type: "update", update: section(77, 0, { parent: "items", content: content.text() }) }]);
    expect(stage.room.seen("ann").length).toBe(4);
    stage.room.kill("ann");
    await stage.room.clock.advance(5000);
    stage.room.open("ann");
    stage.room.open("bo");
    await stage.room.ready();
    expect(await stage.room.untilEqual(20_000)).toBeDefined();
  });

  test("now and then is not", async () => {
    const stage = await createStage(12);
    for (let i = 0; i < 60; i++) {
      stage.tell([rubbish(i)]);
      await stage.room.clock.advance(2000);
    }
    expect(stage.noticed()).toEqual([]);
    await expectUnharmed(stage);
  });

  test("cannot claim to be newer for ever, and the user is told of that once", async () => {
    const stage = await createStage(13);
    const newer = (i: number): string =>
      rawMessage([[2, new Uint8Array([0, 9, i % 256])]], (PROTOCOL_MAJOR << 4) | (PROTOCOL_MINOR + 1));
    for (let i = 0; i < 250; i++) stage.say(newer(i));
    expect(stage.noticed()).toEqual(["update-needed"]);
    for (let i = 0; i < 250; i++) stage.say(newer(i));
    expect(stage.noticed()).toEqual(["update-needed", "muted"]);
  });

  test("of a newer major version is told of once", async () => {
    const stage = await createStage(14);
    for (let i = 0; i < 50; i++) stage.say(rawMessage([], (PROTOCOL_MAJOR + 1) << 4));
    expect(stage.noticed()).toEqual(["update-needed"]);
    await expectUnharmed(stage);
  });
});
