import * as Y from "yjs";
import { describe, expect, test } from "vitest";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { causalChunks } from "../../src/board/document/chunks.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import { slotOf } from "../../src/board/document/slot.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { framesOf } from "../support/messages.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { ReplicaPage, ReplicaRoom } from "../support/replicas.ts";

const NO_DIGEST = { writes: { hi: 0, lo: 0 }, deletions: { hi: 0, lo: 0 } };

interface Three {
  readonly room: ReplicaRoom;
  readonly ann: ReplicaPage;
  readonly bo: ReplicaPage;
  readonly cy: ReplicaPage;
}

async function three(): Promise<Three> {
  const room = createReplicaRoom(["ann", "bo", "cy"]);
  const [ann, bo, cy] = [room.open("ann"), room.open("bo"), room.open("cy")];
  await room.clock.advance(8000);
  return { room, ann, bo, cy };
}

/** Cy gets a frame in ann's name. */
function tell({ ann, cy }: Three, frame: Frame): void {
  cy.replica.receive("ann", encodeMessage({ session: ann.first.doc.clientID, frames: [frame] }));
}

/** The frames that a page sends from now on, of one type. */
function sentBy(room: ReplicaRoom, name: string, type: Frame["type"]): Frame[] {
  const frames: Frame[] = [];
  let last = "";
  room.world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data" || event.from !== name || event.text === last) return;
    last = event.text;
    frames.push(...framesOf(event.text).filter((frame) => frame.type === type));
  });
  return frames;
}

describe("[S16] what is for somebody else", () => {
  test("is applied where it helps: a diff", async () => {
    const people = await three();
    const { room, ann, bo, cy } = people;
    room.world.network.block("ann", "cy");
    ann.first.dot(1);
    await room.clock.advance(200);
    const [update] = causalChunks(ann.first.doc, new Map(), false);
    expect(cy.first.seen()).toEqual([]);
    tell(people, { type: "diff", update: update!, last: true, to: slotOf(bo.first.doc.clientID) });
    expect(cy.first.seen()).toEqual([1]);
  });

  test("is no offence, no gap and no reason to ask or to wait, whatever it says", async () => {
    const people = await three();
    const { room, ann, bo, cy } = people;
    const asked = sentBy(room, "cy", "request");
    const before = cy.first.state();
    const other = new Y.Doc();
    other.clientID = 999;
    other.getArray("items").push([new Y.Text("x")]);
    const late = Y.encodeStateAsUpdate(other);
    other.getArray("items").push([new Y.Text("y")]);
    const early = Y.diffUpdate(Y.encodeStateAsUpdate(other), Y.encodeStateVectorFromUpdate(late));
    const to = slotOf(bo.first.doc.clientID);
    for (let i = 0; i < 40; i++) {
      for (const update of [new Uint8Array([9, 9, i]), early, new Uint8Array(0)])
        tell(people, { type: "diff", update, last: i % 2 === 0, to });
      tell(people, { type: "request", what: "all", state: new Map([[5, 5]]), digest: NO_DIGEST, to });
      tell(people, {
        type: "request",
        what: "writes",
        isOwn: true,
        ranges: [{ client: 0, from: 0, to: 9 }],
        to,
      });
    }
    await room.clock.advance(700);
    expect(cy.refusals()).toEqual([]);
    expect(cy.first.state()).toEqual(before);
    expect(asked).toEqual([]);
    // The same for cy counts.
    for (let i = 0; i < 3; i++)
      tell(people, {
        type: "diff",
        update: new Uint8Array([9, 9, i]),
        last: true,
        to: slotOf(cy.first.doc.clientID),
      });
    expect(cy.refusals()).toHaveLength(3);
    expect(ann.refusals()).toEqual([]);
  });

  test("is not applied again: what is known costs one look", async () => {
    const people = await three();
    const { room, ann, bo, cy } = people;
    for (let i = 0; i < 200; i++) ann.first.dot(i);
    await room.clock.runUntil(() => cy.first.seen().length === 200, 30_000);
    let transactions = 0;
    cy.first.doc.on("beforeTransaction", () => transactions++);
    for (const update of causalChunks(ann.first.doc, new Map(), false))
      tell(people, { type: "diff", update, last: false, to: slotOf(bo.first.doc.clientID) });
    expect(transactions).toBe(0);
  });

  test("[S4] a question covers who lacks the same: few ask, and one answer serves all", async () => {
    const names = ["ann", "bo", "cy", "di", "ed", "fi"];
    const room = createReplicaRoom(names);
    const [ann, ...others] = names.map((name) => room.open(name));
    await room.clock.advance(8000);
    const asked = names.slice(1).map((name) => sentBy(room, name, "request"));
    const answers = sentBy(room, "ann", "update");
    const ROUNDS = 8;
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of names.slice(1)) room.world.network.block("ann", name);
      ann!.first.dot(round);
      await room.clock.advance(400);
      for (const name of names.slice(1)) room.world.network.unblock("ann", name);
      await room.clock.advance(8000);
    }
    const all = Array.from({ length: ROUNDS }, (_, i) => i);
    for (const { first } of others) expect(first.seen()).toEqual(all);
    // Each alone would ask, and be answered, five times as often.
    expect(asked.flat().length).toBeLessThanOrEqual(2 * ROUNDS);
    expect(answers.length).toBeLessThanOrEqual(3 * ROUNDS);
  });
});

test("[S8] a session that is one contact's is no other's", async () => {
  const people = await three();
  const { ann, bo, cy } = people;
  const stolen = bo.first.doc.clientID;
  const hello: Frame = {
    type: "hello",
    tag: boardTagOf({ own: "cy", remotes: ["ann", "bo"] }),
    reply: false,
    state: undefined,
    digest: NO_DIGEST,
  };
  cy.replica.receive("ann", encodeMessage({ session: stolen, frames: [hello] }));
  const [annAtCy, boAtCy] = cy.replica.links();
  expect(annAtCy!.session()).toBe(ann.first.doc.clientID);
  expect(annAtCy!.knows(stolen)).toBe(false);
  expect(boAtCy!.knows(stolen)).toBe(true);
});
