import type { AttributeTable } from "./attribute-table.ts";
import type { StackPlace } from "../document/attributes.ts";
import type { LayerId } from "../document/board.ts";
import { ITEM_KINDS } from "../document/schema.ts";
import type { Entry } from "./stroke-list.ts";

/** Entries that can be above or below one another: on one layer, highlighters apart. */
export interface Stack {
  readonly layer: LayerId;
  /** Bottom first. */
  readonly entries: readonly Entry[];
}

/**
 * The visible entries as they are painted: layers bottom first; on each highlighters first, as they
 * lie under the ink; then as the items were drawn, but for those that were brought forward or back.
 */
export function stacksOf(entries: readonly Entry[], attributes: AttributeTable): Stack[] {
  const layers = attributes.layers();
  const stacks = new Map(
    layers.map(({ id }) => [id, { under: [] as Entry[], over: [] as Entry[] }] as const),
  );
  const isOne = layers.length === 1;
  for (const entry of entries) {
    if (!entry.visible) continue;
    const { under, over } = stacks.get(isOne ? layers[0]!.id : attributes.layerOf(entry.id).id)!;
    (ITEM_KINDS[entry.stroke!.header.tool].isUnder ? under : over).push(entry);
  }
  const restack = createRestacking(entries, attributes);
  return [...stacks].flatMap(([layer, { under, over }]) =>
    [under, over].filter(({ length }) => length > 0).map((stack) => ({ layer, entries: restack(stack) })),
  );
}

/** Where an entry stands among all: beside which place of the array, how far on which side of it. */
export function stackPlaceOf({ id }: Entry, attributes: AttributeTable): StackPlace {
  return attributes.of(id).stack ?? { beside: id, offset: 0 };
}

function createRestacking(
  entries: readonly Entry[],
  attributes: AttributeTable,
): (stack: readonly Entry[]) => readonly Entry[] {
  const moved = new Set(attributes.stacked());
  if (moved.size === 0) return (stack) => stack;
  const places = new Map(entries.map(({ id }, index) => [id, index] as const));

  /** An entry that is to be beside one that is not there stays where it was drawn. */
  function rankOf(entry: Entry): readonly [place: number, offset: number, own: number] {
    const own = places.get(entry.id)!;
    const { beside, offset } = stackPlaceOf(entry, attributes);
    const place = places.get(beside);
    return place === undefined ? [own, 0, own] : [place, offset, own];
  }

  return (stack) => {
    if (!stack.some(({ id }) => moved.has(id))) return stack;
    const ranks = new Map(stack.map((entry) => [entry, rankOf(entry)] as const));
    return [...stack].sort((a, b) => {
      const [placeA, offsetA, ownA] = ranks.get(a)!;
      const [placeB, offsetB, ownB] = ranks.get(b)!;
      return placeA - placeB || offsetA - offsetB || ownA - ownB;
    });
  };
}

/** Places of their own for entries that go, in this order, between two neighbours. */
export function placesBetween(
  count: number,
  below: Entry | undefined,
  above: Entry | undefined,
  attributes: AttributeTable,
): StackPlace[] {
  const low = below && stackPlaceOf(below, attributes);
  const high = above && stackPlaceOf(above, attributes);
  return Array.from({ length: count }, (_, i): StackPlace => {
    if (low && high && low.beside === high.beside) {
      const step = (high.offset - low.offset) / (count + 1);
      return { beside: low.beside, offset: low.offset + step * (i + 1) };
    }
    if (low) return { beside: low.beside, offset: low.offset + i + 1 };
    return { beside: high!.beside, offset: high!.offset - count + i };
  });
}
