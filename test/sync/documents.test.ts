import { describe, expect, test } from "vitest";
import { translation } from "../../src/base/matrix.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { content, section } from "../board/guard/raw-update.ts";
import { framesOf } from "../support/messages.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { OpenDocument, ReplicaPage, ReplicaRoom } from "../support/replicas.ts";

const NUMBER = 7;
const NAMES = ["ann", "bo", "cy"];

interface Three {
  readonly room: ReplicaRoom;
  readonly pages: ReplicaPage[];
  /** Everybody's second document. */
  readonly seconds: ReturnType<ReplicaPage["add"]>[];
}

async function three(loss = 0): Promise<Three> {
  const room = createReplicaRoom(NAMES, { loss });
  const pages = NAMES.map((name) => room.open(name));
  const seconds = pages.map((page) => page.add(NUMBER));
  await room.clock.advance(8000);
  return { room, pages, seconds };
}

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

function areEqual(documents: readonly OpenDocument[]): boolean {
  const [first, ...others] = documents.map((each) =>
    JSON.stringify([[...each.state()].sort(([a], [b]) => a - b), sorted(each.seen())]),
  );
  return others.every((other) => other === first);
}

/** Frames in the name of a page. */
function tell(to: ReplicaPage, name: string, from: ReplicaPage, frame: Frame): void {
  to.replica.receive(name, encodeMessage({ session: from.first.doc.clientID, frames: [frame] }));
}

describe("[S17] a second document among three", () => {
  test("carries ink and clears of anybody, and the first knows nothing of it", async () => {
    const { room, pages, seconds } = await three();
    pages[2]!.first.dot(1000);
    for (let i = 0; i < 9; i++) {
      seconds[i % 3]!.dot(i);
      await room.clock.advance(300);
    }
    await room.clock.advance(1000);
    for (const each of seconds) expect(sorted(each.seen())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    seconds[1]!.board.board.clear();
    await room.clock.advance(1000);
    for (const each of seconds) expect(each.seen()).toEqual([]);
    for (const { first } of pages) expect(first.seen()).toEqual([1000]);
    expect(areEqual(seconds)).toBe(true);
  });

  test("becomes equal while a fifth of everything is lost, and so does the first", async () => {
    const { room, pages, seconds } = await three(0.2);
    for (let x = 0; x < 30; x++) {
      for (const each of seconds) each.dot(x);
      for (const { first } of pages) first.dot(500 + x);
      if (x === 15) seconds[0]!.board.board.clear();
      await room.clock.advance(230);
    }
    const firsts = pages.map(({ first }) => first);
    expect(await room.clock.runUntil(() => areEqual(seconds) && areEqual(firsts), 60_000)).toBe(true);
    expect(firsts[0]!.seen()).toHaveLength(90);
    expect(seconds[0]!.seen().length).toBeGreaterThan(0);
    expect(seconds[0]!.seen().length).toBeLessThan(90);
    for (const page of pages) expect(page.refusals()).toEqual([]);
  });

  test("comes whole to who joins two others late", async () => {
    const room = createReplicaRoom(NAMES);
    const [ann, bo] = [room.open("ann"), room.open("bo")];
    const [anns, bos] = [ann.add(NUMBER), bo.add(NUMBER)];
    await room.clock.advance(5000);
    for (let x = 0; x < 60; x++) anns.dot(x);
    await room.clock.advance(5000);
    bos.board.board.clear();
    bos.dot(99);
    bo.first.dot(5);
    await room.clock.advance(5000);
    const cy = room.open("cy");
    const cys = cy.add(NUMBER);
    expect(await room.clock.runUntil(() => areEqual([anns, bos, cys]), 60_000)).toBe(true);
    expect(cys.seen()).toEqual([99]);
    expect(await room.clock.runUntil(() => cy.first.seen().length === 1, 60_000)).toBe(true);
  });

  test("stops where it is removed: nothing leaves, nothing comes in, the others and the first go on", async () => {
    const { room, pages, seconds } = await three();
    const [anns, bos, cys] = seconds;
    anns!.dot(1);
    await room.clock.advance(2000);
    bos!.closed();
    const documents = new Set<number | undefined>();
    room.world.onEvent((event) => {
      if (event.type === "sent" && event.from === "bo" && event.kind === "data")
        for (const { document } of framesOf(event.text)) documents.add(document);
    });
    anns!.dot(2);
    bos!.dot(3);
    pages[0]!.first.dot(4);
    await room.clock.advance(60_000);
    expect([anns, bos, cys].map((each) => sorted(each!.seen()))).toEqual([
      [1, 2],
      [1, 3],
      [1, 2],
    ]);
    expect(pages[1]!.first.seen()).toEqual([4]);
    expect([...documents]).toEqual([undefined]);
    expect(pages[1]!.refusals()).toEqual([]);
  });
});

describe("[S17] a frame about a document", () => {
  test("[S14] shows no preview of the second on the first", async () => {
    const { pages } = await three();
    const [ann, bo] = pages;
    const [link] = ann!.replica.links();
    const preview = { kind: "transform", ids: ["7.1"], matrix: translation(3, 0) } as const;
    tell(ann!, "bo", bo!, { type: "preview", revision: 1, clock: 0, preview, document: NUMBER });
    expect(ann!.replica.first().preview(link!)).toBeUndefined();
    tell(ann!, "bo", bo!, { type: "preview", revision: 2, clock: 0, preview });
    expect(ann!.replica.first().preview(link!)).toMatchObject(preview);
  });

  test("that is not kept here changes nothing, is answered with nothing and is no offence", async () => {
    const { room, pages } = await three();
    const [ann, bo] = pages;
    ann!.first.dot(1);
    await room.clock.advance(60_000);
    const digest = { writes: { hi: 5, lo: 5 }, deletions: { hi: 0, lo: 0 } };
    const rubbish = new Uint8Array([9, 9, 9]);
    const ink = section(123_456, 0, { parent: "items", content: content.text() });
    const [client] = [ann!.first.doc.clientID];
    const frames: Frame[] = [
      { type: "update", update: ink },
      { type: "update", update: rubbish },
      { type: "diff", update: ink, last: false },
      { type: "diff", update: rubbish, last: true },
      { type: "digest", digest, next: 5, clock: 99, acks: [[123_456, 50]] },
      { type: "request", what: "all", state: new Map(), digest },
      { type: "request", what: "writes", isOwn: false, ranges: [{ client, from: 0, to: 5 }] },
    ];
    const sent: string[] = [];
    room.world.onEvent((event) => {
      if (event.type === "sent" && event.from === "ann" && event.kind === "data")
        sent.push(...framesOf(event.text).map(({ type }) => type));
    });
    const before = ann!.first.state();
    for (const document of [1, NUMBER + 1, 2 ** 32 - 1])
      for (const frame of frames) tell(ann!, "bo", bo!, { ...frame, document });
    await room.clock.advance(4000);
    expect(ann!.first.state()).toEqual(before);
    expect(sent.filter((type) => type !== "digest")).toEqual([]);
    expect(ann!.refusals()).toEqual([]);
    // The same about a document that is kept is an offence.
    tell(ann!, "bo", bo!, { type: "update", update: rubbish, document: NUMBER });
    expect(ann!.refusals()).toHaveLength(1);
  });
});
