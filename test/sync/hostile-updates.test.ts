/*
 * Ink and updates that no honest page sends: they leave the board as it was.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { encodeMark, markKey } from "../../src/board/document/marks.ts";
import type { InkWrite } from "../../src/ink/ink-write.ts";
import { encodeAppendMessage } from "../../src/sync/wire/append-message.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { content, deletion, section } from "../board/guard/raw-update.ts";
import {
  acknowledge,
  SESSION,
  MAX_MS,
  createStage,
  hello,
  expectUnharmed,
  ownSession,
  stateOf,
} from "./hostile-stage.ts";

describe("[S12] appends that no honest page sends", () => {
  const dot = "1( '1T?@pB`E\0";

  function append(session: number, clock: number, writes: readonly InkWrite[]): string {
    return encodeAppendMessage({ session, clock, writes }, session)!;
  }

  test("are judged like any other update", async () => {
    const stage = await createStage(17);
    const own = ownSession(stage.room);
    // Also where the contact says that it is this page's own session.
    stage.tell([hello(false)], own);
    const before = stage.ann.session.digest();
    const start = { kind: "start", after: { client: own, clock: 2 ** 30 } } as const;
    const text = { kind: "text", text: dot } as const;
    for (const each of [
      append(SESSION, 0, [start, text]),
      append(SESSION, 0, [text]),
      append(own, 0, [{ kind: "start", after: undefined }, text]),
      append(own, stateOf(stage.ann.session.exportUpdate()!, own), [text]),
    ]) {
      stage.say(each);
      await stage.room.clock.advance(4000);
    }
    expect(stage.ann.session.digest()).toBe(before);
    expect(stage.ann.page.warnings.filter(({ message }) => message.startsWith("sync: refused"))).not.toEqual(
      [],
    );
    await expectUnharmed(stage);
  });

  test("far ahead, thousands of them, make this page neither busy nor loud", async () => {
    const stage = await createStage(18);
    const before = stage.sent();
    let longest = 0;
    for (let i = 0; i < 2000; i++) {
      longest = Math.max(longest, stage.say(append(SESSION, 2 ** 30 + i, [{ kind: "text", text: dot }])));
      await stage.room.clock.advance(10);
    }
    expect(longest).toBeLessThan(MAX_MS);
    expect(stage.sent() - before).toBeLessThan(20 / 0.4 + 10);
    expect(stage.noticed()).toEqual([]);
    await expectUnharmed(stage);
  });

  test("of nobody are asked for a hello, once a second however many there are", async () => {
    const stage = await createStage(19);
    acknowledge(stage);
    const other = append(999, 0, [
      { kind: "start", after: undefined },
      { kind: "text", text: dot },
    ]);
    const before = stage.sent();
    let longest = 0;
    for (let i = 0; i < 1000; i++) {
      longest = Math.max(longest, stage.say(other));
      await stage.room.clock.advance(10);
    }
    expect(longest).toBeLessThan(MAX_MS);
    expect(stage.sent() - before).toBeGreaterThan(0);
    expect(stage.sent() - before).toBeLessThan(16);
    await expectUnharmed(stage);
  });

  test("and an honest one that comes before its ground is drawn when that has come", async () => {
    const stage = await createStage(20);
    const first = append(SESSION, 0, [
      { kind: "start", after: undefined },
      { kind: "text", text: dot.slice(0, -1) },
    ]);
    const second = append(SESSION, dot.length, [{ kind: "text", text: "\0" }]);
    stage.say(second);
    expect(stage.room.seen("ann").length).toBe(4);
    stage.say(first);
    const [stroke] = stage.ann.session
      .board()!
      .items()
      .filter(({ client }) => client === SESSION);
    expect(stroke).toMatchObject({ ended: true, points: [{ x: 10, y: 20 }] });
  });
});

describe("updates that a page must not take, in messages", () => {
  test("leave the board as it was, whatever frame they come in", async () => {
    const stage = await createStage(15);
    const { session } = stage.ann;
    const own = ownSession(stage.room);
    const ownEnd = stateOf(session.exportUpdate()!, own);
    const mark = encodeMark({ kind: "clear", page: "", below: new Map([[own, 2 ** 31]]) });
    const updates = [
      section(own, ownEnd, { parent: "items", content: content.text() }),
      deletion(own, [0, ownEnd]),
      deletion(own, [ownEnd, 1000]),
      section(77, 0, { parent: "items", content: content.deleted(0) }),
      section(77, 0, { content: content.gc(30_000_000) }),
      section(77, 0, { parent: "secrets", content: content.text() }),
      section(77, 0, { parent: "items", content: content.type(1) }),
      section(77, 0, { parent: "marks", key: markKey(77, 0), content: content.binary(mark) }),
      section(77, 0, { parent: "marks", key: markKey(own, 0), content: content.binary(mark) }),
    ];
    const before = session.digest();
    for (const update of updates) {
      for (const frame of [
        { type: "update", update },
        { type: "diff", update, last: true },
      ] as Frame[]) {
        stage.tell([frame]);
        await stage.room.clock.advance(4000);
      }
    }
    expect(session.digest()).toBe(before);
    await expectUnharmed(stage);
  });

  test("and honest ones between them arrive", async () => {
    const stage = await createStage(16);
    const bad: Frame = { type: "update", update: new Uint8Array([1, 1, 1]) };
    const doc = new Y.Doc();
    doc.clientID = 777;
    Y.applyUpdate(doc, stage.ann.session.exportUpdate()!);
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    const [text] = doc.getArray<Y.Text>("items").toArray();
    doc.getArray("items").push([new Y.Text(text!.toJSON())]);
    stage.tell([bad, { type: "update", update: updates[0]! }, bad]);
    expect(stage.room.seen("ann").length).toBe(5);
    // Again, and much later again: nothing new.
    for (let i = 0; i < 5; i++) {
      stage.tell([{ type: "update", update: updates[0]! }]);
      await stage.room.clock.advance(20_000);
    }
    expect(stage.room.seen("ann").length).toBe(5);
  });
});
