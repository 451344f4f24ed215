import type { Item, ItemId } from "../../board/document/board.ts";

/** The place of every visible item among all, as a number that grows from the bottom to the top. */
export interface Order {
  /** These came, or came elsewhere: `items` are all, bottom first. The others stay where they are. */
  insert(items: readonly Item[], shown: readonly ItemId[]): void;
  /** Numbers everything anew where `items` do not come in the order known. */
  check(items: readonly Item[]): void;
  delete(id: ItemId): void;
  numberOf(id: ItemId): number;
  /** The ids, bottom first. */
  sorted(ids: readonly ItemId[]): ItemId[];
}

/** With less between two neighbours, numbers would soon be the same. */
const CLOSEST = 2 ** -20;

export function createOrder(): Order {
  const numbers = new Map<ItemId, number>();
  const ids = new Map<number, ItemId>();

  const set = (id: ItemId, number: number): void => {
    numbers.set(id, number);
    ids.set(number, id);
  };
  const remove = (id: ItemId): void => {
    const number = numbers.get(id);
    if (number === undefined) return;
    numbers.delete(id);
    ids.delete(number);
  };
  const renumber = (items: readonly Item[]): void => {
    numbers.clear();
    ids.clear();
    for (const [number, { id }] of items.entries()) set(id, number);
  };

  /** The items `from` .. `to`, which have neighbours with numbers, or none. Says whether there was room. */
  const between = (items: readonly Item[], from: number, to: number): boolean => {
    const count = to - from + 1;
    const below = numbers.get(items[from - 1]?.id ?? "");
    const above = numbers.get(items[to + 1]?.id ?? "");
    const low = below ?? (above ?? 0) - count - 1;
    const step = ((above ?? low + count + 1) - low) / (count + 1);
    if (step < CLOSEST) return false;
    for (let i = 0; i < count; i++) set(items[from + i]!.id, low + step * (i + 1));
    return true;
  };

  return {
    insert(items, shown) {
      const fresh = new Set(shown);
      for (const id of shown) remove(id);
      // Usually they are the last in the order.
      for (let to = items.length - 1; to >= 0 && fresh.size > 0; to--) {
        if (!fresh.has(items[to]!.id)) continue;
        let from = to;
        while (from > 0 && fresh.has(items[from - 1]!.id)) from--;
        if (!between(items, from, to)) return renumber(items);
        for (let i = from; i <= to; i++) fresh.delete(items[i]!.id);
        to = from;
      }
    },
    check(items) {
      let last = -Infinity;
      for (const { id } of items) {
        const number = numbers.get(id) ?? -Infinity;
        if (number <= last) return renumber(items);
        last = number;
      }
    },
    delete: remove,
    numberOf: (id) => numbers.get(id)!,
    sorted(some) {
      // Numbers by themselves sort many times faster than by a comparison.
      const found = Float64Array.from(some, (id) => numbers.get(id)!).sort();
      return Array.from(found, (number) => ids.get(number)!);
    },
  };
}
