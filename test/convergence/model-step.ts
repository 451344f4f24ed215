import type * as Y from "yjs";
import { IDENTITY } from "../../src/base/matrix.ts";
import type { Matrix } from "../../src/base/matrix.ts";
import type { Board, ItemId, StrokeWriter } from "../../src/board/document/board.ts";
import type { StrokeHeader } from "../../src/ink/stroke.ts";
import type { Fact, ItemFact } from "./model.ts";
import type { Part } from "./model-parts.ts";
import type { Person } from "./model-person.ts";

/** A person with a board, and what the model says of it. */
export interface Peer {
  readonly doc: Y.Doc;
  readonly board: Board;
  readonly person: Person;
  /** The steps that got here, by their numbers. */
  readonly known: Set<number>;
  /** What this person wrote since the last step. */
  readonly updates: Uint8Array[];
  /** The stroke that is under the person's pen, from one step to the next. */
  pen: { readonly writer: StrokeWriter; readonly id: ItemId } | undefined;
  /** Puts the ink that waits into the document. */
  flush(): void;
}

/** What one operation did: what goes to the others, as a whole. */
interface SentStep {
  readonly updates: readonly Uint8Array[];
  readonly facts: readonly Fact[];
}

export interface Run {
  readonly peers: readonly Peer[];
  readonly steps: SentStep[];
  /** A number that no other thing of the run has. */
  next(): number;
}

/** What exactly is done, in numbers that an action reads as it likes. */
export interface Choice {
  readonly a: number;
  readonly b: number;
}

export type Action = (run: Run, peer: Peer, choice: Choice) => void;

export const HEADER: StrokeHeader = {
  tool: "pen",
  input: "mouse",
  color: 1,
  width: 4,
  pressure: false,
  scale: 0,
};
/** Between two points of a stroke. */
export const SPAN = 10;
export const AT = { x: 0, y: 0 };

/** New ink that begins at `x` and runs to the right. */
export function sayInk(
  person: Person,
  id: ItemId,
  ink: { readonly spans: number; readonly x?: number; readonly color?: number; readonly isOpen?: boolean },
): Part {
  const { spans, x = 0, color = HEADER.color, isOpen = false } = ink;
  const over = person.view.drawn().at(-1);
  person.say({ kind: "item", id, author: person.client, over, x, color, isText: false });
  person.say({ kind: "ink", item: id, spans, isOpen });
  return { kind: "made", targets: [id], text: undefined };
}

export function sayText(person: Person, id: ItemId): Part {
  const over = person.view.drawn().at(-1);
  person.say({ kind: "item", id, author: person.client, over, x: 0, color: HEADER.color, isText: true });
  return { kind: "made", targets: [id], text: id };
}

export function record(person: Person, parts: readonly Part[]): void {
  person.record({ parts });
}

export function inkOf({ view }: Person): ItemFact[] {
  return view.visible().filter(({ isText }) => !isText);
}

export function touchableAmong({ view }: Person, items: readonly ItemFact[]): ItemFact[] {
  return items.filter(({ id }) => !view.layerOf(id).locked);
}

/** Places are kept in 64ths of a world unit. */
export function matrixText({ a, b, c, d, e, f }: Matrix): string {
  return JSON.stringify([a, b, c, d, Math.round(e * 64) / 64, Math.round(f * 64) / 64]);
}

export function matrixOf({ view }: Person, id: string): Matrix {
  const text = view.value(`${id} matrix`);
  if (text === undefined) return IDENTITY;
  const [a, b, c, d, e, f] = JSON.parse(String(text)) as [number, number, number, number, number, number];
  return { a, b, c, d, e, f };
}

export function colorOf({ view }: Person, { id, color }: ItemFact): number {
  return Number(view.value(`${id} color`) ?? color);
}

export function oneOf<T>(list: readonly T[], n: number): T | undefined {
  return list[n % list.length];
}

/** The oldest and the newest: people meet over the same things. */
export function few<T>(list: readonly T[]): T[] {
  return [...new Set([...list.slice(0, 2), ...list.slice(-2)])];
}

/** One of a few, or two. */
export function some<T>(list: readonly T[], { a, b }: Choice): T[] {
  const among = few(list);
  const [one, two] = [among[a % among.length], among[(a + (b % 2)) % among.length]];
  return [...new Set([one, two])].filter((each) => each !== undefined);
}

export function same(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`the board says ${a}, the model ${b}`);
}
