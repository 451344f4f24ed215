/*
 * The pages of a board as its index has them, whatever people wrote there at once. What comes of it depends on the
 * index alone, so that two devices with the same index show the same pages:
 *
 *     made --removed > 0--> removed --anything under `emptied`--> emptied, for good
 *               ^              |
 *               +--removed = 0-+
 *
 * - A page is there once the session in whose name it is has made it. The first page is there without.
 * - Of its name, its place and whether it is removed, the value that stands counts. One that cannot be read is none.
 * - Who removes a page gives it a number that is higher than those of all that are removed, so the latest is known
 *   without a clock.
 * - A page is emptied once anything was written under that key, even if nothing stands there any more: devices that
 *   dropped its ink cannot have it again. So emptying wins against restoring at the same time.
 * - Where all pages are removed, since several people did so at once, the one that was removed last is shown. There
 *   always is one: the first page cannot be emptied.
 */
import { byPlace } from "../document/fractional-places.ts";
import { createFieldReader } from "../document/field-values.ts";
import { readEntryKey } from "../document/keys.ts";
import { ENTRY_FIELDS } from "../document/schema.ts";
import type { Given, ValuesOf } from "../document/schema-rows.ts";
import { FIRST_PAGE } from "./page-id.ts";
import type { PageId } from "./page-id.ts";

/** A page that is not emptied. */
export interface PageEntry {
  readonly id: PageId;
  /** Empty: nobody named it; it is called by its place. */
  readonly name: string;
  /** Which only counts against those of the others. */
  readonly place: number;
  /** 0: it is not removed; else the higher, the later it was. */
  readonly removed: number;
}

/** What a value that was taken in made of a page. */
export interface EntryNews {
  readonly page: PageId;
  readonly isMade: boolean;
  readonly isEmptied: boolean;
}

export interface PageTable {
  /** All that are not emptied, removed or not, in their order. */
  all(): readonly PageEntry[];
  /** Those that are shown, in their order; never empty. */
  list(): readonly PageEntry[];
  /** The one that is shown only because no other is left. */
  left(): PageEntry | undefined;
  /** Those that are not shown, the latest removed first. */
  removed(): readonly PageEntry[];
  emptied(): ReadonlySet<PageId>;
  /** Undefined where it is emptied, or not made. */
  page(id: PageId): PageEntry | undefined;
  /** Something was written of it. */
  knows(id: PageId): boolean;
  /** How many were ever made; the first page is not. */
  made(): number;
  /** Takes in what stands under a key of the attributes, as soon as it was written; undefined: it is of no page. */
  set(key: string, value: unknown): EntryNews | undefined;
}

type EntryValues = Given<ValuesOf<typeof ENTRY_FIELDS>>;

/** The pages in the orders in which they are asked for. */
interface Orders {
  readonly all: readonly PageEntry[];
  readonly list: readonly PageEntry[];
  readonly left: PageEntry | undefined;
  readonly removed: readonly PageEntry[];
  readonly byId: ReadonlyMap<PageId, PageEntry>;
}

const withEntryValue = createFieldReader(ENTRY_FIELDS);
const NO_BYTES = new Uint8Array(0);

export function createPageTable(): PageTable {
  const values = new Map<PageId, EntryValues>([[FIRST_PAGE, {}]]);
  const made = new Set<PageId>([FIRST_PAGE]);
  const emptied = new Set<PageId>();
  let orders: Orders | undefined;

  function ordered(): Orders {
    orders ??= ordersOf([...made].filter((id) => !emptied.has(id)).map((id) => entryOf(id, values.get(id)!)));
    return orders;
  }

  return {
    all: () => ordered().all,
    list: () => ordered().list,
    left: () => ordered().left,
    removed: () => ordered().removed,
    emptied: () => emptied,
    page: (id) => ordered().byId.get(id),
    knows: (id) => values.has(id),
    made: () => made.size - 1,
    set(key, value) {
      const entry = readEntryKey(key);
      if (!entry) return undefined;
      const { id: page = FIRST_PAGE, field } = entry;
      const isMade = field === ENTRY_FIELDS.made.key && !made.has(page);
      const isEmptied = field === ENTRY_FIELDS.emptied.key && !emptied.has(page);
      if (isMade) made.add(page);
      if (isEmptied) emptied.add(page);
      const bytes = value instanceof Uint8Array ? value : NO_BYTES;
      values.set(page, withEntryValue(values.get(page) ?? {}, field, bytes));
      orders = undefined;
      return { page, isMade, isEmptied };
    },
  };
}

function ordersOf(pages: PageEntry[]): Orders {
  const all = pages.sort(byPlace);
  const shown = all.filter(({ removed }) => removed === 0);
  const left = shown.length > 0 ? undefined : all.reduce((a, b) => (b.removed > a.removed ? b : a));
  const removed = all.filter((page) => page.removed > 0 && page !== left);
  return {
    all,
    list: left ? [left] : shown,
    left,
    // Those with one number stay in the order of their places.
    removed: removed.sort((a, b) => b.removed - a.removed),
    byId: new Map(all.map((page) => [page.id, page] as const)),
  };
}

function entryOf(id: PageId, { name, place, made, removed }: EntryValues): PageEntry {
  return {
    id,
    name: name ?? ENTRY_FIELDS.name.default,
    place: place ?? made ?? ENTRY_FIELDS.made.default,
    removed: removed ?? ENTRY_FIELDS.removed.default,
  };
}
