/*
 * A contact that says very much, all of it legal: this page is told of it once, and honest statements as large are
 * never charged.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { LIMITS } from "../../src/board/document/limits.ts";
import { encodeMark, encodeSwitch, markKey, undoneKey } from "../../src/board/document/marks.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { content, section } from "../board/guard/raw-update.ts";
import type { RawStruct } from "../board/guard/raw-update.ts";
import { inkOn } from "../support/ink.ts";
import { readMessage } from "../support/messages.ts";
import { createStage, expectUnharmed, hello, NO_DIGEST, OTHER_DIGEST, SESSION } from "./hostile-stage.ts";
import type { Stage } from "./hostile-stage.ts";

/** Refusals that ann's page wrote into its log. */
function refusals({ ann }: Stage): string[] {
  return ann.page.warnings.map(({ message }) => message).filter((text) => text.startsWith("sync: refused"));
}

describe("clears", () => {
  /** Of all that is on ann's board. */
  function clearOf({ ann }: Stage): RawStruct["content"] {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, ann.session.exportUpdate()!);
    const clients = [...doc.store.clients.keys()];
    const below = new Map(clients.map((client) => [client, Y.getState(doc.store, client)] as const));
    return content.binary(encodeMark({ kind: "clear", page: "", below }));
  }

  function switchOf(isUndone: boolean): RawStruct["content"] {
    return content.binary(encodeSwitch(isUndone, 1));
  }

  test("by the hundred in one message are told of once", async () => {
    const stage = await createStage(31);
    const clear = clearOf(stage);
    const clears = Array.from({ length: 600 }, (_, n): RawStruct => ({
      parent: "marks",
      key: markKey(SESSION, n),
      content: clear,
    }));
    stage.tell([{ type: "update", update: section(SESSION, 0, ...clears) }]);
    expect(inkOn(stage.ann.session.board())).toEqual([]);
    expect(stage.noticed()).toEqual(["cleared"]);
    const undone = Array.from({ length: 600 }, (_, n): RawStruct => ({
      parent: "marks",
      key: undoneKey(markKey(SESSION, n)),
      content: switchOf(true),
    }));
    stage.tell([{ type: "update", update: section(SESSION, 600, ...undone) }]);
    expect(inkOn(stage.ann.session.board())).toHaveLength(4);
    expect(stage.noticed()).toEqual(["cleared"]);
    expect(refusals(stage)).toEqual([]);
    await expectUnharmed(stage);
  });

  test("that stand and fall in the frames of one message are shown and told of once", async () => {
    const stage = await createStage(32);
    const key = markKey(SESSION, 0);
    const update = (clock: number, struct: RawStruct): Frame => ({
      type: "update",
      update: section(SESSION, clock, struct),
    });
    let changes = 0;
    stage.ann.session.board()!.onChange(() => changes++);
    stage.tell([
      update(0, { parent: "marks", key, content: clearOf(stage) }),
      update(1, { parent: "marks", key: undoneKey(key), content: switchOf(true) }),
      ...Array.from({ length: 13 }, (_, i) =>
        update(2 + i, { origin: { client: SESSION, clock: 1 + i }, content: switchOf(i % 2 === 1) }),
      ),
    ]);
    expect(inkOn(stage.ann.session.board())).toEqual([]);
    expect([changes, stage.noticed()]).toEqual([1, ["cleared"]]);
  });
});

describe("[S11] statements", () => {
  const sessions = (count: number): ReadonlyMap<number, number> =>
    new Map(Array.from({ length: count }, (_, i) => [1_000_000 + i, 1] as const));
  const isRead = (frame: Frame): boolean =>
    readMessage(encodeMessage({ session: SESSION, frames: [frame] })).ok;

  test("of more sessions, and questions for more ranges, than any page has are malformed", () => {
    const hellos = [
      LIMITS.statedSessions.writes,
      LIMITS.statedSessions.takes,
      LIMITS.statedSessions.takes + 1,
    ];
    expect(hellos.map((count) => isRead(hello(false, sessions(count))))).toEqual([true, true, false]);
    const questions = [LIMITS.askedRanges.writes, LIMITS.askedRanges.takes, LIMITS.askedRanges.takes + 1];
    for (const isOwn of [false, true]) {
      const read = questions.map((count) =>
        isRead({
          type: "request",
          what: "writes",
          isOwn,
          ranges: Array.from({ length: count }, (_, i) => ({ client: isOwn ? 0 : i, from: 0, to: 1 })),
        }),
      );
      expect(read).toEqual([true, true, false]);
    }
  });

  test("of all sessions that a board may have are free, and asked about a bounded number of times", async () => {
    const stage = await createStage(33);
    const state = sessions(LIMITS.statedSessions.writes);
    const before = stage.sent();
    for (let i = 0; i < 10; i++) {
      stage.tell([hello(true, state)]);
      stage.tell([{ type: "request", what: "all", state, digest: OTHER_DIGEST }]);
      stage.tell([{ type: "digest", digest: NO_DIGEST, next: 5, clock: 0, acks: [...state] }]);
      await stage.room.clock.advance(2000);
    }
    expect([refusals(stage), stage.noticed()]).toEqual([[], []]);
    expect(stage.sent() - before).toBeLessThanOrEqual(60);
    await expectUnharmed(stage);
  });

  test("of more light than a laser has are cut to its newest", async () => {
    const stage = await createStage(34);
    const points = Array.from({ length: 3 * LIMITS.laserPoints.takes }, (_, i) => ({
      x: i / 16,
      y: 0,
      age: 0,
    }));
    const laser: Frame = {
      type: "preview",
      revision: 0,
      clock: 0,
      preview: { kind: "laser", color: 1, points },
    };
    stage.tell([laser]);
    const shown = stage.ann.session.contacts()[0]!.preview;
    expect(shown?.kind === "laser" && shown.points).toEqual(points.slice(-LIMITS.laserPoints.takes));
  });
});
