/*
 * A page that leaves the memory and is read again goes on as one that has stayed: whatever this person has done there,
 * and whatever a contact does meanwhile.
 */
import { expect, test } from "vitest";
import { translation } from "../../../src/base/matrix.ts";
import { createPrng } from "../../../src/base/prng.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import type { ItemId } from "../../../src/board/document/board.ts";
import {
  createPeer,
  draw,
  drawn,
  HEADER,
  points,
  readAgain,
  readWithoutStorage,
  seen,
  sync,
} from "../peers.ts";
import type { Peer } from "../peers.ts";
import { RandomChanges } from "../random-changes.ts";
import { AT, NOTE, TEXT, type } from "../typing.ts";
import { lookBack } from "../memory/looking.ts";
import { anyMoves, withLeaving } from "./undo-moves.ts";
import { runMoves } from "./undo-run.ts";
import { whatIsThere } from "./what-is-there.ts";

/** A person, whose page may leave the memory, and a contact. */
interface Two {
  a: Peer;
  readonly b: Peer;
}

type Deed = (two: Two) => void;

const meet: Deed = ({ a, b }) => sync(a, b);
const undo: Deed = ({ a }) => void a.board.history.undo();
const redo: Deed = ({ a }) => void a.board.history.redo();
const PRESSES: readonly Deed[] = [undo, redo, undo, undo, redo, redo, redo, meet, undo, undo, undo, undo];

const LINE = { ...HEADER, tool: "line" } as const;
const letters = (letter: string): string => letter.repeat(3000);
const first = ({ board }: Peer): ItemId => board.items()[0]!.id;
const byText = ({ board }: Peer): ItemId => board.items().find(({ kind }) => kind === "text")!.id;

/** What the steps of one row have in hand. */
const hand: { revoke: () => void; undoBack: () => void } = {
  revoke: () => undefined,
  undoBack: () => undefined,
};

const ROWS: Readonly<Record<string, readonly Deed[]>> = {
  "ink, cut and erased": [
    ({ a }) => void drawn(a, 0, 10, 20, 30),
    ({ a }) => void a.board.cut(new Map([[first(a), [{ from: 1, to: 2 }]]])),
    ({ a, b }) => {
      sync(a, b);
      b.board.cut(new Map([[first(b), [{ from: 1.5, to: 2.5 }]]]));
    },
    ({ a }) => void drawn(a, 100),
    ({ a }) => void a.board.erase([first(a)]),
    meet,
  ],
  "a clear that its notice takes back": [
    ({ a, b }) => {
      drawn(a, 1);
      drawn(b, 2);
      sync(a, b);
    },
    ({ a }) => void a.board.clear(),
    ({ a }) => void drawn(a, 3),
    ({ a }) => void a.board.undoClear(),
    ({ a }) => void a.board.undoClear(),
  ],
  "things moved, coloured, restacked, on other layers and another background": [
    ({ a }) => {
      drawn(a, 1, 2);
      drawn(a, 1, 3);
      a.board.addLayer("one");
    },
    ({ a }) => void a.board.transform([first(a)], translation(5, 5)),
    ({ a, b }) => {
      sync(a, b);
      b.board.transform([first(b)], translation(1, 1));
      sync(a, b);
    },
    ({ a }) => void a.board.changeItems([first(a)], { color: 7 }),
    ({ a }) => void a.board.restack([first(a)], "front"),
    ({ a }) => void a.board.addLayer("two"),
    ({ a }) => void a.board.moveToLayer([first(a)], a.board.layers()[2]!.id),
    ({ a }) => void a.board.changeLayer(a.board.layers()[1]!.id, { hidden: true, opacity: 0.5 }),
    ({ a }) => void a.board.changeLayer(a.board.layers()[2]!.id, { at: 0, name: "low" }),
    ({ a }) => a.board.setActiveLayer(a.board.layers()[0]!.id),
    ({ a }) => void drawn(a, 50),
    ({ a }) => void a.board.removeLayer(a.board.layers()[0]!.id),
    ({ a }) => void a.board.setBackground("grid"),
    meet,
  ],
  "a stroke that became a shape": [
    ({ a }) => {
      const writer = a.board.startStroke(HEADER);
      writer.add(points(0, 10, 20));
      a.flush();
      writer.replace(LINE, AT, { x: 50, y: 50 });
    },
    undo,
    redo,
    ({ a, b }) => {
      sync(a, b);
      b.board.erase([first(b)]);
      sync(a, b);
    },
    undo,
    ({ a, b }) => {
      b.board.history.undo();
      sync(a, b);
    },
  ],
  "words that are typed, changed by both, made wider and taken away": [
    ({ a }) => void a.board.addText(NOTE, AT, { width: 50, height: 40 }, ""),
    ({ a }) => {
      // Nobody has typed in it yet.
      const [note] = a.work.untyped.keys();
      type(a, note!, "ann");
    },
    ({ a }) => void a.board.addText(TEXT, AT, undefined, "words"),
    ({ a, b }) => {
      sync(a, b);
      type(b, byText(b), "ann and bo");
      sync(a, b);
    },
    undo,
    ({ a }) => type(a, byText(a), "and"),
    ({ a }) => {
      const editor = a.board.editText(byText(a))!;
      editor.setWidth(80);
      editor.change(editor.text(), "wide");
      editor.end();
    },
    ({ a }) => type(a, byText(a), ""),
    undo,
    ({ a, b }) => {
      sync(a, b);
      b.board.erase([byText(b)]);
      sync(a, b);
    },
  ],
  "words that went on in a new item": [
    ({ a, b }) => {
      drawn(a, 1);
      b.board.addText(TEXT, AT, undefined, "old");
      sync(a, b);
    },
    ({ a }) => {
      const editor = a.board.editText(byText(a))!;
      for (const letter of "abcde") editor.change(editor.text(), letters(letter));
      editor.end();
    },
    undo,
    redo,
    ({ a, b }) => {
      sync(a, b);
      type(b, byText(b), "b wrote here");
      sync(a, b);
    },
    undo,
    ({ a, b }) => {
      b.board.history.undo();
      sync(a, b);
    },
  ],
  "what was copied": [
    ({ a }) => {
      drawn(a, 1, 2);
      a.board.addText(TEXT, AT, undefined, "words");
    },
    ({ a }) => {
      const ids = a.board.items().map(({ id }) => id);
      a.board.paste(a.board.copy(ids), translation(30, 30));
    },
    ({ a, b }) => {
      sync(a, b);
      b.board.erase([b.board.items().at(-1)!.id]);
      sync(a, b);
    },
  ],
  "what was copied and came slice by slice": [
    ({ a }) => void drawn(a, 1, 2),
    ({ a }) => {
      const copies = a.board.copy([first(a)]);
      const steps = a.board.pasteSteps(
        Array.from({ length: 250 }, () => copies[0]!),
        translation(3, 3),
      );
      // Nothing leaves in the midst of it.
      const sizes = Array.from(steps, () => a.work.underWay.size);
      expect([sizes.at(-1), a.work.underWay.size]).toEqual([1, 0]);
    },
    ({ a, b }) => {
      sync(a, b);
      b.board.erase([b.board.items().at(-1)!.id]);
      sync(a, b);
    },
  ],
  "what was brought back": [
    ({ a }) => {
      drawn(a, 1, 2);
      a.time.pass(1000);
      drawn(a, 3);
    },
    ({ a, b }) => {
      sync(a, b);
      b.time.pass(5000);
      b.board.clear();
      sync(a, b);
    },
    ({ a }) => {
      a.time.pass(9000);
      const past = lookBack(a);
      past.show(1);
      const back = past.bringBack(past.missing());
      back.go(() => false);
      hand.undoBack = back.undo;
    },
    () => hand.undoBack(),
  ],
  "what turns out never to have been meant": [
    ({ a }) => {
      drawn(a, 1);
      drawn(a, 2);
      a.board.history.undo();
    },
    ({ a }) => {
      hand.revoke = a.board.revocable(() => void drawn(a, 3));
    },
    () => hand.revoke(),
    redo,
    ({ a }) => {
      hand.revoke = a.board.revocable(() => void a.board.erase([first(a)]));
    },
    undo,
    () => hand.revoke(),
  ],
};

/** What there is after each deed; `leaves`: the page leaves before each of them. */
function story(row: readonly Deed[], leaves: (peer: Peer) => Peer): string[] {
  const two: Two = { a: createPeer(1), b: createPeer(2) };
  const told = [...row, ...PRESSES].map((deed) => {
    two.a = leaves(two.a);
    two.a.time.pass(500);
    deed(two);
    return whatIsThere(two.a);
  });
  sync(two.a, two.b);
  return [...told, JSON.stringify([seen(two.a), seen(two.b)])];
}

/** Where one story is another one than the other first, in short. */
function difference(one: readonly string[], other: readonly string[]): string | undefined {
  const at = one.findIndex((line, i) => line !== other[i]);
  if (at < 0) return undefined;
  const [a, b] = [one[at]!, other[at] ?? ""];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const from = Math.max(same - 40, 0);
  return `${at}: ${a.slice(from, from + 200)}\n${b.slice(from, from + 200)}`;
}

test.each(Object.keys(ROWS))("the history goes on: %s", (name) => {
  const stayed = story(ROWS[name]!, (peer) => peer);
  expect(new Set(stayed).size).toBeGreaterThan(4);
  for (const how of [readAgain, readWithoutStorage])
    expect(difference(story(ROWS[name]!, how), stayed)).toBeUndefined();
});

test("two people's undo and redo, while their pages leave now and then", () => {
  for (let seed = 0; seed < 15; seed++) {
    const prng = createPrng(seed);
    const moves = anyMoves(prng);
    expect(runMoves(withLeaving(moves, prng))).toEqual(runMoves(moves));
  }
});

test.each([1, 2, 3, 4])(
  "anything that two people do, while one's page leaves whenever the pen is up, seed %i",
  (seed) => {
    const run = (leaves: boolean): string[] => {
      const changes = new RandomChanges(createPrng(seed));
      return Array.from({ length: 120 }, () => {
        if (leaves && changes.own.work.underWay.size === 0) changes.own = readAgain(changes.own);
        changes.step();
        return whatIsThere(changes.own);
      });
    };
    expect(run(true)).toEqual(run(false));
  },
);

test("marks that nobody can take back any more are given up, as if the page had stayed", () => {
  const run = (leaves: boolean): [number, string] => {
    let peer = createPeer(1);
    for (let i = 0; i < 260; i++) {
      if (leaves && i % 10 === 0) peer = readAgain(peer);
      const id = drawn(peer, i, i + 1, i + 2, i + 3);
      peer.board.cut(new Map([[id, [{ from: 1, to: 2 }]]]));
      if (i % 3 === 0) peer.board.history.undo();
    }
    return [peer.work.history.done.length, whatIsThere(peer)];
  };
  const [steps, there] = run(true);
  expect([steps, there]).toEqual(run(false));
  expect(steps).toBeLessThanOrEqual(400);
});

test("no mark, layer or write of a session has a number that another one had", () => {
  let peer = createPeer(1);
  const contact = createPeer(2);
  for (let i = 0; i < 5; i++) {
    const id = drawn(peer, i);
    peer.board.setActiveLayer(peer.board.addLayer(`${i}`));
    draw(peer.board, 100 + i);
    peer.board.erase([id]);
    sync(peer, contact);
    peer = i % 2 === 0 ? readAgain(peer) : readWithoutStorage(peer);
  }
  sync(peer, contact);
  expect(peer.board.layers().map(({ name }) => name)).toEqual(["", "0", "1", "2", "3", "4"]);
  expect(seen(peer).flat()).toEqual([100, 101, 102, 103, 104]);
  expect(seen(contact)).toEqual(seen(peer));
  expect(peer.work.layer).not.toBe(FIRST_LAYER);
});

test("whoever still holds a board whose page has left does nothing there", () => {
  const before = createPeer(1);
  drawn(before, 1);
  const after = readAgain(before);
  expect(before.board.history.undo()).toBe("nothing");
  before.board.erase([first(after)]);
  expect(after.work.history.done.length).toBe(1);
  expect(after.board.history.undo()).toBe("done");
  expect(seen(after)).toEqual([]);
});
