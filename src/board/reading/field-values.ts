import type { Field } from "../document/schema.ts";

/** What the fields of a table were given; undefined: nothing, or nothing that can be read. */
export type Given<V> = { -readonly [N in keyof V]?: V[N] | undefined };

type FieldsOf<V> = { readonly [N in keyof V]: Field<V[N]> };

/** Reads the values of a table's fields by what their keys end with. */
export function createFieldReader<V>(
  fields: FieldsOf<V>,
): (into: Given<V>, key: string, bytes: Uint8Array) => void {
  const setters = new Map<string, (into: Given<V>, bytes: Uint8Array) => void>();
  function add<N extends keyof V>(name: N, { key, codec }: Field<V[N]>): void {
    setters.set(key, (into, bytes) => {
      into[name] = codec.decode(bytes);
    });
  }
  for (const name in fields) if (Object.hasOwn(fields, name)) add(name, fields[name]);
  return (into, key, bytes) => setters.get(key)?.(into, bytes);
}
