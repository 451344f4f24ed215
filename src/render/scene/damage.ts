/*
 * From what became of single items to what has to be painted: little is painted over what is there, much is
 * painted anew, part by part.
 */
import { overlaps, unionOf, type Box } from "../../base/geometry.ts";
import type { Board, ItemId } from "../../board/document/board.ts";
import type { FinishedInk } from "./finished-ink.ts";

/** What became of finished ink. */
export interface Damage {
  /** Paint these, in this order, over what is there. */
  readonly added: readonly { readonly id: ItemId; readonly box: Box }[];
  /** In each of these parts of the world, paint everything anew. */
  readonly boxes: readonly Box[];
  /** Here only more has come: what is being painted is true as far as it goes. */
  readonly more: Box | undefined;
  /** Items that have come from the other canvas, or, where they are few, may have. */
  readonly come: readonly ItemId[];
}

/** What became of one item: where it is now and was before, of finished ink. */
export interface ItemDamage {
  readonly id: ItemId;
  readonly added?: Box | undefined;
  readonly removed?: Box | undefined;
  /** It was on the other canvas. */
  readonly wasLive: boolean;
}

/** With more than this, painting anew what they touch, a little at a time, beats painting each at once. */
const MAX_ADDED = 16;
/** So many boxes are one: each is looked for in each tile. */
const MAX_BOXES = 256;

export interface DamageDeps {
  /** What looks otherwise besides. */
  readonly repaint: Box | undefined;
  /** Items that are blended with others: none of them can be painted over the rest. */
  readonly joined: ReadonlySet<ItemId>;
  readonly ink: FinishedInk;
  readonly board: Pick<Board, "inOrder">;
}

export function damageOf(items: readonly ItemDamage[], { repaint, joined, ink, board }: DamageDeps): Damage {
  const dirty: Box[] = repaint ? [repaint] : [];
  const added = new Map<ItemId, Box>();
  const fromLive = new Set<ItemId>();
  for (const { id, added: box, removed, wasLive } of items) {
    if (box) added.set(id, box);
    if (box && wasLive) fromLive.add(id);
    if (removed) dirty.push(removed);
  }
  const few = added.size <= MAX_ADDED;
  const isOver = (id: ItemId, box: Box): boolean =>
    few && !joined.has(id) && isOnTop(id, box, ink) && !dirty.some((other) => overlaps(other, box));
  const placed = board.inOrder([...added.keys()]).map((id) => ({ id, box: added.get(id)! }));
  const over = new Set(placed.filter(({ id, box }) => isOver(id, box)));
  const under = placed.filter((each) => !over.has(each));
  return {
    added: [...over],
    boxes: inFew([...dirty, ...under.map(({ box }) => box)]),
    more: undefined,
    come: placed.flatMap(({ id }) => (few || fromLive.has(id) ? id : [])),
  };
}

/** Nothing has to be painted anew for it: it lies above all and shows nothing through. */
function isOnTop(id: ItemId, box: Box, ink: FinishedInk): boolean {
  return ink.layerOf(id).opacity === 1 && ink.within(box).at(-1) === id;
}

function inFew(boxes: readonly Box[]): readonly Box[] {
  if (boxes.length <= MAX_BOXES) return boxes;
  let whole: Box | undefined;
  for (const box of boxes) whole = unionOf(whole, box);
  return whole ? [whole] : [];
}
