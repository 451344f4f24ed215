import type { ShownAttributes } from "./shown-tables.ts";
import type { StackPlace } from "../document/attributes.ts";
import type { ItemId } from "../document/board.ts";
import { ITEM_KINDS } from "../document/schema.ts";
import type { Entry, StrokeList } from "./stroke-list.ts";

/** Entries that can be above or below one another, bottom first: on one layer, highlighters apart. */
export type Stack = readonly Entry[];

/**
 * The visible entries as they are painted: layers bottom first; on each highlighters first, as they
 * lie under the ink; then as the items were drawn, but for those that were brought forward or back.
 */
export function stacksOf(entries: readonly Entry[], attributes: ShownAttributes): Stack[] {
  const layers = attributes.layers();
  const stacks = new Map(
    layers.map(({ id }) => [id, { under: [] as Entry[], over: [] as Entry[] }] as const),
  );
  const isOne = layers.length === 1;
  for (const entry of entries) {
    if (!entry.visible) continue;
    const { under, over } = stacks.get(isOne ? layers[0]!.id : attributes.layerOf(entry.id).id)!;
    (isUnder(entry) ? under : over).push(entry);
  }
  const restack = createRestacking(entries, attributes);
  return [...stacks.values()].flatMap(({ under, over }) =>
    [under, over].filter(({ length }) => length > 0).map(restack),
  );
}

/** With more ids than this part of all entries, going through the stacks is quicker than sorting. */
const MANY = 1 / 8;

/**
 * The ids as `stacks` have their entries, bottom first; those that are not there last, as given. Its
 * cost is that of sorting these, however many others there are.
 */
export function inPaintingOrder(
  ids: readonly ItemId[],
  list: Pick<StrokeList, "entries" | "entry">,
  attributes: ShownAttributes,
  stacks: () => readonly Stack[],
): readonly ItemId[] {
  if (ids.length < 2) return ids;
  if (ids.length > list.entries.length * MANY) {
    const wanted = new Set(ids);
    const found = stacks().flatMap((stack) => stack.filter(({ id }) => wanted.delete(id)));
    return [...found.map(({ id }) => id), ...wanted];
  }
  const levels = new Map(attributes.layers().map(({ id }, level) => [id, level] as const));
  const levelOf = (entry: Entry): number =>
    2 * levels.get(attributes.layerOf(entry.id).id)! + (isUnder(entry) ? 0 : 1);
  // Beside an entry that this version cannot read there is seldom anything.
  const placeOf = (id: ItemId): number | undefined =>
    (list.entry(id) ?? list.entries.find((entry) => entry.id === id))?.rank;
  const known = ids.flatMap((id) => {
    const entry = list.entry(id);
    return entry?.stroke ? { id, level: levelOf(entry), rank: rankOf(entry, attributes, placeOf) } : [];
  });
  known.sort((a, b) => a.level - b.level || compareRanks(a.rank, b.rank));
  return [...known.map(({ id }) => id), ...ids.filter((id) => !list.entry(id)?.stroke)];
}

/** As they were drawn, but for those that have a place of their own. */
function byPlace(
  stack: Stack,
  attributes: ShownAttributes,
  placeOf: (id: ItemId) => number | undefined,
): Stack {
  const ranks = new Map(stack.map((entry) => [entry, rankOf(entry, attributes, placeOf)] as const));
  return [...stack].sort((a, b) => compareRanks(ranks.get(a)!, ranks.get(b)!));
}

/** A highlighter lies under the ink of its layer. */
function isUnder(entry: Entry): boolean {
  return ITEM_KINDS[entry.stroke!.header.tool].isUnder;
}

/** Where an entry stands among all: beside which place of the array, how far on which side of it. */
export function stackPlaceOf({ id }: Entry, attributes: ShownAttributes): StackPlace {
  return attributes.of(id).stack ?? { beside: id, offset: 0 };
}

function createRestacking(entries: readonly Entry[], attributes: ShownAttributes): (stack: Stack) => Stack {
  const moved = new Set(attributes.stacked());
  if (moved.size === 0) return (stack) => stack;
  const places = new Map(entries.map(({ id, rank }) => [id, rank] as const));
  return (stack) => {
    if (!stack.some(({ id }) => moved.has(id))) return stack;
    return byPlace(stack, attributes, (id) => places.get(id));
  };
}

/** Within one stack: beside which place of the array, how far from it, and where the entry was drawn. */
interface Rank {
  readonly place: number;
  readonly offset: number;
  readonly own: number;
}

/** An entry that is to be beside one that is not there stays where it was drawn. */
function rankOf(
  entry: Entry,
  attributes: ShownAttributes,
  placeOf: (id: ItemId) => number | undefined,
): Rank {
  const own = entry.rank;
  const stack = attributes.of(entry.id).stack;
  const place = stack && placeOf(stack.beside);
  return place === undefined ? { place: own, offset: 0, own } : { place, offset: stack!.offset, own };
}

function compareRanks(a: Rank, b: Rank): number {
  return a.place - b.place || a.offset - b.offset || a.own - b.own;
}

/** Places of their own for entries that go, in this order, between two neighbours. */
export function placesBetween(
  count: number,
  below: Entry | undefined,
  above: Entry | undefined,
  attributes: ShownAttributes,
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
