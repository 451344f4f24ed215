/*
 * What a person does to the pages, as the values that are to be written in the index for it: none where it does
 * nothing.
 */
import { entryValues } from "../document/field-values.ts";
import { placesFor } from "../document/fractional-places.ts";
import type { Placed } from "../document/fractional-places.ts";
import { ENTRY_FIELDS } from "../document/schema.ts";
import { FIRST_PAGE } from "./page-id.ts";
import type { PageId } from "./page-id.ts";
import type { PageTable } from "./page-table.ts";

export type Values = readonly (readonly [key: string, value: Uint8Array])[];

const NOTHING: Values = [];

/** What puts a page, new or not, to `at` among the others in the list: removed ones keep their places, too. */
function placesAt(table: PageTable, id: PageId, at: number): readonly Placed[] {
  const others = table.all().filter((page) => page.id !== id);
  const next = table.list().filter((page) => page.id !== id)[at];
  return placesFor(id, others, next ? others.indexOf(next) : others.length);
}

function valuesOf(places: readonly Placed[]): Values {
  return places.flatMap(({ id, place }) => entryValues(id, { place }));
}

/** The only page that is shown, though somebody removed it, stays when there is another again: one may be on it. */
function keepLeft(table: PageTable): Values {
  const left = table.left();
  return left ? entryValues(left.id, { removed: 0 }) : NOTHING;
}

/** A page of this session that is not there yet. */
export function added(table: PageTable, id: PageId, at: number, name: string): Values {
  const [own, ...others] = placesAt(table, id, Math.max(at, 0));
  return [
    ...entryValues(id, { made: own!.place, name: name === "" ? undefined : name }),
    ...valuesOf(others),
    ...keepLeft(table),
  ];
}

export function renamed(table: PageTable, id: PageId, name: string): Values {
  const page = table.page(id);
  const { codec } = ENTRY_FIELDS.name;
  const isOther = page !== undefined && codec.decode(codec.encode(name)) !== page.name;
  return isOther ? entryValues(id, { name }) : NOTHING;
}

export function moved(table: PageTable, id: PageId, at: number): Values {
  const list = table.list();
  const from = list.findIndex((page) => page.id === id);
  const to = Math.min(Math.max(at, 0), list.length - 1);
  return from < 0 || from === to ? NOTHING : valuesOf(placesAt(table, id, to));
}

export function removed(table: PageTable, id: PageId): Values {
  const page = table.page(id);
  if (!page || page.removed > 0 || table.list().length === 1) return NOTHING;
  const latest = Math.max(...table.all().map((each) => each.removed));
  return entryValues(id, { removed: latest + 1 });
}

export function restored(table: PageTable, id: PageId): Values {
  const page = table.page(id);
  if (!page || page.removed === 0) return NOTHING;
  const others = table.left() === page ? NOTHING : keepLeft(table);
  return [...entryValues(id, { removed: 0 }), ...others];
}

/** Of these pages those that can be emptied. */
export function emptiable(table: PageTable, ids: readonly PageId[]): readonly PageId[] {
  return table.removed().flatMap(({ id }) => (id !== FIRST_PAGE && ids.includes(id) ? [id] : []));
}

export function emptied(ids: readonly PageId[]): Values {
  return ids.flatMap((id) => entryValues(id, { emptied: true }));
}
