import { describe, expect, test } from "vitest";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { createReplicaRoom } from "../support/replicas.ts";

const DIGEST = { writes: { hi: 0, lo: 0 }, deletions: { hi: 0, lo: 0 } };
/** Another page of ann's, whose hello comes after that of the page that is open. */
const OTHER = 54_321;

describe("[S9] of two pages of one contact", () => {
  /** Bo's page, to which ann's two pages speak; which of them counts there. */
  async function createStage() {
    const room = createReplicaRoom(["ann", "bo"]);
    const [ann, bo] = [room.open("ann"), room.open("bo")];
    await room.clock.advance(8000);
    const tell = (frame: Frame): void =>
      bo.replica.receive("ann", encodeMessage({ session: OTHER, frames: [frame] }));
    const tag = boardTagOf({ own: "ann", remotes: ["bo"] });
    tell({ type: "hello", tag, reply: false, state: new Map(), digest: DIGEST });
    const counts = (): number | undefined => bo.replica.links()[0]!.session();
    expect(counts()).toBe(OTHER);
    return { room, first: ann.first.doc.clientID, bo: bo.first.doc.clientID, tell, counts };
  }

  test("the one that hears this page counts, where three signs of life show that the newer one does not", async () => {
    const { room, first, tell, counts } = await createStage();
    for (let i = 0; i < 2; i++) tell({ type: "digest", digest: DIGEST, next: 60, clock: 0, acks: [] });
    await room.clock.advance(40_000);
    expect(counts()).toBe(OTHER);
    tell({ type: "digest", digest: DIGEST, next: 60, clock: 0, acks: [] });
    await room.clock.advance(40_000);
    expect(counts()).toBe(first);
  });

  test("the newer one counts as long as it hears this page now and then", async () => {
    const { room, bo, tell, counts } = await createStage();
    for (let i = 0; i < 12; i++) {
      const acks: [number, number][] = i % 3 === 2 ? [[bo, 0]] : [];
      tell({ type: "digest", digest: DIGEST, next: 60, clock: 0, acks });
      await room.clock.advance(20_000);
      expect(counts()).toBe(OTHER);
    }
  });
});
