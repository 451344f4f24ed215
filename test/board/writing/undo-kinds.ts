/*
 * What two people do to one board, kind by kind, to be taken back on both sides in any order.
 */
import * as Y from "yjs";
import { translation } from "../../../src/base/matrix.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import type { Board, Item, ItemId, Layer, LayerId } from "../../../src/board/document/board.ts";
import { createPeer, drawn, HEADER } from "../peers.ts";
import type { Peer } from "../peers.ts";
import { AT, NOTE, TEXT } from "../typing.ts";

/** What is on the board before the two act. */
export interface Things {
  /** Strokes on one another, on the first layer. */
  readonly under: ItemId;
  readonly over: ItemId;
  /** Words on the first layer. */
  readonly words: ItemId;
  readonly layer: LayerId;
  /** A stroke on that layer. */
  readonly above: ItemId;
}

interface Beginning {
  readonly update: Uint8Array;
  readonly things: Things;
}

let beginning: Beginning | undefined;

/** A board with what the two act upon, made by a session that does nothing else. */
export function beginningOf(): Beginning {
  return (beginning ??= createBeginning());
}

function createBeginning(): Beginning {
  const maker = createPeer(9);
  const { board } = maker;
  const under = drawn(maker, 0, 10, 20, 30);
  const over = drawn(maker, 5, 15, 25);
  const words = board.addText(TEXT, AT, undefined, "abcdef");
  const layer = board.addLayer("top");
  board.setActiveLayer(layer);
  const above = drawn(maker, 2, 12);
  return { update: Y.encodeStateAsUpdate(maker.doc), things: { under, over, words, layer, above } };
}

/** Somebody on the board. */
interface Actor {
  readonly peer: Peer;
  readonly board: Board;
  readonly things: Things;
  /** Another for each person and deed, that all values can be told apart. */
  readonly n: number;
}

/** Something that a person does. */
export interface Kind {
  act(actor: Actor): void;
  /** What it left is to be seen; only where nobody else can have left the same. */
  readonly shows?: (actor: Actor) => boolean;
  /** It changes what lies on what, and nothing else. */
  readonly isOrder?: boolean;
  /** It makes something on the first layer, which tools refuse where that is not to be touched. */
  readonly isMaking?: boolean;
  /** It hides a layer, or shows it. */
  readonly isHiding?: boolean;
}

/** Does it; says whether it was possible. */
export function act(kind: Kind, actor: Actor): boolean {
  const first = actor.board.layers().find(({ id }) => id === FIRST_LAYER);
  if (kind.isMaking && (first?.hidden || first?.locked)) return false;
  kind.act(actor);
  return true;
}

const under: (of: Actor) => Item | undefined = ({ board, things }) => board.item(things.under);
const top = ({ board, things }: Actor): Layer | undefined =>
  board.layers().find(({ id }) => id === things.layer);
const textOf = ({ board, things }: Actor): string => {
  const item = board.item(things.words);
  return item?.kind === "text" ? item.text : "";
};

/** Letters of a person: no two deeds have the same. */
const letter = (n: number): string => String.fromCodePoint(0x4e00 + n);
const MARK = 0x100000;

/** Where ink is, from left to right. */
function places({ board }: Actor): number[] {
  return board.items().flatMap((item) => (item.kind === "stroke" ? item.points.map(({ x }) => x) : []));
}

export const KINDS: Readonly<Record<string, Kind>> = {
  draw: {
    isMaking: true,
    act: ({ peer, n }) => void drawn(peer, 1000 + n, 1100 + n),
    shows: (actor) => places(actor).includes(1000 + actor.n),
  },
  shape: {
    isMaking: true,
    act: ({ board, n }) =>
      void board.addShape({ ...HEADER, tool: "line" }, { x: 2000 + n, y: 0 }, { x: 0, y: 9 }),
    shows: (actor) => places(actor).includes(2000 + actor.n),
  },
  write: {
    isMaking: true,
    act: ({ board, n }) => void board.addText(TEXT, AT, undefined, letter(n)),
    shows: ({ board, n }) => board.items().some((item) => item.kind === "text" && item.text === letter(n)),
  },
  note: {
    isMaking: true,
    act({ board, n }) {
      typeIn(board, board.addText(NOTE, AT, { width: 50, height: 40 }, ""), () => letter(n));
    },
    shows: ({ board, n }) => board.items().some((item) => item.kind === "text" && item.text === letter(n)),
  },
  paste: {
    isMaking: true,
    act: ({ board, things, n }) =>
      void board.paste(board.copy([things.under, things.over]), translation(3000 + n, 0)),
  },
  erase: { act: ({ board, things }) => void board.erase([things.under]) },
  eraseTwo: { act: ({ board, things }) => void board.erase([things.under, things.over]) },
  eraseWords: { act: ({ board, things }) => void board.erase([things.words]) },
  eraseAbove: { act: ({ board, things }) => void board.erase([things.above]) },
  cut: { act: ({ board, things }) => void board.cut(new Map([[things.under, [{ from: 1, to: 2 }]]])) },
  cutMore: {
    act: ({ board, things }) =>
      void board.cut(new Map([[things.under, [{ from: 0.5, to: 1.5 }]]]), [things.over]),
  },
  clear: { act: ({ board }) => void board.clear() },
  move: {
    act: ({ board, things, n }) => void board.transform([things.under], translation(MARK + n * 100, 0)),
    // How far it is by itself says who moved it last: the later one moves on from there.
    shows: (actor) => movedBy(actor) === MARK + actor.n * 100,
  },
  moveTwo: {
    act: ({ board, things, n }) =>
      void board.transform([things.under, things.over], translation(0, 40 + n * 7)),
  },
  recolor: {
    act: ({ board, things, n }) => void board.changeItems([things.under], { color: 100 + n }),
    shows: (actor) => under(actor)?.header.color === 100 + actor.n,
  },
  recolorAll: {
    act: ({ board, n }) =>
      void board.changeItems(
        board.items().map(({ id }) => id),
        { color: 100 + n },
      ),
    shows: ({ board, things, n }) =>
      [things.under, things.over, things.words].some((id) => board.item(id)?.header.color === 100 + n),
  },
  recolorAlike: { act: ({ board, things }) => void board.changeItems([things.under], { color: 5 }) },
  front: { act: ({ board, things }) => void board.restack([things.under], "front"), isOrder: true },
  back: { act: ({ board, things }) => void board.restack([things.over], "back"), isOrder: true },
  wordsBack: { act: ({ board, things }) => void board.restack([things.words], "back"), isOrder: true },
  toLayer: { act: ({ board, things }) => void board.moveToLayer([things.under], things.layer) },
  fromLayer: { act: ({ board, things }) => void board.moveToLayer([things.above], FIRST_LAYER) },
  hide: { act: ({ board, things }) => toggle(board, things.layer, "hidden"), isHiding: true },
  hideFirst: { act: ({ board }) => toggle(board, FIRST_LAYER, "hidden"), isHiding: true },
  lock: { act: ({ board, things }) => toggle(board, things.layer, "locked") },
  lockFirst: { act: ({ board }) => toggle(board, FIRST_LAYER, "locked") },
  rename: {
    act: ({ board, things, n }) => void board.changeLayer(things.layer, { name: letter(n) }),
    shows: (actor) => top(actor)?.name === letter(actor.n),
  },
  fade: {
    act: ({ board, things, n }) => void board.changeLayer(things.layer, { opacity: (10 + (n % 80)) / 100 }),
    shows: (actor) => top(actor)?.opacity === (10 + (actor.n % 80)) / 100,
  },
  reorder: { act: ({ board, things }) => void board.changeLayer(things.layer, { at: 0 }) },
  removeLayer: { act: ({ board, things }) => void board.removeLayer(things.layer) },
  addLayer: {
    act: ({ board, n }) => void board.addLayer(letter(n)),
    shows: ({ board, n }) => board.layers().some(({ name }) => name === letter(n)),
  },
  type: {
    act: ({ board, things, n }) => typeIn(board, things.words, (text) => text + letter(n)),
    shows: (actor) => textOf(actor).includes(letter(actor.n)),
  },
  deleteWords: {
    act: ({ board, things }) => typeIn(board, things.words, (text) => text.slice(0, 1) + text.slice(3)),
  },
  replaceWords: {
    act: ({ board, things, n }) => typeIn(board, things.words, () => letter(n)),
    shows: (actor) => textOf(actor).includes(letter(actor.n)),
  },
  emptyWords: { act: ({ board, things }) => typeIn(board, things.words, () => "") },
  background: { act: ({ board, n }) => void board.setBackground(n % 2 === 0 ? "dots" : "grid") },
};

function movedBy(actor: Actor): number | undefined {
  const item = under(actor);
  const from = item?.kind === "stroke" ? item.points[0]! : undefined;
  return from?.y === 0 ? from.x : undefined;
}

function toggle(board: Board, id: LayerId, what: "hidden" | "locked"): void {
  const layer = board.layers().find((each) => each.id === id);
  board.changeLayer(id, { [what]: !layer?.[what] });
}

function typeIn(board: Board, id: ItemId, next: (text: string) => string): void {
  const editor = board.editText(id);
  if (!editor) return;
  const text = editor.text();
  editor.change(text, next(text));
  editor.end();
}
