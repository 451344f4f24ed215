/*
 * A clear and an eraser while an answer is still coming in, on both messengers: what the person saw goes, also
 * what another has erased by then, and what the answer had brought and was not shown yet stays.
 */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import type { HostHandlers } from "../../src/env/host.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import type { HostVersion } from "../../src/simulator/chat.ts";
import { createPeer, draw, seen } from "../board/peers.ts";
import { inkOn } from "../support/ink.ts";
import { createRoom } from "../support/room.ts";

const SESSION = 12_345;
const NO_HASH = { hi: 0, lo: 0 };
const HOSTS: readonly HostVersion[] = ["0.9.19", "next"];

/**
 * Ann sees bo's second and third stroke; in half of an answer his first, which he had erased, is back, and the
 * third is gone.
 */
async function createStage(host: HostVersion) {
  const room = createRoom({ seed: 1, names: ["ann", "bo"], host });
  const { session, page } = room.open("ann");
  await room.ready();
  const { onNetworkData } = page.globals.SpixiAppSdk as { onNetworkData: HostHandlers["data"] };
  const bo = createPeer(SESSION);
  let told = Y.encodeStateVector(bo.doc);
  const tell = (...frames: Frame[]): void =>
    onNetworkData(page.view.shown("bo"), encodeMessage({ session: SESSION, frames }));
  const news = (): Uint8Array => {
    const update = Y.encodeStateAsUpdate(bo.doc, told);
    told = Y.encodeStateVector(bo.doc);
    return update;
  };
  const digest = { writes: NO_HASH, deletions: NO_HASH };
  const tag = boardTagOf({ own: "ann", remotes: ["bo"] });
  tell({ type: "hello", tag, reply: false, state: new Map(), digest });
  for (const x of [1, 2, 3]) draw(bo.board, x);
  bo.board.erase([bo.board.items()[0]!.id]);
  tell({ type: "update", update: news() });
  await room.clock.advance(100);
  const shown = (): number[][] =>
    inkOn(session.board()).map(({ points }) => points.map(({ x }) => Math.round(x)));
  expect(shown()).toEqual([[2], [3]]);
  bo.board.history.undo();
  draw(bo.board, 4);
  bo.board.erase([bo.board.items()[2]!.id]);
  tell({ type: "diff", update: news(), last: false });
  await room.clock.advance(100);
  expect(shown()).toEqual([[2], [3]]);
  /** The rest of the answer; what bo has, and gets of ann. */
  const finish = async (): Promise<void> => {
    draw(bo.board, 5);
    tell({ type: "diff", update: news(), last: true });
    await room.clock.advance(100);
  };
  const boSees = (): number[][] => {
    Y.applyUpdate(bo.doc, session.exportUpdate()!);
    return seen(bo);
  };
  /** Bo takes back that he erased his third stroke. */
  const boUndoes = async (): Promise<void> => {
    boSees();
    bo.board.history.undo();
    bo.board.history.undo();
    tell({ type: "update", update: news() });
    await room.clock.advance(100);
  };
  return { board: session.board()!, shown, finish, boSees, boUndoes };
}

describe.each(HOSTS)("a clear while an answer is coming in, on messenger %s", (host) => {
  test("hides what was seen and spares what was not, on both boards", async () => {
    const { board, shown, finish, boSees, boUndoes } = await createStage(host);
    expect(board.clear()).toBe(true);
    await finish();
    expect(shown()).toEqual([[1], [4], [5]]);
    expect(boSees()).toEqual([[1], [4], [5]]);
    await boUndoes();
    expect(shown()).toEqual([[1], [4]]);
    expect(boSees()).toEqual([[1], [4]]);
  });

  test("an eraser takes what was seen, and what it was not over stays away only as long as bo wants it", async () => {
    const { board, shown, finish, boSees, boUndoes } = await createStage(host);
    expect(board.erase([board.items()[1]!.id])).toBe(true);
    await finish();
    await boUndoes();
    expect(shown()).toEqual([[1], [2], [4]]);
    expect(boSees()).toEqual([[1], [2], [4]]);
  });

  test("is taken back but for what bo had erased", async () => {
    const { board, shown, finish, boSees } = await createStage(host);
    board.clear();
    await finish();
    expect(board.undoClear()).toBe("partly");
    expect(shown()).toEqual([[1], [2], [4], [5]]);
    expect(boSees()).toEqual([[1], [2], [4], [5]]);
  });
});
