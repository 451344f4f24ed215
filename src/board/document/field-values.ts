import type { ItemId, LayerId } from "./board.ts";
import { entryKey, itemKey, layerKey } from "./keys.ts";
import { ENTRY_FIELDS, ITEM_FIELDS, LAYER_FIELDS } from "./schema.ts";
import type { ItemAttributes } from "./schema.ts";
import type { Field, Given, ItemField, ValuesOf } from "./schema-rows.ts";

/*
 * Values of the schema's fields, by name and as bytes: read, written, and chosen for a copy. Whoever reads,
 * gives or copies attributes goes through all fields that there are, and names none.
 */

type FieldsOf<V> = { readonly [N in keyof V]: Field<V[N]> };
type ItemFieldsOf<V> = { readonly [N in keyof V]: ItemField<V[N]> };

/** The fields that a copy of an item keeps, by their keys. */
const COPIED: readonly Field<unknown>[] = Object.values(ITEM_FIELDS).filter(({ isCopied }) => isCopied);

/**
 * Reads values of a table's fields by what their keys end with; gives what is given with one more, in the
 * table's order, whatever came first.
 */
export function createFieldReader<V>(
  fields: FieldsOf<V>,
): (given: Given<V>, key: string, bytes: Uint8Array) => Given<V> {
  const readers = new Map<string, (given: Given<V>, bytes: Uint8Array) => Given<V>>();
  let nothing: Given<V> = {};
  function add<N extends keyof V>(name: N, { key, codec }: Field<V[N]>): void {
    // Two fields may share a key: what the one reads is nothing to the other.
    const before = readers.get(key) ?? ((given) => ({ ...nothing, ...given }));
    readers.set(key, (given, bytes) => ({ ...before(given, bytes), [name]: codec.decode(bytes) }));
    nothing = { ...nothing, [name]: undefined };
  }
  for (const name in fields) if (Object.hasOwn(fields, name)) add(name, fields[name]);
  return (given, key, bytes) => readers.get(key)?.(given, bytes) ?? given;
}

/** Takes in a value of an item by its field's key, as `createFieldReader` does. */
export const withItemValue = createFieldReader(ITEM_FIELDS);

/** The field's key and the bytes of each value of an item, in the schema's order. */
export function itemFieldValues(given: ItemAttributes): [key: string, value: Uint8Array][] {
  return encodeFields(ITEM_FIELDS, given);
}

/** The same, by the keys that the values have once they are given to an item. */
export function itemValues(id: ItemId, given: ItemAttributes): [key: string, value: Uint8Array][] {
  return itemFieldValues(given).map(([key, value]) => [itemKey(id, key), value]);
}

/** The key and the bytes of each value that is given to a layer. */
export function layerValues(
  id: LayerId,
  given: Given<ValuesOf<typeof LAYER_FIELDS>>,
): [key: string, value: Uint8Array][] {
  return encodeFields(LAYER_FIELDS, given).map(([key, value]) => [layerKey(id, key), value]);
}

/** The key and the bytes of each value that the index is given of a page; of the first one there are fewer. */
export function entryValues(
  page: string,
  given: Given<ValuesOf<typeof ENTRY_FIELDS>>,
): [key: string, value: Uint8Array][] {
  return encodeFields(ENTRY_FIELDS, given).map(([key, value]) => [entryKey(page, key), value]);
}

/** Of what an item was given, what a copy of it keeps. */
export function copiedAttributes(given: ItemAttributes): ItemAttributes {
  return copiedOf(ITEM_FIELDS, given);
}

/** Whether it is the key of a field that a copy keeps. */
export function isCopiedField(key: string): boolean {
  return COPIED.some((field) => field.key === key);
}

/** Takes in a copied value by its field's key; undefined where no item may be given it. */
export function withCopiedValue(
  given: ItemAttributes,
  key: string,
  bytes: Uint8Array,
): ItemAttributes | undefined {
  const isValue = COPIED.some(
    (field) => field.key === key && bytes.length <= field.maxBytes && field.codec.decode(bytes) !== undefined,
  );
  return isValue ? withItemValue(given, key, bytes) : undefined;
}

function copiedOf<V>(fields: ItemFieldsOf<V>, given: Given<V>): Given<V> {
  let copied: Given<V> = {};
  for (const name in fields) {
    if (Object.hasOwn(fields, name) && fields[name].isCopied && given[name] !== undefined) {
      copied = { ...copied, [name]: given[name] };
    }
  }
  return copied;
}

function encodeFields<V>(fields: FieldsOf<V>, given: Given<V>): [key: string, value: Uint8Array][] {
  const values: [string, Uint8Array][] = [];
  for (const name in fields) {
    if (!Object.hasOwn(fields, name)) continue;
    const value: V[typeof name] | undefined = given[name];
    if (value !== undefined) values.push([fields[name].key, fields[name].codec.encode(value)]);
  }
  return values;
}
