import type * as Y from "yjs";
import type { WriteId } from "./write-id.ts";

/** The identity of an item is that of the write that put it into the array. */
export function idOf(type: { _item: Y.Item | null }): WriteId | undefined {
  const id = type._item?.id;
  return id && { client: id.client, clock: id.clock };
}

export function itemId(client: number, clock: number): string {
  return `${client}.${clock}`;
}

/** The write that an item's id names. */
export function writeOf(id: string): WriteId {
  const [client, clock] = id.split(".").map(Number) as [number, number];
  return { client, clock };
}
