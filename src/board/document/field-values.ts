import type { ItemId, LayerId } from "./board.ts";
import { itemKey, layerKey } from "./keys.ts";
import { ITEM_FIELDS, LAYER_FIELDS } from "./schema.ts";
import type { Field, Given, ItemAttributes, ValuesOf } from "./schema.ts";

type FieldsOf<V> = { readonly [N in keyof V]: Field<V[N]> };

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
    readers.set(key, (given, bytes) => ({ ...nothing, ...given, [name]: codec.decode(bytes) }));
    nothing = { ...nothing, [name]: undefined };
  }
  for (const name in fields) if (Object.hasOwn(fields, name)) add(name, fields[name]);
  return (given, key, bytes) => readers.get(key)?.(given, bytes) ?? given;
}

/** The key and the bytes of each value that is given to an item. */
export function itemValues(id: ItemId, given: ItemAttributes): [key: string, value: Uint8Array][] {
  return encodeFields(ITEM_FIELDS, given).map(([key, value]) => [itemKey(id, key), value]);
}

/** The same of a layer. */
export function layerValues(
  id: LayerId,
  given: Given<ValuesOf<typeof LAYER_FIELDS>>,
): [key: string, value: Uint8Array][] {
  return encodeFields(LAYER_FIELDS, given).map(([key, value]) => [layerKey(id, key), value]);
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
