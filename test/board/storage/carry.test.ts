import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createPrng } from "../../../src/base/prng.ts";
import { boardIdOf } from "../../../src/board/storage/board-id.ts";
import { openBoardRegister } from "../../../src/board/storage/board-register.ts";
import { createCarry } from "../../../src/board/storage/carry.ts";
import type { Carry, CarryTrouble } from "../../../src/board/storage/carry.ts";
import { assignClient, createDocument, rootsOf } from "../../../src/board/document/document.ts";
import { createGuard } from "../../../src/board/guard/guard.ts";
import { SIZE_LIMITS } from "../../../src/board/document/size.ts";
import type { AnsweredOffer, KnownBoard } from "../../../src/board/storage/register-codec.ts";
import type { Participants } from "../../../src/env/host.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { stateVectorOf } from "../../../src/board/document/state.ts";
import { storedValues } from "../../support/stored-values.ts";
import { createFakeStorage } from "../../support/fake-storage.ts";
import type { FakeStorage } from "../../support/fake-storage.ts";

const CHAT: Participants = { own: "ann", remotes: ["bo"] };
const GROUP: Participants = { own: "ann", remotes: ["bo", "cy"] };
const DURABLE_MS = 6000;

function drawIn(doc: Y.Doc, ...inks: readonly string[]): Y.Doc {
  rootsOf(doc).items.push(inks.map((ink) => new Y.Text(ink)));
  return doc;
}

function storeBoard({ files }: FakeStorage, participants: Participants, doc: Y.Doc): void {
  const boardId = boardIdOf(participants);
  for (const { table, key, value } of storedValues(doc, boardId)) files.set(table, key, value);
}

/** What `doc` lacks: all in one, or where small pieces are asked for, session by session. */
function piecesOf(old: Y.Doc, doc: Y.Doc, bytes: number | undefined): Uint8Array[] {
  const [there, here] = [stateVectorOf(old), stateVectorOf(doc)];
  const updateFrom = (known: ReadonlyMap<number, number>): Uint8Array =>
    Y.encodeStateAsUpdate(old, Y.encodeStateVector(new Map(known)));
  if (bytes === undefined) return [updateFrom(here)];
  return [...there.keys()].map((client) => updateFrom(new Map([...there, [client, here.get(client) ?? 0]])));
}

/** A device that knows the chat; `open` opens the group on it. */
async function createDevice(seed: number) {
  const clock = createSimulatedClock();
  const prng = createPrng(seed);
  const storage = createFakeStorage(clock, prng);
  const elsewhere = createFakeStorage(clock, prng);
  const log = { warn: () => undefined };
  const env = { clock, storage, otherStorages: [elsewhere], log };

  async function settled<T>(promise: Promise<T>): Promise<T> {
    let result: { value: T } | undefined;
    void promise.then((value) => (result = { value }));
    await clock.runUntil(() => result !== undefined, 10_000);
    return result!.value;
  }
  const registered = async () => (await settled(openBoardRegister(env)))!;
  (await registered()).record({ board: { participants: CHAT, holdsSomething: true } });

  const troubles: CarryTrouble[] = [];
  const page = { isStored: true, copies: 0, isShowing: true, areOthersWhole: true };
  async function open(): Promise<{ doc: Y.Doc; carry: Carry; seen: () => string[] }> {
    const doc = createDocument();
    const guard = createGuard({ doc, onWedged: () => undefined });
    guard.setOwnClient(assignClient(doc, () => prng.uint32()));
    const carry = createCarry({
      env,
      participants: GROUP,
      doc,
      guard,
      pieces: (old, bytes) => piecesOf(old, doc, bytes),
      copyFurther: async () => page.areOthersWhole,
      noting: {
        register: openBoardRegister(env),
        state: () => ({ holdsSomething: page.isShowing && rootsOf(doc).items.length > 0 }),
      },
      isStored: () => page.isStored,
      changed: () => undefined,
      copied: () => void page.copies++,
      trouble: (what) => troubles.push(what),
    });
    await clock.advance(500);
    const seen = (): string[] => rootsOf(doc).items.toArray().map(String).sort();
    return { doc, carry, seen };
  }
  const answers = async (): Promise<readonly AnsweredOffer[]> => (await registered()).content().answers;
  const boards = async (): Promise<readonly KnownBoard[]> => (await registered()).content().boards;
  return { clock, storage, elsewhere, page, troubles, open, answers, boards };
}

test("that a part of the further pages is not there is told, as of the first one", async () => {
  const { clock, storage, page, troubles, open, answers } = await createDevice(9);
  storeBoard(storage, CHAT, drawIn(createDocument(), "ink"));
  const { carry, seen } = await open();
  page.areOthersWhole = false;
  carry.answer(true);
  await clock.advance(2 * DURABLE_MS);
  expect([seen(), troubles, (await answers()).length]).toEqual([["ink"], ["partly"], 1]);
});

describe("an answer", () => {
  test("is recorded when what it brought is stored, and not before", async () => {
    const { clock, storage, page, open, answers, boards } = await createDevice(1);
    storeBoard(storage, CHAT, drawIn(createDocument(), "ink"));
    const { carry, seen } = await open();
    page.isStored = false;
    carry.answer(true);
    await clock.advance(5 * DURABLE_MS);
    expect(seen()).toEqual(["ink"]);
    carry.flush();
    expect(await answers()).toEqual([]);
    page.isStored = true;
    await clock.advance(DURABLE_MS);
    expect(await answers()).toEqual([{ from: boardIdOf(CHAT), to: boardIdOf(GROUP) }]);
    expect((await boards()).map(({ participants }) => participants)).toEqual([GROUP, CHAT]);
    expect(page.copies).toBe(1);
    carry.close();
  });

  test("of a page that closes while the old board is read changes nothing", async () => {
    const { clock, storage, page, open, answers } = await createDevice(2);
    storeBoard(storage, CHAT, drawIn(createDocument(), "ink"));
    const { carry, seen } = await open();
    carry.answer(true);
    carry.close();
    await clock.advance(DURABLE_MS);
    expect({ seen: seen(), copies: page.copies, answers: await answers() }).toEqual({
      seen: [],
      copies: 0,
      answers: [],
    });
  });

  test("counts once, and only while there is a question", async () => {
    const { clock, open, answers } = await createDevice(3);
    const { carry } = await open();
    carry.answer(false);
    carry.answer(true);
    await clock.advance(DURABLE_MS);
    expect(await answers()).toHaveLength(1);
    const again = await open();
    expect(again.carry.offer()).toBeUndefined();
    again.carry.answer(true);
    expect(again.seen()).toEqual([]);
  });
});

describe("the copy", () => {
  test("is of all places where the old board may be on this device", async () => {
    const { clock, storage, elsewhere, open, troubles } = await createDevice(4);
    storeBoard(storage, CHAT, drawIn(createDocument(), "here"));
    storeBoard(elsewhere, CHAT, drawIn(createDocument(), "elsewhere"));
    storeBoard(storage, { ...CHAT, own: undefined }, drawIn(createDocument(), "before"));
    const { carry, seen } = await open();
    carry.answer(true);
    await clock.advance(DURABLE_MS);
    expect(seen()).toEqual(["before", "elsewhere", "here"]);
    expect(troubles).toEqual([]);
  });

  test("takes from a board what is fit for one, and says that there was more", async () => {
    const { clock, storage, open, troubles } = await createDevice(5);
    const old = drawIn(createDocument(), "ink");
    // No board has such a root.
    const other = new Y.Doc();
    other.getText("elsewhere").insert(0, "no ink");
    Y.applyUpdate(old, Y.encodeStateAsUpdate(other));
    storeBoard(storage, CHAT, old);
    const { doc, carry, seen } = await open();
    carry.answer(true);
    await clock.advance(DURABLE_MS);
    expect(seen()).toEqual(["ink"]);
    expect([...doc.share.keys()]).not.toContain("elsewhere");
    expect(troubles).toEqual(["partly"]);
  });

  test("is not made where both together would be more than a board can hold", async () => {
    const { clock, storage, page, open, troubles, answers } = await createDevice(6);
    const old = drawIn(createDocument(), "ink");
    rootsOf(old).marks.set("a mark", new Uint8Array(SIZE_LIMITS.marks.writes + 1));
    storeBoard(storage, CHAT, old);
    const { carry, seen } = await open();
    carry.answer(true);
    await clock.advance(DURABLE_MS);
    expect({ seen: seen(), troubles, copies: page.copies }).toEqual({
      seen: [],
      troubles: ["too-large"],
      copies: 0,
    });
    // It would be too much tomorrow too.
    expect(await answers()).toHaveLength(1);
  });
});

describe("a board", () => {
  test("is noted soon after something is on it, and when nothing can be seen any more", async () => {
    const { clock, storage, page, open, boards } = await createDevice(7);
    const { carry, doc } = await open();
    carry.answer(false);
    const { writes } = storage;
    drawIn(doc, "ink");
    await clock.advance(1500);
    expect(await boards()).toContainEqual({ participants: GROUP, holdsSomething: true });
    expect(storage.writes).toBe(writes + 1);
    for (let i = 0; i < 100; i++) {
      drawIn(doc, "more");
      await clock.advance(500);
    }
    expect(storage.writes).toBe(writes + 1);
    // Somebody clears it and takes that back, over and over.
    for (let i = 0; i < 120; i++) {
      page.isShowing = !page.isShowing;
      drawIn(doc, "x");
      await clock.advance(1100);
    }
    expect(storage.writes - writes).toBeLessThan(8);
    page.isShowing = false;
    drawIn(doc, "x");
    await clock.advance(31_000);
    expect(await boards()).toContainEqual({ participants: GROUP, holdsSomething: false });
  });

  test("with an open question is not noted, so that the question comes again", async () => {
    const { clock, open, boards } = await createDevice(8);
    const { carry, doc } = await open();
    drawIn(doc, "ink");
    await clock.advance(60_000);
    carry.close();
    expect((await boards()).map(({ participants }) => participants)).toEqual([CHAT]);
    expect((await open()).carry.offer()).toBeDefined();
  });
});
