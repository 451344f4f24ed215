import { expect, test } from "vitest";
import * as Y from "yjs";
import { translation } from "../../src/base/matrix.ts";
import type { ItemId } from "../../src/board/document/board.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import type { Contact } from "../../src/session.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { createPeer, drawn } from "../board/peers.ts";
import { createRoom } from "../support/room.ts";

const SESSION = 12_345;
const NO_HASH = { hi: 0, lo: 0 };

/**
 * Ann's page, to which bo shows that he moves a dot. What came of that then comes in the first of two chunks
 * of an answer, so it is held back.
 */
async function createStage() {
  const room = createRoom({ seed: 1, names: ["ann", "bo"] });
  const { session, page } = room.open("ann");
  await room.ready();
  const { onNetworkData } = page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
  const bo = createPeer(SESSION);
  let told = Y.encodeStateVector(bo.doc);
  const tell = (...frames: Frame[]): void => onNetworkData("bo", encodeMessage({ session: SESSION, frames }));
  /** What bo did since this was asked last. */
  const news = (): Uint8Array => {
    const update = Y.encodeStateAsUpdate(bo.doc, told);
    told = Y.encodeStateVector(bo.doc);
    return update;
  };
  const dot: ItemId = drawn(bo, 0);
  const digest = { writes: NO_HASH, deletions: NO_HASH };
  const tag = boardTagOf({ own: "ann", remotes: ["bo"] });
  tell({ type: "hello", tag, reply: false, state: new Map(), digest });
  tell({ type: "update", update: news() });
  const matrix = translation(60, 0);
  const clock = Y.getState(bo.doc.store, SESSION);
  tell({ type: "preview", revision: 0, clock, preview: { kind: "transform", ids: [dot], matrix } });
  await room.clock.advance(100);

  let known: readonly Contact[] = session.contacts();
  session.onChange(() => {
    known = session.contacts();
  });
  /** Where a page that knows what it was told shows the dot. */
  const place = (): number => {
    const item = session
      .board()!
      .items()
      .find(({ id }) => id === dot);
    if (item?.kind !== "stroke") throw new Error("The dot is gone.");
    const preview = known[0]!.preview;
    return item.points[0]!.x + (preview?.kind === "transform" ? preview.matrix.e : 0);
  };
  expect(place()).toBe(60);
  bo.board.transform([dot], matrix);
  tell({ type: "diff", update: news(), last: false });
  await room.clock.advance(100);
  expect(session.board()!.items()[0]).toMatchObject({ points: [{ x: 0 }] });
  expect(place()).toBe(60);
  drawn(bo, 5);
  return { room, tell, place, lastChunk: (): Frame => ({ type: "diff", update: news(), last: true }) };
}

test("[S5] [S14] when the last chunk shows what was held back, the preview of it goes", async () => {
  const { tell, place, lastChunk } = await createStage();
  tell(lastChunk());
  expect(place()).toBe(60);
});

test("[S5] [S14] the same when no more chunks come", async () => {
  const { room, place } = await createStage();
  for (let i = 0; i < 200; i++) {
    await room.clock.advance(10);
    expect(place()).toBe(60);
  }
});

test("[S5] [S14] an own change shows what was held back, and the preview of it goes", async () => {
  const { room, tell, place, lastChunk } = await createStage();
  room.dot("ann", 9);
  expect(place()).toBe(60);
  await room.clock.advance(100);
  expect(place()).toBe(60);
  tell(lastChunk());
  expect(place()).toBe(60);
});
