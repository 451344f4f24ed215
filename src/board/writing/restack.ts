import { boundsOf, overlaps } from "../../base/geometry.ts";
import type { Box } from "../../base/geometry.ts";
import type { ShownAttributes } from "../reading/shown-tables.ts";
import type { StackPlace } from "../document/attributes.ts";
import type { Item, ItemId, Restack } from "../document/board.ts";
import { placesBetween } from "../reading/painting-order.ts";
import type { Stack } from "../reading/painting-order.ts";
import type { Entry } from "../reading/stroke-list.ts";

export interface RestackDeps {
  readonly attributes: ShownAttributes;
  item(id: ItemId): Item | undefined;
}

/** New places for items of one stack, that they go over or under what they were among. */
export function restacked(
  entries: Stack,
  ids: ReadonlySet<ItemId>,
  how: Restack,
  { attributes, item }: RestackDeps,
): ReadonlyMap<ItemId, StackPlace> {
  const going = entries.filter(({ id }) => ids.has(id));
  const staying = entries.filter(({ id }) => !ids.has(id));
  if (going.length === 0 || staying.length === 0) return new Map();
  /** Found once, where somebody asks: a stroke's takes going through its points. */
  let goingBoxes: readonly (Box | undefined)[] | undefined;
  const at = targetAmong(staying);
  if (at === undefined) return new Map();
  const places = placesBetween(going.length, staying[at - 1], staying[at], attributes);
  return new Map(going.map(({ id }, i) => [id, places[i]!] as const));

  /** Before which of those that stay they go; undefined where they are there already. */
  function targetAmong(others: readonly Entry[]): number | undefined {
    const first = entries.indexOf(going[0]!);
    const last = entries.indexOf(going.at(-1)!);
    if (how === "front")
      return last === entries.length - 1 && isTogether(first, last) ? undefined : others.length;
    if (how === "back") return first === 0 && isTogether(first, last) ? undefined : 0;
    if (how === "forward") {
      const over = entries.slice(last + 1).find((entry) => !ids.has(entry.id) && isTouched(entry));
      return over && others.indexOf(over) + 1;
    }
    const under = entries
      .slice(0, first)
      .reverse()
      .find((entry) => !ids.has(entry.id) && isTouched(entry));
    return under && others.indexOf(under);
  }

  function isTogether(first: number, last: number): boolean {
    return last - first === going.length - 1;
  }

  /** Passing what lies elsewhere would change nothing that can be seen. */
  function isTouched({ id }: Entry): boolean {
    const box = boxOf(item(id));
    goingBoxes ??= going.map((entry) => boxOf(item(entry.id)));
    return !box || goingBoxes.some((own) => !own || overlaps(own, box));
  }
}

/** Undefined for words, whose size only those who paint them know: they count as touching. */
function boxOf(item: Item | undefined): Box | undefined {
  return item?.kind === "stroke" ? boundsOf(item.points, item.header.width / 2) : undefined;
}
