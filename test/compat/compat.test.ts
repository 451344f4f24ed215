import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { decodeBase64 } from "../../src/base/bytes.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { TEST_APP } from "../support/phones.ts";
import { createRoom } from "../support/room.ts";
import { whatIsOn } from "./what-is-on.ts";
import { inkOn } from "../support/ink.ts";

/*
 * Boards as former versions stored them, one file each: they must open in every later version. A
 * file is never changed; a version that stores differently adds one.
 */

interface OldBoard {
  readonly own: string;
  readonly remotes: readonly string[];
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What was visible: per stroke colour, width and points. */
  readonly visible: readonly unknown[];
  /** From 0.3.0 on, all that is on the board, as `whatIsOn` has it. */
  readonly board?: object;
  /** From 0.6.0 on: its pages in their order, then the removed ones. */
  readonly pages?: readonly { readonly id: string; readonly name: string; readonly board: object }[];
  /** From 0.7.0 on: the pictures whose bytes are stored. */
  readonly pictures?: readonly { readonly hash: string; readonly bytes: number }[];
}

const FOLDER = new URL("boards/", import.meta.url);

test.each(readdirSync(FOLDER))("the board of %s opens as it was", async (file) => {
  const old = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as OldBoard;
  const room = createRoom({ seed: 1, names: [old.own, ...old.remotes] });
  const files = room.world.phone(old.own).storage(TEST_APP);
  for (const [table, values] of Object.entries(old.tables)) {
    for (const [key, value] of Object.entries(values)) files.set(table, key, decodeBase64(value)!);
  }
  const { session, notices } = room.open(old.own);
  await room.ready();
  const ink = inkOn(session.board());
  const shown = (tools: (tool: string) => boolean): unknown[] =>
    ink
      .filter(({ header }) => tools(header.tool))
      .map(({ header, points }) => [header.color, header.width, points.map(({ x, y }) => [x, y])]);
  const glaze = shown((tool) => tool === "highlighter");
  const isBlendGroup = (stroke: unknown): boolean => glaze.some((each) => isDeepStrictEqual(each, stroke));
  // Since 0.3.0 highlighters lie under the ink, whenever they were drawn.
  expect(shown(() => true)).toEqual([
    ...old.visible.filter(isBlendGroup),
    ...old.visible.filter((stroke) => !isBlendGroup(stroke)),
  ]);
  expect(whatIsOn(session.board()!)).toMatchObject(old.board ?? {});
  expect(notices).toEqual([]);
  const pages = session.pages()!;
  const all = [...pages.list(), ...pages.removed()].map(({ id, name }) => ({ id, name }));
  // What was stored before there were pages is the first of one.
  expect(all).toEqual((old.pages ?? [{ id: "", name: "" }]).map(({ id, name }) => ({ id, name })));
  const looks = Promise.all(all.map(({ id }) => pages.glance(id, whatIsOn)));
  let seen: readonly unknown[] | undefined;
  void looks.then((each) => (seen = each));
  expect(await room.clock.runUntil(() => seen !== undefined, 10_000)).toBe(true);
  expect(seen).toMatchObject(old.pages?.map(({ board }) => board) ?? [old.board ?? {}]);
  for (const { hash, bytes } of old.pictures ?? []) {
    let found: Uint8Array | undefined;
    void session.blobs.bytesOf(hash).then((its) => (found = its));
    await room.clock.runUntil(() => found !== undefined, 5000);
    expect([found?.length, found && sha256(found)]).toEqual([bytes, hash]);
  }
});
