/*
 * What of another moment is gone now, and how it comes back: as copies of what it was then. What was only moved
 * goes back to where it was.
 */
import { IDENTITY } from "../../base/matrix.ts";
import type { Matrix } from "../../base/matrix.ts";
import type { InkPoint } from "../../ink/stroke.ts";
import type { CopiedItem, Item, ItemId, PathRange, StrokeItem } from "../document/board.ts";
import { partsOf } from "../document/cuts.ts";
import type { Roots } from "../document/document.ts";
import { itemKey } from "../document/keys.ts";
import { CUT_STEPS } from "../document/marks.ts";
import { broughtBackFor, placeOfBack } from "../document/recalled.ts";
import type { Recalled, RecalledItem } from "../document/recalled.ts";
import { ITEM_FIELDS } from "../document/schema.ts";
import { copiedOf, copiedPart } from "../reading/copied-item.ts";
import type { BoardReader } from "../reading/board-reader.ts";
import type { Entry } from "../reading/stroke-list.ts";
import type { PastState } from "./past-state.ts";

export interface RecallDeps {
  readonly roots: Pick<Roots, "attrs">;
  /** The board as it is now. */
  readonly reader: BoardReader;
  readonly past: PastState;
}

export interface Recall {
  missing(): readonly ItemId[];
  recall(ids: readonly ItemId[]): Recalled;
}

/** What takes the place of items that are hidden now. */
interface Replaced {
  /** What was brought back for an item. */
  readonly back: ReadonlyMap<ItemId, readonly Item[]>;
  /** Worn out texts whose words went on in others. */
  readonly followed: ReadonlySet<ItemId>;
}

export function createRecall({ roots, reader, past }: RecallDeps): Recall {
  const { list, cover, attributes } = reader;

  function replaced(): Replaced {
    const back = new Map<ItemId, Item[]>();
    const followed = new Set<ItemId>();
    for (const entry of list.entries) {
      if (!reader.shows(entry)) continue;
      const { stack, follows } = attributes.of(entry.id);
      const original = broughtBackFor(stack);
      const item = original === undefined ? undefined : reader.item(entry.id);
      if (item) back.set(original!, [...(back.get(original!) ?? []), item]);
      for (let old = follows; old !== undefined && !followed.has(old); old = attributes.of(old).follows)
        followed.add(old);
    }
    return { back, followed };
  }

  function isHidden({ client, clock }: Entry): boolean {
    return cover.hides(client, clock);
  }

  /** Told quickly: it need not be known where its points are. */
  function mayBeCut({ client, clock, end }: Entry): boolean {
    return cover.isCut(client, { start: clock * CUT_STEPS, end: end * CUT_STEPS });
  }

  /** What is there no more of what was there, as stretches of the item; undefined: all of it. */
  function lostOf(entry: Entry, { back, followed }: Replaced): readonly PathRange[] | undefined {
    const { id, stroke } = entry;
    if (isHidden(entry)) return followed.has(id) || isBack(entry, back) ? [] : undefined;
    if (!mayBeCut(entry)) return [];
    const item = past.board.item(id);
    const now = reader.item(id);
    if (!stroke || item?.kind !== "stroke" || now?.kind !== "stroke") return [];
    const lost = subtract(now.cuts, item.cuts);
    const known = back.get(id) ?? [];
    return lost.filter((range) => !known.some((copy) => isAt(copy, stretchOf(item, range)[0] ?? [])));
  }

  /** The whole of it was brought back, wherever that is now, or what it was itself brought back for. */
  function isBack({ id }: Entry, back: Replaced["back"]): boolean {
    if (back.size === 0) return false;
    const item = past.board.item(id);
    const copies = back.get(broughtBackFor(item?.attributes.stack) ?? id);
    if (!item || !copies) return false;
    if (item.kind !== "stroke") return copies.some(({ kind }) => kind === item.kind);
    const { length } = item.parts?.[0] ?? item.points;
    return copies.some((copy) => copy.kind === "stroke" && copy.points.length === length);
  }

  function isMissing(entry: Entry, others: Replaced): boolean {
    if (!entry.visible || !entry.stroke) return false;
    return lostOf(entry, others)?.length !== 0;
  }

  function copiesOf(entry: Entry, lost: readonly PathRange[] | undefined): CopiedItem[] {
    const item = past.board.item(entry.id);
    if (!item || !entry.stroke) return [];
    if (lost === undefined || item.kind !== "stroke") return copiedOf(entry.stroke, item);
    return lost.flatMap((range) => stretchOf(item, range).map((points) => copiedPart(item, points)));
  }

  function recalled(entry: Entry, lost: readonly PathRange[] | undefined): RecalledItem {
    const item = past.board.item(entry.id);
    return {
      layer: item?.layer ?? "",
      stack: item?.attributes.stack ?? placeOfBack(entry.id),
      copies: () => copiesOf(entry, lost),
    };
  }

  /** Where it was, where that is known and elsewhere now. */
  function formerPlace({ id }: Entry): Matrix | undefined {
    const key = itemKey(id, ITEM_FIELDS.matrix.key);
    const write = roots.attrs._map.get(key);
    let first = write;
    while (first?.left) first = first.left;
    // In between it was somewhere that nobody knows.
    if (!write || !first || past.has(first.id.client, first.id.clock)) return undefined;
    return attributes.of(id).matrix && (past.board.item(id)?.attributes.matrix ?? IDENTITY);
  }

  return {
    missing() {
      const others = replaced();
      return past.entries.flatMap((entry) => (isMissing(entry, others) ? entry.id : []));
    },
    recall(ids) {
      const others = replaced();
      const gone: RecalledItem[] = [];
      const moved = new Map<ItemId, Matrix>();
      for (const id of ids) {
        const entry = past.entry(id);
        if (!entry?.visible) continue;
        const lost = lostOf(entry, others);
        if (lost?.length !== 0) gone.push(recalled(entry, lost));
        const place = lost && formerPlace(entry);
        if (place) moved.set(id, place);
      }
      return { gone, moved };
    },
  };
}

/** What of ascending stretches is in none of others. */
function subtract(ranges: readonly PathRange[], others: readonly PathRange[]): PathRange[] {
  const left: PathRange[] = [];
  for (const { from, to } of ranges) {
    let start = from;
    for (const other of others) {
      if (other.to <= start || other.from >= to) continue;
      if (other.from > start) left.push({ from: start, to: other.from });
      start = Math.max(start, other.to);
    }
    if (start < to) left.push({ from: start, to });
  }
  return left;
}

/** The ink of a stretch. */
function stretchOf({ points }: StrokeItem, { from, to }: PathRange): ReturnType<typeof partsOf> {
  return partsOf(points, [
    { from: 0, to: from },
    { from: to, to: points.length - 1 },
  ]);
}

/** World units: ink is written on a grid. */
const CLOSE = 0.5;

/** It is a copy of a stretch of ink, and where that was. */
function isAt(copy: Item, points: readonly InkPoint[]): boolean {
  if (copy.kind !== "stroke" || copy.points.length !== points.length) return false;
  return [0, points.length - 1].every((i) => {
    const [a, b] = [copy.points[i], points[i]];
    return a && b && Math.abs(a.x - b.x) < CLOSE && Math.abs(a.y - b.y) < CLOSE;
  });
}
