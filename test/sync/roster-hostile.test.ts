/*
 * A contact that lies about documents: nothing is made of it, nothing is loaded for it without end, and what is
 * said in return stays little.
 */
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/board/document/limits.ts";
import type { StateDigest } from "../../src/board/document/state.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { framesOf } from "../support/messages.ts";
import { openPerson, pageNumber } from "../support/paged-replicas.ts";
import type { Person } from "../support/paged-replicas.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { ReplicaRoom } from "../support/replicas.ts";
import { rawMessage } from "./hostile-stage.ts";

const PAGES = [1, 2, 3].map((n) => pageNumber(0xdead_beef, n));
const digestOf = (n: number): StateDigest => ({ writes: { hi: n, lo: n }, deletions: { hi: 0, lo: 0 } });

interface Stage {
  readonly room: ReplicaRoom;
  readonly ann: Person;
  /** In the name of bo's page, which has gone without a word; whether all of it was read. */
  tell(...frames: Frame[]): void;
  /** What ann's page said since, by its frames' types. */
  said(): string[];
}

async function createStage(): Promise<Stage> {
  const room = createReplicaRoom(["ann", "bo"]);
  const ann = openPerson(room, "ann", PAGES);
  for (const [i, page] of PAGES.entries()) ann.store(page, [i]);
  const bo = openPerson(room, "bo", PAGES);
  await room.clock.advance(30_000);
  bo.page.kill();
  const session = bo.first.doc.clientID;
  const sent: string[] = [];
  room.world.onEvent((event) => {
    if (event.type === "sent" && event.from === "ann" && event.kind === "data")
      sent.push(...framesOf(event.text).map(({ type }) => type));
  });
  return {
    room,
    ann,
    tell: (...frames) => ann.replica.receive("bo", encodeMessage({ session, frames })),
    said: () => sent.splice(0),
  };
}

const count = (all: readonly string[], type: string): number => all.filter((each) => each === type).length;
/** It is there: nothing else is the same. */
const beat: Frame = { type: "digest", digest: digestOf(0), next: 5, clock: 0, acks: [] };

describe("[S19] [S11] a contact that", () => {
  test("lists a thousand documents that nobody made makes nothing", async () => {
    const { room, ann, tell, said } = await createStage();
    const loaded = ann.loaded.length;
    for (let i = 0; i < 60; i++) {
      for (const isFirst of [true, false])
        tell({
          type: "roster",
          isFirst,
          entries: Array.from({ length: 500 }, (_, k) => [5_000_000 + k, digestOf(i + k)] as const),
        });
      await room.clock.advance(1000);
    }
    expect(ann.loaded).toHaveLength(loaded);
    expect(new Set(ann.pages().keys())).toEqual(new Set(PAGES));
    expect(count(said(), "request")).toBe(0);
    expect(ann.refusals()).toEqual([]);
  });

  test("lies about what it has of a page is asked ever more rarely, and others have their turn", async () => {
    const { room, ann, tell, said } = await createStage();
    const loaded = ann.loaded.length;
    const lies = (i: number): Frame => ({
      type: "roster",
      isFirst: true,
      entries: PAGES.map((page, k) => [page, digestOf(1000 * i + k)] as const),
    });
    for (let i = 0; i < 600; i++) {
      tell(lies(i), beat);
      await room.clock.advance(1000);
    }
    const asked = said();
    expect(count(asked, "request")).toBeLessThan(130);
    expect(ann.loaded.length - loaded).toBeLessThan(25);
    expect(new Set(ann.loaded.slice(loaded)).size).toBe(PAGES.length);
    expect(ann.most()).toBe(1);
    for (let i = 600; i < 900; i++) {
      tell(lies(i), beat);
      await room.clock.advance(1000);
    }
    expect(count(said(), "request")).toBeLessThan(30);
  });

  test("tells sums that nothing makes is asked ever more rarely", async () => {
    const { room, tell, said } = await createStage();
    for (let i = 0; i < 600; i++) {
      tell(beat, { type: "roster-sum", sum: { hi: i, lo: 7 } });
      await room.clock.advance(1000);
    }
    expect(count(said(), "roster-request")).toBeLessThan(25);
  });

  test("asks for the list without end gets it now and then", async () => {
    const { room, tell, said } = await createStage();
    for (let i = 0; i < 2000; i++) {
      tell({ type: "roster-request" }, { type: "roster-request" });
      await room.clock.advance(10);
    }
    expect(count(said(), "roster")).toBeLessThan(16);
  });

  test("asks for everything of very many documents, or says things of them, makes no page busy", async () => {
    const { room, ann, tell, said } = await createStage();
    const loaded = ann.loaded.length;
    for (let i = 0; i < 1000; i++) {
      const document = 10_000_000 + i;
      tell(
        { type: "request", what: "all", state: new Map(), digest: digestOf(i), document },
        { type: "update", update: new Uint8Array([0, 9, i % 256]), document },
        { type: "digest", digest: digestOf(i), next: 9, clock: 0, acks: [], document },
      );
      await room.clock.advance(10);
    }
    expect(ann.loaded).toHaveLength(loaded);
    expect(count(said(), "diff")).toBe(0);
    expect(ann.refusals()).toEqual([]);
    // So many questions are kept, the latest ones.
    const kept = Array.from({ length: 20 }, (_, i) => pageNumber(7, i));
    for (const document of kept)
      tell({ type: "request", what: "all", state: new Map(), digest: digestOf(1), document });
    for (const document of kept) {
      ann.add(document, { hidden: true });
      await room.clock.advance(50);
    }
    await room.clock.advance(500);
    const answers = count(said(), "digest");
    expect(answers).toBeGreaterThanOrEqual(LIMITS.parkedQuestions.takes);
    expect(answers).toBeLessThan(LIMITS.parkedQuestions.takes + 4);
  });

  test("asks about a page again and again makes it come into memory, and go again", async () => {
    const { room, ann, tell, said } = await createStage();
    for (let i = 0; i < 300; i++) {
      for (const document of PAGES)
        tell({ type: "request", what: "all", state: new Map(), digest: digestOf(i), document });
      await room.clock.advance(100);
    }
    expect(ann.most()).toBe(1);
    expect(count(said(), "diff")).toBeLessThan(60);
    await room.clock.advance(60_000);
    expect(ann.told.at(-1)?.[0]).toBe("settled");
    expect(new Set(ann.told.map(([, number]) => number))).toEqual(new Set(PAGES));
  });

  test("says a list that no page says is counted: documents twice, too many, or cut", async () => {
    const { ann } = await createStage();
    const entry = [...new Uint8Array(16)];
    const bad: number[][] = [
      [1, 2, 5, ...entry, 0, ...entry],
      [1, 1, 0, ...entry],
      [1, 0x81, 0x04],
      [1, 1, 5, ...entry.slice(1)],
      [],
    ];
    expect(ann.refusals()).toEqual([]);
    for (const content of bad) ann.replica.receive("bo", rawMessage([[12, Uint8Array.from(content)]]));
    ann.replica.receive("bo", rawMessage([[10, new Uint8Array(7)]]));
    expect(ann.refusals()).toHaveLength(bad.length + 1);
  });
});
