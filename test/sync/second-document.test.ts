import { describe, expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import { digestText, trackState } from "../../src/board/document/state.ts";
import { slotOfDocument } from "../../src/sync/wire/document-slot.ts";
import { openAppend } from "../../src/sync/wire/append-message.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { OpenDocument } from "../support/replicas.ts";
import { framesOf } from "../support/messages.ts";

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const sameAs = (one: OpenDocument, other: OpenDocument): boolean =>
  digestText(trackState(one.doc).digest()) === digestText(trackState(other.doc).digest());

describe("[S17] a second document", () => {
  test.each([0, 0.2])(
    "is kept in step beside the first, with clocks of its own, at loss %d",
    async (loss) => {
      const room = createReplicaRoom(["ann", "bo"], { loss });
      const [ann, bo] = [room.open("ann"), room.open("bo")];
      const [anns, bos] = [ann.add(7), bo.add(7)];
      await room.clock.advance(5000);
      for (let i = 0; i < 20; i++) {
        anns.dot(i);
        bos.dot(100 + i);
        if (i % 4 === 0) ann.first.dot(1000 + i);
        await room.clock.advance(200);
      }
      expect(await room.clock.runUntil(() => sameAs(anns, bos) && sameAs(ann.first, bo.first), 60_000)).toBe(
        true,
      );
      expect(sorted(bos.seen())).toEqual(sorted(anns.seen()));
      expect(bos.seen()).toHaveLength(40);
      expect(sorted(bo.first.seen())).toEqual([1000, 1004, 1008, 1012, 1016]);
      expect(ann.first.doc.clientID).toBe(anns.doc.clientID);
      expect(ann.first.state()).not.toEqual(anns.state());
    },
  );

  test("comes whole to who joins late, clears included", async () => {
    const room = createReplicaRoom(["ann", "bo"]);
    const ann = room.open("ann");
    const anns = ann.add(7);
    for (let i = 0; i < 30; i++) anns.dot(i);
    anns.board.board.clear();
    anns.dot(99);
    await room.clock.advance(3000);
    const bo = room.open("bo");
    const bos = bo.add(7);
    expect(await room.clock.runUntil(() => sameAs(anns, bos), 30_000)).toBe(true);
    expect(bos.seen()).toEqual([99]);
    expect(bo.first.seen()).toEqual([]);
  });

  test("is named by its appends and frames, and the first by none", async () => {
    const room = createReplicaRoom(["ann", "bo"]);
    const ann = room.open("ann");
    room.open("bo").add(7);
    const anns = ann.add(7);
    await room.clock.advance(5000);
    for (const document of [anns, ann.first]) document.dot(1);
    await room.clock.advance(2000);
    /** By its number, or the slot that an append has. */
    const documents = new Set<number | undefined>();
    room.world.onEvent((event) => {
      if (event.type !== "sent" || event.from !== "ann" || event.kind !== "data") return;
      const append = openAppend(event.text);
      if (append) documents.add(append.document);
      else for (const frame of framesOf(event.text)) documents.add(frame.document);
    });
    anns.dot(2);
    await room.clock.advance(300);
    expect([...documents]).toEqual([slotOfDocument(7)]);
    ann.first.dot(3);
    await room.clock.advance(300);
    expect([...documents]).toEqual([slotOfDocument(7), undefined]);
  });

  test("that a page does not keep changes nothing there, and is no offence", async () => {
    const room = createReplicaRoom(["ann", "bo"]);
    const ann = room.open("ann");
    const bo = room.open("bo");
    const anns = ann.add(7);
    await room.clock.advance(5000);
    const before = bo.first.state();
    for (let i = 0; i < 60; i++) {
      anns.dot(i);
      await room.clock.advance(200);
    }
    expect(bo.first.state()).toEqual(before);
    expect(bo.refusals()).toEqual([]);
    anns.closed();
    const bos = bo.add(7);
    anns.dot(999);
    await room.clock.advance(20_000);
    expect(bos.seen()).toEqual([]);
    expect(bo.refusals()).toEqual([]);
  });

  test("has previews of its own: they are not the first one's", async () => {
    const room = createReplicaRoom(["ann", "bo"]);
    const ann = room.open("ann");
    const bo = room.open("bo");
    bo.add(7);
    await room.clock.advance(5000);
    const session = ann.first.doc.clientID;
    const moved: Preview = { kind: "transform", ids: ["7.1"], matrix: translation(5, 0) };
    const shown = (): Preview | undefined => bo.replica.first().preview(bo.replica.links()[0]!);
    const tell = (revision: number, document?: number): void => {
      const frame: Frame = { type: "preview", revision, clock: 0, preview: moved };
      bo.replica.receive(
        "ann",
        encodeMessage({ session, frames: [document === undefined ? frame : { ...frame, document }] }),
      );
    };
    tell(5, 7);
    expect(shown()).toBeUndefined();
    tell(6);
    expect(shown()).toEqual(moved);
  });
});
