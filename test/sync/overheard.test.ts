import { describe, expect, test } from "vitest";
import { causalChunks, CHUNK_BYTES } from "../../src/board/document/chunks.ts";
import { boardTagOf } from "../../src/board/storage/board-id.ts";
import { encodeMessage } from "../../src/sync/wire/frame.ts";
import { slotOf } from "../../src/board/document/slot.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { content, section } from "../board/guard/raw-update.ts";
import { framesOf } from "../support/messages.ts";
import { createReplicaRoom } from "../support/replicas.ts";
import type { ReplicaPage, ReplicaRoom } from "../support/replicas.ts";

const OTHER_DIGEST = { writes: { hi: 1, lo: 2 }, deletions: { hi: 0, lo: 0 } };

/** What cy hears of ann's, for bo or for cy. */
interface Stage {
  readonly room: ReplicaRoom;
  readonly ann: ReplicaPage;
  readonly cy: ReplicaPage;
  tell(frame: Frame, to: "bo" | "cy"): void;
  /** Types of the frames that cy sent from now on. */
  readonly said: string[];
}

async function createStage(): Promise<Stage> {
  const room = createReplicaRoom(["ann", "bo", "cy"]);
  const [ann, bo, cy] = ["ann", "bo", "cy"].map((name) => room.open(name));
  await room.clock.advance(8000);
  const said: string[] = [];
  room.world.onEvent((event) => {
    if (event.type === "sent" && event.from === "cy" && event.to === "ann" && event.kind === "data")
      said.push(...framesOf(event.text).map(({ type }) => type));
  });
  const tell = (frame: Frame, to: "bo" | "cy"): void => {
    const slot = slotOf((to === "bo" ? bo! : cy!).first.doc.clientID);
    cy!.replica.receive(
      "ann",
      encodeMessage({ session: ann!.first.doc.clientID, frames: [{ ...frame, to: slot }] }),
    );
  };
  return { room, ann: ann!, cy: cy!, tell, said };
}

const ink = (client: number): Uint8Array =>
  section(
    client,
    0,
    { parent: "items", content: content.text() },
    { parent: { client, clock: 0 }, content: content.string("1( '1T?@pB`E\0") },
  );

describe("[S16] what is for somebody else", () => {
  test("[S5] never holds the board back: what a chunk brings is shown at once", async () => {
    const { cy, tell } = await createStage();
    tell({ type: "diff", update: ink(900), last: false }, "bo");
    expect(cy.first.seen()).toHaveLength(1);
    // One that is for this page is held until its answer is whole.
    tell({ type: "diff", update: ink(901), last: false }, "cy");
    expect(cy.first.seen()).toHaveLength(1);
    tell({ type: "diff", update: ink(902), last: true }, "cy");
    expect(cy.first.seen()).toHaveLength(3);
  });

  test("[S8] is not answered: a hello that asks", async () => {
    const { room, tell, said } = await createStage();
    const tag = boardTagOf({ own: "ann", remotes: ["bo", "cy"] });
    const hello: Frame = { type: "hello", tag, reply: true, state: undefined, digest: OTHER_DIGEST };
    tell(hello, "bo");
    await room.clock.advance(1100);
    expect(said).not.toContain("hello");
    tell(hello, "cy");
    await room.clock.advance(1100);
    expect(said).toContain("hello");
  });

  test("[S5] is not answered: a question for everything, and one for some writes", async () => {
    const { room, ann, cy, tell, said } = await createStage();
    cy.first.dot(1);
    ann.first.dot(2);
    await room.clock.advance(10_000);
    const client = cy.first.doc.clientID;
    const state = cy.first.state();
    const questions: Frame[] = [
      // What ann has, so that only the answer differs.
      { type: "request", what: "all", state: new Map([...state].slice(0, 1)), digest: OTHER_DIGEST },
      { type: "request", what: "writes", isOwn: false, ranges: [{ client, from: 0, to: 9 }] },
    ];
    const answers = (): string[] => said.filter((type) => type === "diff" || type === "update");
    for (const each of questions) {
      said.length = 0;
      tell(each, "bo");
      await room.clock.advance(1200);
      expect(answers()).toEqual([]);
      tell(each, "cy");
      await room.clock.advance(1200);
      expect(answers()).not.toEqual([]);
    }
  });

  test("[S4] covers the own lack where it is an answer: then nobody asks again", async () => {
    const lacking = async (withAnswer: boolean): Promise<number> => {
      const { room, ann, cy, tell, said } = await createStage();
      room.world.network.block("ann", "cy");
      room.world.network.block("bo", "cy");
      ann.first.dot(1);
      await room.clock.advance(1000);
      const [update] = causalChunks(ann.first.doc, new Map(), false);
      // The sign of life tells of what is lacking.
      tell(
        {
          type: "digest",
          digest: ann.replica.first().digest(),
          next: 5,
          clock: [...ann.first.state().values()][0]!,
          acks: [],
        },
        "bo",
      );
      await room.clock.advance(300);
      if (withAnswer) tell({ type: "diff", update: update!, last: true }, "bo");
      expect(cy.first.seen()).toEqual(withAnswer ? [1] : []);
      await room.clock.advance(3000);
      return said.filter((type) => type === "request").length;
    };
    expect(await lacking(false)).toBeGreaterThan(0);
    expect(await lacking(true)).toBe(0);
  });

  test("costs nothing where it is known: a chunk of 16 kB begins no transaction", async () => {
    const { room, ann, cy, tell } = await createStage();
    for (let x = 0; x < 600; x++) ann.first.dot(x);
    expect(await room.clock.runUntil(() => cy.first.seen().length === 600, 30_000)).toBe(true);
    const chunks = causalChunks(ann.first.doc, new Map(), false);
    expect(chunks[0]!.length).toBeGreaterThan(CHUNK_BYTES * 0.8);
    let transactions = 0;
    cy.first.doc.on("afterAllTransactions", () => transactions++);
    for (const update of chunks) tell({ type: "diff", update, last: false }, "bo");
    expect(transactions).toBe(0);
    for (let i = 0; i < 10; i++) tell({ type: "diff", update: ink(900 + i), last: false }, "bo");
    expect(transactions).toBe(10);
  });
});
