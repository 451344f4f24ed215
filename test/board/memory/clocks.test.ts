import { readdirSync, readFileSync } from "node:fs";
import * as Y from "yjs";
import { expect, test } from "vitest";
import { decodeBase64 } from "../../../src/base/bytes.ts";
import { createRoom } from "../../support/room.ts";
import { TEST_APP } from "../../support/phones.ts";
import { whatIsOn } from "../../compat/what-is-on.ts";
import { createPeer, drawn, sync } from "../peers.ts";
import type { Peer } from "../peers.ts";
import { deeds, lookBack, seenThen, story } from "./looking.ts";

const YEAR = 365 * 24 * 60;

/** Two people draw by turns; one calendar is wrong by so many minutes. */
function byTurns(wrong: number): [Peer, Peer] {
  const [a, b] = [createPeer(1), createPeer(2)];
  b.time.calendar.shift(wrong);
  for (let x = 1; x <= 6; x++) {
    for (const { time } of [a, b]) time.pass(60_000);
    drawn(x % 2 === 1 ? a : b, x);
    sync(a, b);
  }
  return [a, b];
}

test.each([0, -9 * YEAR, 9 * YEAR, 3])(
  "two people who draw by turns are shown so, also where one calendar is wrong by %i minutes",
  (wrong) => {
    for (const peer of byTurns(wrong)) {
      const past = lookBack(peer);
      expect(past.steps.map(({ by }) => by)).toEqual([1, 2, 1, 2, 1, 2]);
      expect(seenThen(past)).toEqual([]);
      expect(story(past)[3]).toEqual([[1], [2], [3]]);
    }
  },
);

test.each([-9 * YEAR, 9 * YEAR])(
  "what is erased by somebody whose calendar is wrong by %i minutes was there before",
  (wrong) => {
    const [a, b] = [createPeer(1), createPeer(2)];
    b.time.calendar.shift(wrong);
    const [first, second] = [drawn(a, 1), (a.time.pass(1000), drawn(a, 2))];
    sync(a, b);
    b.board.erase([second]);
    b.time.pass(1000);
    b.board.changeItems([first], { color: 0xff0000 });
    sync(a, b);
    const past = lookBack(a);
    expect(deeds(past)).toEqual(["1 drew", "1 drew", "2 erased", "2 changed"]);
    expect(story(past)).toEqual([[], [[1]], [[1], [2]], [[1]], [[1]]]);
  },
);

test.each([-1, -9 * YEAR])(
  "from when on one built on the other, a calendar that is %i minutes off makes no difference",
  (wrong) => {
    const [a, b] = [createPeer(1), createPeer(2)];
    b.time.calendar.shift(wrong);
    a.time.pass(1000);
    drawn(a, 0);
    sync(a, b);
    b.time.pass(2000);
    drawn(b, 1);
    a.time.pass(1000);
    // Neither hears of the other any more.
    for (let x = 2; x <= 6; x++) {
      for (const { time } of [a, b]) time.pass(5000);
      drawn(x % 2 === 0 ? a : b, x);
    }
    sync(a, b);
    expect(lookBack(a).steps.map(({ by }) => by)).toEqual([1, 2, 1, 2, 1, 2, 1]);
  },
);

test("apart from each other, people's deeds go by their calendars", () => {
  const [a, b] = [createPeer(1), createPeer(2)];
  for (let x = 1; x <= 6; x++) {
    for (const { time } of [a, b]) time.pass(60_000);
    drawn(x % 2 === 1 ? a : b, x);
  }
  sync(a, b);
  expect(lookBack(a).steps.map(({ by }) => by)).toEqual([1, 2, 1, 2, 1, 2]);
  expect(lookBack(b).steps.map(({ moment }) => moment)).toEqual(
    lookBack(a).steps.map(({ moment }) => moment),
  );
});

test("a calendar that is put right in between does not turn its session's order round", () => {
  const a = createPeer(1);
  a.time.calendar.shift(9 * YEAR);
  drawn(a, 1);
  a.time.pass(1000);
  drawn(a, 2);
  a.time.calendar.shift(-9 * YEAR);
  a.time.pass(1000);
  drawn(a, 3);
  expect(story(lookBack(a))).toEqual([[], [[1]], [[1], [2]], [[1], [2], [3]]]);
});

const BOARDS = new URL("../../compat/boards/", import.meta.url);

interface StoredBoard {
  readonly own: string;
  readonly remotes: readonly string[];
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

test.each(readdirSync(BOARDS))("the board of %s is looked back at, and ends as it is", async (file) => {
  const old = JSON.parse(readFileSync(new URL(file, BOARDS), "utf8")) as StoredBoard;
  const room = createRoom({ seed: 1, names: [old.own, ...old.remotes] });
  const files = room.world.phone(old.own).storage(TEST_APP);
  for (const [table, values] of Object.entries(old.tables)) {
    for (const [key, value] of Object.entries(values)) files.set(table, key, decodeBase64(value)!);
  }
  const { session } = room.open(old.own);
  await room.ready();
  const board = session.board()!;
  const past = lookBack({ board });
  expect(past.steps.length).toBeGreaterThan(1);
  past.show(0);
  expect(past.board.items()).toEqual([]);
  past.show(past.steps.length);
  expect(whatIsOn(past.board)).toEqual(whatIsOn(board));
  // Before format 3 nobody said when.
  const isTimed = /^0\.[4-9]/u.test(file);
  expect(past.steps.some(({ moment }) => moment !== undefined)).toBe(isTimed);
});

test("what older versions drew comes first, in its order", () => {
  const doc = new Y.Doc();
  const source = createPeer(1);
  for (const x of [1, 2]) {
    source.time.pass(1000);
    drawn(source, x);
  }
  const inks = source.doc.getArray<Y.Text>("items").toArray();
  doc.clientID = 5;
  // A header of version 1 has neither a layer nor a time.
  for (const text of inks) {
    const ink = text.toJSON();
    doc.getArray<Y.Text>("items").push([new Y.Text(`1${ink.slice(1, 8)}${ink.slice(10)}`)]);
  }
  const a = createPeer(1, undefined, (loaded) => Y.applyUpdate(loaded, Y.encodeStateAsUpdate(doc)));
  drawn(a, 3);
  const past = lookBack(a);
  expect(past.steps.map(({ moment }) => moment === undefined)).toEqual([true, true, false]);
  expect(story(past)).toEqual([[], [[1]], [[1], [2]], [[1], [2], [3]]]);
});
