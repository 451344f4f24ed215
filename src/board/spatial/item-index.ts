/*
 * Where the visible items of a board are: one R-tree for those who paint, hit, erase and select. It
 * follows the board change by change, and works off what has changed when somebody asks next: a stroke
 * that grew ten times in between is measured once.
 *
 * Items are as the board last announced them: what it holds back is not taken in before it tells.
 */
import RBush from "rbush";
import { sameBox, unionOf, type Box } from "../../base/geometry.ts";
import type { Board, BoardChange, Item, ItemId } from "../document/board.ts";
import { createItemBoxes, type ItemBoxes, type TextBox } from "./item-boxes.ts";

export interface ItemIndex {
  /** How large items are, also such as are not on the board. */
  readonly boxes: ItemBoxes;
  item(id: ItemId): Item | undefined;
  /**
   * Finds the boxes of what has changed until `enough` says so; whether that is all. Others who ask meanwhile do
   * not get less: they wait for the rest.
   */
  prepare(enough: () => boolean): boolean;
  /** Whoever asks where items are does not have to wait for the boxes of very many. */
  isKnown(): boolean;
  /** The items whose painted box touches `box`, in no order. */
  within(box: Box): readonly Item[];
  /** Around the painted boxes of all items but these; undefined where there are none. */
  boundsWithout(ids: ReadonlySet<ItemId>): Box | undefined;
  close(): void;
}

/** Moved, added or taken away one by one up to this part of all; more are loaded at once. */
const FEW = 1 / 4;

/** So many are measured between two looks whether that is enough: what one person does at a time is never put off. */
const AT_A_TIME = 64;

interface Leaf extends Box {
  item: Item;
}

/** Has to listen to the board before those who ask it when the board has changed. */
export function createItemIndex(
  board: Pick<Board, "items" | "item" | "onChange">,
  textBox: TextBox,
): ItemIndex {
  const boxes = createItemBoxes(textBox);
  const tree = new RBush<Leaf>();
  const items = new Map<ItemId, Item>(board.items().map((item) => [item.id, item]));
  /** What is in the tree, and what is still in it although the item is gone. */
  const leaves = new Map<ItemId, Leaf>();
  let gone: Leaf[] = [];
  /** Whose place has to be found anew. */
  const waiting = new Set(items.keys());

  const takeIn = (id: ItemId): void => {
    const item = board.item(id);
    if (!item) {
      drop(id);
      return;
    }
    items.set(id, item);
    waiting.add(id);
  };

  const drop = (id: ItemId): void => {
    items.delete(id);
    waiting.delete(id);
    const leaf = leaves.get(id);
    if (leaf) gone.push(leaf);
    leaves.delete(id);
  };

  const apply = ({ shown, extended, hidden, altered }: BoardChange): void => {
    for (const id of hidden) drop(id);
    for (const ids of [shown, extended, altered]) for (const id of ids) takeIn(id);
  };

  /** Measured, and not in the tree yet. */
  let come: Leaf[] = [];

  const measure = (id: ItemId): void => {
    const item = items.get(id)!;
    const box = boxes.painted(item);
    // Words that nobody could measure are asked for again.
    if (box || item.kind === "stroke") waiting.delete(id);
    const old = leaves.get(id);
    if (old && box && sameBox(old, box)) {
      old.item = item;
      return;
    }
    if (old) gone.push(old);
    leaves.delete(id);
    if (!box) return;
    const leaf = { ...box, item };
    leaves.set(id, leaf);
    come.push(leaf);
  };

  const prepare = (enough: () => boolean): boolean => {
    let left = waiting.size;
    for (const id of waiting) {
      measure(id);
      if (--left > 0 && left % AT_A_TIME === 0 && enough()) return false;
    }
    return true;
  };

  const update = (): void => {
    prepare(() => false);
    if (gone.length === 0 && come.length === 0) return;
    // What went again since it was measured was never in the tree.
    const fresh = new Set(come);
    const left = gone.filter((leaf) => !fresh.delete(leaf));
    if (left.length + fresh.size > (leaves.size - fresh.size + left.length) * FEW) {
      tree.clear();
      tree.load([...leaves.values()]);
    } else {
      for (const leaf of left) tree.remove(leaf);
      if (fresh.size > AT_A_TIME) tree.load([...fresh]);
      else for (const leaf of fresh) tree.insert(leaf);
    }
    gone = [];
    come = [];
  };

  /** Its box is around all, and kept exact. */
  const root = (): Box => tree.toJSON() as Box;

  return {
    boxes,
    item: (id) => items.get(id),
    prepare,
    isKnown: () => waiting.size <= AT_A_TIME,
    within(box) {
      update();
      return tree.search(box).map(({ item }) => item);
    },
    boundsWithout(ids) {
      update();
      if (leaves.size === 0) return undefined;
      const all = boxOf(root());
      const { minX, minY, maxX, maxY } = all;
      const isInside = (id: ItemId): boolean => {
        const leaf = leaves.get(id);
        return !leaf || (leaf.minX > minX && leaf.minY > minY && leaf.maxX < maxX && leaf.maxY < maxY);
      };
      if ([...ids].every(isInside)) return all;
      let around: Box | undefined;
      for (const [id, leaf] of leaves)
        if (!ids.has(id)) around = around ? unionOf(around, leaf) : boxOf(leaf);
      return around;
    },
    close: board.onChange(apply),
  };
}

function boxOf({ minX, minY, maxX, maxY }: Box): Box {
  return { minX, minY, maxX, maxY };
}
