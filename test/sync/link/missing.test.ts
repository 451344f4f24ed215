import { expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { writersOf } from "../../../src/board/document/state.ts";
import { createMissing } from "../../../src/sync/link/missing.ts";
import { createPeer as createCopy } from "../../../src/sync/link/peer.ts";
import { createPeer, draw, drawn, HEADER, points, sync } from "../../board/peers.ts";
import type { Peer } from "../../board/peers.ts";

/** Counts what a contact lacks of a board, and by how many questions. */
function createStage(own: Peer) {
  let questions = 0;
  const copy = createCopy((client) => missing.changed(client));
  const missing = createMissing({
    doc: own.doc,
    has: copy.has,
    strokesBeyond(client, clock) {
      questions++;
      return own.strokesBeyond(client, clock);
    },
  });
  own.doc.on("update", (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, change: Y.Transaction) => {
    for (const client of writersOf(change)) missing.changed(client);
  });
  return {
    copy,
    count: () => missing.count(),
    credit: (client: number, clock: number) =>
      copy.credit([[client, clock]], (session) => Y.getState(own.doc.store, session)),
    asked(): number {
      const since = questions;
      questions = 0;
      return since;
    },
  };
}

/** The same by going through everything. */
function counted(
  own: Peer,
  has: (client: number) => number,
): ReturnType<ReturnType<typeof createStage>["count"]> {
  const lacking = [...own.doc.store.clients.keys()].filter(
    (client) => has(client) < Y.getState(own.doc.store, client),
  );
  return {
    hasEverything: lacking.length === 0,
    missingStrokes: lacking.reduce((sum, client) => sum + own.strokesBeyond(client, has(client)), 0),
  };
}

test("[S10] what a contact lacks is the same as by going through everything, whatever happens", () => {
  const prng = createPrng(3);
  const own = createPeer(1);
  const others = [createPeer(2), createPeer(3), createPeer(4)];
  drawn(others[0]!, 1);
  sync(others[0]!, own);
  const stage = createStage(own);
  const clients = [1, 2, 3, 4];
  for (let i = 0; i < 600; i++) {
    const other = others[prng.below(3)]!;
    const deed = prng.below(8);
    if (deed === 0) drawn(own, i);
    else if (deed === 1) drawn(other, i);
    else if (deed === 2) {
      const writer = other.board.startStroke(HEADER);
      writer.add(points(i));
      other.flush();
      if (prng.chance(0.5)) sync(other, own);
      writer.add(points(i, i + 1));
      writer.end();
    } else if (deed === 3) own.board.clear();
    else if (deed === 4) sync(other, own);
    else if (deed === 5 && prng.chance(0.1)) stage.copy.reset();
    else {
      const client = clients[prng.below(4)]!;
      // Now and then it claims more than there is.
      stage.credit(client, prng.below(Y.getState(own.doc.store, client) + 2));
    }
    // Not after each: several changes of one session are counted as one.
    if (i % 2 === 0) continue;
    expect(stage.count()).toEqual(counted(own, stage.copy.has));
  }
  for (const client of clients) stage.credit(client, Y.getState(own.doc.store, client));
  expect(stage.count()).toEqual({ hasEverything: true, missingStrokes: 0 });
});

test("[S10] only what changed is counted anew", () => {
  const own = createPeer(1);
  for (let client = 2; client < 200; client++) {
    const other = createPeer(client);
    draw(other.board, client);
    sync(other, own);
  }
  const stage = createStage(own);
  expect(stage.count().missingStrokes).toBe(198);
  stage.asked();
  stage.count();
  expect(stage.asked()).toBe(0);
  drawn(own, 7);
  stage.credit(100, 2);
  expect(stage.count().missingStrokes).toBe(199);
  expect(stage.asked()).toBe(2);
});
