import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { allChunks, CHUNK_BYTES, chunkCount } from "../../../src/board/blobs/chunks.ts";
import { LIMITS } from "../../../src/board/document/limits.ts";
import type { Picture } from "../../../src/board/document/picture.ts";
import type { Frame } from "../../../src/sync/wire/frame.ts";
import { createDevice } from "../../board/guard/lab.ts";
import { framesOf } from "../../support/messages.ts";
import { blobBytes, pictureOf } from "../../support/pictures.ts";
import { createStage, expectUnharmed, SESSION } from "../hostile-stage.ts";
import type { Stage } from "../hostile-stage.ts";

const BOX = { minX: 0, minY: 0, maxX: 100, maxY: 75 };
const BYTES = blobBytes(100_000);
const PICTURE = pictureOf(BYTES);
const NAME = { hash: PICTURE.hash, bytes: PICTURE.bytes };

/** A contact who says anything, and hears what ann says of pictures. */
interface Eve extends Stage {
  /** Puts a picture on ann's board as bo's. */
  show(...pictures: readonly Picture[]): void;
  /** What ann said of pictures since it was asked last. */
  heard(): readonly Frame[];
  chunk(index: number, content?: Uint8Array, name?: { hash: string; bytes: number }): void;
  /** Chunks that ann refused as an offence. */
  offences(): number;
}

async function createEve(seed: number): Promise<Eve> {
  const stage = await createStage(seed);
  const device = createDevice(SESSION);
  const { room, ann } = stage;
  let frames: Frame[] = [];
  room.world.onEvent((event) => {
    if (event.type !== "sent" || event.kind !== "data" || event.from !== "ann") return;
    frames.push(...framesOf(event.text).filter(({ type }) => ["want", "have", "chunk"].includes(type)));
  });
  return {
    ...stage,
    show(...pictures) {
      const before = Y.encodeStateVector(device.doc);
      for (const picture of pictures) device.board.board.addPicture(picture, BOX);
      stage.tell([{ type: "update", update: Y.encodeStateAsUpdate(device.doc, before) }]);
    },
    heard() {
      const all = frames;
      frames = [];
      return all;
    },
    chunk(index, content = BYTES.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES), name = NAME) {
      stage.tell([{ type: "chunk", ...name, index, content }]);
    },
    offences: () => ann.page.warnings.filter(({ message }) => message.startsWith("sync: refused")).length,
  };
}

/** Ann's page asks now and then whether the contact is there. */
async function pass(eve: Eve, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1000) {
    eve.tell([
      {
        type: "digest",
        digest: { writes: { hi: 0, lo: 0 }, deletions: { hi: 0, lo: 0 } },
        next: 10,
        clock: 0,
        acks: [],
      },
    ]);
    await eve.room.clock.advance(Math.min(left, 1000));
  }
}

const wants = (frames: readonly Frame[]): Frame[] => frames.filter(({ type }) => type === "want");

describe("[S20] a contact", () => {
  test("who sends other bytes is charged, and not asked for this picture again; for another it is", async () => {
    const eve = await createEve(1);
    eve.show(PICTURE);
    await pass(eve, 2000);
    expect(wants(eve.heard())).toMatchObject([{ ...NAME, chunks: 7 }]);
    for (let index = 0; index < 3; index++)
      eve.chunk(index, new Uint8Array(BYTES.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES).length));
    expect(eve.offences()).toBe(1);
    await pass(eve, 60_000);
    expect(wants(eve.heard())).toEqual([]);
    const other = blobBytes(1000, 5);
    eve.show(pictureOf(other));
    await pass(eve, 2000);
    expect(wants(eve.heard())).toMatchObject([{ bytes: 1000, chunks: 1 }]);
    eve.chunk(0, other, { hash: pictureOf(other).hash, bytes: 1000 });
    expect(await eve.ann.session.blobs.bytesOf(pictureOf(other).hash)).toEqual(other);
    // Who sent it learns that it is there.
    await pass(eve, 1000);
    expect(eve.heard()).toMatchObject([{ type: "have", bytes: 1000, chunks: 1 }]);
    await expectUnharmed(eve);
  });

  test("who sends chunks that nobody asked for is muted, and they are kept nowhere", async () => {
    const eve = await createEve(2);
    for (let i = 0; i <= LIMITS.offences.takes; i++) eve.chunk(i % 3);
    expect(eve.offences()).toBe(LIMITS.offences.takes + 1);
    expect(eve.noticed()).toContain("muted");
  });

  test("who sends the same chunks for ever makes nothing more of them", async () => {
    const eve = await createEve(3);
    eve.show(PICTURE);
    await pass(eve, 3000);
    for (let i = 0; i < 200; i++) eve.chunk(0);
    await pass(eve, 2000);
    expect(eve.ann.session.blobs.moving()).toEqual([
      { hash: NAME.hash, way: "in", contact: "bo", part: expect.closeTo(1 / 3) as number },
    ]);
    eve.chunk(1);
    eve.chunk(2);
    for (let i = 0; i < 200; i++) eve.chunk(i % 3);
    expect(await eve.ann.session.blobs.bytesOf(NAME.hash)).toEqual(BYTES);
    expect(eve.offences()).toBe(0);
  });

  test.each([
    ["shorter", CHUNK_BYTES - 1],
    ["longer", CHUNK_BYTES + 1],
  ])("who sends chunks that are %s than they are is charged", async (_, length) => {
    const eve = await createEve(4);
    eve.show(PICTURE);
    await pass(eve, 3000);
    eve.chunk(0, new Uint8Array(length));
    // What is left of a longer one belongs to a newer version.
    expect(eve.offences()).toBe(length < CHUNK_BYTES ? 1 : 0);
    expect(eve.ann.session.blobs.moving()).toHaveLength(1);
  });

  test("whose records lie about the length, or are of what it never had, is asked ever more rarely", async () => {
    const eve = await createEve(5);
    eve.show({ ...PICTURE, bytes: 300_000 }, { ...PICTURE, hash: "e".repeat(64) });
    await pass(eve, 10_000);
    const soon = wants(eve.heard()).length;
    expect(soon).toBeGreaterThan(1);
    await pass(eve, 300_000);
    expect(wants(eve.heard()).length).toBeLessThan(20);
    eve.show(PICTURE);
    await pass(eve, 5000);
    for (let index = 0; index < 3; index++) eve.chunk(index);
    expect(await eve.ann.session.blobs.bytesOf(NAME.hash)).toEqual(BYTES);
    await expectUnharmed(eve);
  });

  test("who names what is on this device for another board, or anything else, gets nothing and learns nothing", async () => {
    const eve = await createEve(6);
    const other = eve.room.open("ann", ["cem"]);
    await eve.room.clock.advance(5000);
    expect(other.session.blobs.put(BYTES)).toBe(NAME.hash);
    other.session.board()!.addPicture(PICTURE, BOX);
    await eve.room.clock.advance(10_000);
    expect(await other.session.blobs.bytesOf(NAME.hash)).toEqual(BYTES);
    eve.show(PICTURE);
    eve.heard();
    for (let i = 0; i < 100; i++) {
      eve.tell([{ type: "want", ...NAME, chunks: 7 }]);
      await pass(eve, 300);
    }
    const heard = eve.heard();
    // It asks for them itself.
    expect(wants(heard).length).toBeGreaterThan(0);
    expect(heard.filter(({ type }) => type === "chunk")).toEqual([]);
    const said = heard.filter(({ type }) => type === "have");
    expect(said.length).toBeLessThan(40);
    expect(said).toEqual(said.map(() => ({ type: "have", ...NAME, chunks: 0 })));
  });

  test("who asks for ever gets no more than so many chunks a minute, behind all else", async () => {
    const eve = await createEve(8);
    const { session } = eve.ann;
    session.blobs.put(BYTES);
    session.board()!.addPicture(PICTURE, BOX);
    await pass(eve, 2000);
    eve.heard();
    for (let i = 0; i < 600; i++) {
      eve.tell([{ type: "want", ...NAME, chunks: allChunks(NAME.bytes) }]);
      await eve.room.clock.advance(100);
    }
    const chunks = eve.heard().filter(({ type }) => type === "chunk");
    expect(chunks.length).toBeLessThanOrEqual(LIMITS.blobChunks.writes + chunkCount(NAME.bytes));
    expect(chunks.length).toBeGreaterThan(100);
    await expectUnharmed(eve);
  });

  test("who asks for what is nowhere, in all its chunks and by many names, costs a word a second", async () => {
    const eve = await createEve(9);
    for (let i = 0; i < 300; i++) {
      const hash = i.toString(16).padStart(64, "0");
      eve.tell([{ type: "want", hash, bytes: 393_216, chunks: 255 }]);
    }
    await pass(eve, 10_000);
    expect(eve.heard().length).toBeLessThanOrEqual(8);
    expect(eve.offences()).toBe(0);
  });
});
