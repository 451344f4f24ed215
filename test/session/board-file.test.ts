/*
 * A board as a file: what comes out of it is what went in, and from damaged or forged ones comes nothing.
 */
import { deflateSync, inflateSync } from "fflate";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { concatBytes, encodeBase64, equalBytes } from "../../src/base/bytes.ts";
import { hashBytes } from "../../src/base/hash.ts";
import { createPrng } from "../../src/base/prng.ts";
import { boardText, fileInText, isBoardFile, readBoardFile } from "../../src/session/board-file.ts";
import type { BoardFileProblem, LooseBoard, LoosePage } from "../../src/session/board-file.ts";
import { smallBoardFile } from "../fuzz/import-files.ts";
import { LIMITS } from "../../src/board/document/limits.ts";
import { FIRST_LAYER } from "../../src/board/document/board.ts";
import { blobBytes, pictureOf } from "../support/pictures.ts";
import { createHandTime } from "../support/hand-time.ts";
import { createRoom } from "../support/room.ts";

function read(file: Uint8Array): LooseBoard | BoardFileProblem {
  const { clock, calendar } = createHandTime();
  const prng = createPrng(7);
  const env = {
    clock: { ...clock, after: () => () => undefined },
    calendar,
    random: { uint32: prng.uint32 },
  };
  const reading = readBoardFile(file, env);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** A file with these records, and a checksum that is right. */
function packed(head: string, records: readonly number[]): Uint8Array {
  const start = concatBytes([
    Uint8Array.from(head, (char) => char.charCodeAt(0)),
    deflateSync(Uint8Array.from(records)),
  ]);
  const { hi, lo } = hashBytes(start);
  const sum = new Uint8Array(8);
  new DataView(sum.buffer).setUint32(0, hi);
  new DataView(sum.buffer).setUint32(4, lo);
  return concatBytes([start, sum]);
}

/** An update that writes where nothing of a board is. */
function foreign(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 9;
  doc.getMap("evil").set("a", 1);
  return Y.encodeStateAsUpdate(doc);
}

describe("a board's file", () => {
  test("holds each page with its name, background, layers and items, as they are to be seen", () => {
    const board = read(smallBoardFile());
    if (typeof board === "string") throw new Error(board);
    const { pages, blobs } = board;
    expect(blobs).toEqual([Uint8Array.of(1, 2, 3)]);
    expect(pages.map(({ name }) => name)).toEqual(["First"]);
    const [{ content }] = pages as [LoosePage];
    expect(content.background).toBe("grid");
    expect(content.layers.map(({ layer: { name } }) => name)).toEqual(["", "Top"]);
    // Of six strokes one was erased, and one cut in two; and there is a note.
    expect(content.layers[0]!.items.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 7 }, (_, i) => (i < 6 ? "stroke" : "text")),
    );
    expect(content.layers[1]!.items.map(({ header }) => header.tool)).toEqual(["ellipse"]);
  });

  test("is the same in a text, which other words may surround with space", () => {
    const file = smallBoardFile();
    expect(fileInText(`\n ${boardText(file)} `)).toEqual(file);
    expect(fileInText("inkmesh:1:AAAA")).toBeUndefined();
    const large = new Uint8Array(1_000_000).map((_, i) => i * 7);
    expect(equalBytes(fileInText(boardText(large))!, large)).toBe(true);
    // Only its end may be padded.
    const padded = boardText(large.subarray(0, 98_303));
    expect(fileInText(padded)).toHaveLength(98_303);
    expect(fileInText(`${padded}AAAA`)).toBeUndefined();
    expect([file, new TextEncoder().encode(boardText(file))].map(isBoardFile)).toEqual([true, false]);
  });

  test("that was written once is read for ever", () => {
    const records = [1, 3, 79, 110, 101];
    const file = packed("inkmesh1", records);
    expect(encodeBase64(file)).toBe("aW5rbWVzaDFjZPbPSwUAQNWq+MzoSE8=");
    expect(read(file)).toMatchObject({
      pages: [{ name: "One", content: { background: "plain" } }],
      blobs: [],
    });
  });

  test("of which a byte is another, or is missing, is damaged: nothing comes of it", () => {
    const file = smallBoardFile();
    for (let at = 0; at < file.length; at += 7) {
      const other = file.slice();
      other[at]! ^= 1 << (at % 8);
      expect(typeof read(other), String(at)).toBe("string");
      expect(read(file.subarray(0, at)), String(at)).toBe("broken");
    }
  });

  test("of a later version says so; records that are not known are passed over", () => {
    expect(read(packed("inkmesh2", []))).toBe("newer");
    expect(read(packed("inkmesh1", [9, 2, 0, 0, 1, 1, 65]))).toMatchObject({ pages: [{ name: "A" }] });
  });

  test("with more records than anybody needs is read in many steps, and a name that is too long is cut", () => {
    const { clock, calendar } = createHandTime();
    const env = { clock: { ...clock, after: () => () => undefined }, calendar, random: createPrng(7) };
    for (const kind of [3, 9]) {
      const file = packed("inkmesh1", [
        1,
        0,
        ...Array.from({ length: 200_000 }, (_, i) => (i % 2 ? 0 : kind)),
      ]);
      expect([...readBoardFile(file, env)].length).toBeGreaterThan(100);
    }
    const name = "\u{1f58c}".repeat(4000);
    const named = read(packed("inkmesh1", [1, 0x80, 0x7d, ...new TextEncoder().encode(name)]));
    expect(named).toMatchObject({ pages: [{ name: "\u{1f58c}".repeat(LIMITS.nameChars.takes) }] });
  });

  test.each([
    ["no page", []],
    ["an update without a page", [2, 1, 0]],
    ["an update that is none", [1, 0, 2, 3, 9, 9, 9]],
    ["a record that ends too early", [1, 9, 65]],
    ["something that no board has", [1, 0, 2, foreign().length, ...foreign()]],
  ])("with %s is refused", (_, records) => {
    expect(read(packed("inkmesh1", records))).toBe("broken");
  });
});

test("a board with pages goes out, in short steps, and comes back onto new pages", async () => {
  const room = createRoom({ seed: 4, names: ["ann", "bo"] });
  room.open("ann");
  await room.ready();
  const pages = room.at("ann").session.pages()!;
  room.dot("ann", 5);
  const second = pages.add()!;
  pages.rename(second, "Garden");
  pages.show(second);
  expect(await room.clock.runUntil(() => pages.current() === second, 1000)).toBe(true);
  for (let i = 0; i < 40; i++) room.draw("ann", 60);
  await room.clock.advance(5000);
  let turns = 0;
  let file: Uint8Array | undefined;
  void pages
    .pack(async () => {
      turns++;
      return true;
    }, room.at("ann").session.blobs.bytesOf)
    .then((done) => (file = done));
  expect(await room.clock.runUntil(() => file !== undefined, 10_000)).toBe(true);
  expect(turns).toBeGreaterThan(1);
  const reading = pages.unpack(file!);
  let step = reading.next();
  while (!step.done) step = reading.next();
  if (typeof step.value === "string") throw new Error(step.value);
  expect(step.value.pages.map(({ name, content }) => [name, content.layers[0]!.items.length])).toEqual([
    ["", 1],
    ["Garden", 40],
  ]);
  let made: readonly string[] = [];
  void pages.insert(step.value.pages, async () => true).then((ids) => (made = ids ?? []));
  expect(await room.clock.runUntil(() => made.length === 2, 10_000)).toBe(true);
  expect(pages.list().map(({ name }) => name)).toEqual(["", "Garden", "", "Garden"]);
  let counts: number[] = [];
  void Promise.all(made.map((id) => pages.glance(id, (board) => board.items().length))).then(
    (all) => (counts = all.map(Number)),
  );
  expect(await room.clock.runUntil(() => counts.length === 2, 10_000)).toBe(true);
  expect(counts).toEqual([1, 40]);
});

test("what is selected goes out alone, with the bytes of its pictures as far as they are here", async () => {
  const room = createRoom({ seed: 5, names: ["ann", "bo"] });
  room.open("ann");
  await room.ready();
  const { session } = room.at("ann");
  const [board, pages] = [session.board()!, session.pages()!];
  const [here, elsewhere] = [blobBytes(2000, 1), blobBytes(2000, 2)];
  session.blobs.put(here);
  const box = { minX: 0, minY: 0, maxX: 40, maxY: 30 };
  const ids = [here, elsewhere].map((bytes) => board.addPicture(pictureOf(bytes), box));
  room.dot("ann", 5);
  const layer = { id: FIRST_LAYER, name: "", hidden: false, locked: false, opacity: 1 };
  const content = { background: "plain", layers: [{ layer, items: board.copy(ids) }] } as const;
  let file: Uint8Array | undefined;
  void pages.pack(async () => true, session.blobs.bytesOf, content).then((made) => (file = made));
  expect(await room.clock.runUntil(() => file !== undefined, 10_000)).toBe(true);
  const loose = read(file!);
  if (typeof loose === "string") throw new Error(loose);
  expect(loose.blobs).toEqual([here]);
  expect(loose.pages.map(({ content: { layers } }) => layers[0]!.items)).toEqual([board.copy(ids)]);
});

test("pages are listed when all is on them; where it is stopped nothing of them is left", async () => {
  const room = createRoom({ seed: 8, names: ["ann", "bo"] });
  room.open("ann");
  await room.ready();
  const pages = room.at("ann").session.pages()!;
  const board = read(smallBoardFile());
  if (typeof board === "string") throw new Error(board);
  const listed: number[] = [];
  let came: readonly (readonly string[] | undefined)[] = [];
  const insert = (most: number): void =>
    void pages
      .insert([...board.pages, ...board.pages], async () => listed.push(pages.list().length) <= most)
      .then((ids) => (came = [...came, ids]));
  insert(2);
  expect(await room.clock.runUntil(() => came.length === 1, 10_000)).toBe(true);
  expect(came).toEqual([undefined]);
  expect(pages.list()).toHaveLength(1);
  expect(pages.removed()).toEqual([]);
  insert(Infinity);
  expect(await room.clock.runUntil(() => came.length === 2, 10_000)).toBe(true);
  expect(new Set(listed)).toEqual(new Set([1]));
  expect(pages.list().map(({ id }) => id)).toEqual(["", ...came[1]!]);
  expect(came[1]).toHaveLength(2);
});

test("packing ends where nobody waits for it", async () => {
  const room = createRoom({ seed: 5, names: ["ann", "bo"] });
  room.open("ann");
  await room.ready();
  room.dot("ann", 5);
  await room.clock.advance(1000);
  expect(
    await room
      .at("ann")
      .session.pages()!
      .pack(
        async () => false,
        async () => undefined,
      ),
  ).toBeUndefined();
});

test("what was erased is not in a file", async () => {
  const room = createRoom({ seed: 6, names: ["ann", "bo"] });
  room.open("ann");
  await room.ready();
  const { session } = room.at("ann");
  const pages = session.pages()!;
  const board = session.board()!;
  const header = { tool: "text", color: 0, width: 20, input: "mouse", pressure: false, scale: 0 } as const;
  const write = (text: string): string => board.addText(header, { x: 1, y: 2 }, undefined, text);
  write("stays");
  board.erase([write("a secret")]);
  await room.clock.advance(1000);
  let file: Uint8Array | undefined;
  void pages.pack(async () => true, session.blobs.bytesOf).then((done) => (file = done));
  expect(await room.clock.runUntil(() => file !== undefined, 10_000)).toBe(true);
  const records = new TextDecoder().decode(inflateSync(file!.subarray("inkmesh1".length, -8)));
  expect(records).toContain("stays");
  expect(records).not.toContain("secret");
});
