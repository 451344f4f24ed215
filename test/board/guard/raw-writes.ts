import * as Y from "yjs";
import { encodeMark } from "../../../src/board/document/marks.ts";
import type { Mark } from "../../../src/board/document/marks.ts";
import type { Device } from "./lab.ts";
import { content } from "./raw-update.ts";
import type { RawContent, RawStruct } from "./raw-update.ts";

export const id = (client: number, clock: number) => ({ client, clock });
/** The value of an attribute that says nothing in particular. */
export const VALUE = content.binary(Uint8Array.of(1));
/** The entry of an item among the items, to which its ink is added. */
export const stroke = (): RawStruct => ({ parent: "items", content: content.text() });

export function ink(client: number, clock: number, text = "ink"): RawStruct {
  return { parent: { client, clock }, content: content.string(text) };
}

export function markOf(below: [number, number][]): RawContent {
  const mark: Mark = { kind: "clear", page: "", below: new Map(below) };
  return content.binary(encodeMark(mark));
}

/** Where a session goes on in the document of a device. */
export function stateOf({ doc }: Device, client: number): number {
  return Y.getState(doc.store, client);
}

/** The newest stroke that a session has in the document. */
export function newestStroke({ doc }: Device, client: number): { item: Y.Item; last: Y.Item } {
  const structs = doc.store.clients.get(client) as Y.Item[];
  const strokes = structs.filter((each) => each.content instanceof Y.ContentType && each.parentSub === null);
  const item = strokes.at(-1)!;
  return { item, last: (item.content as Y.ContentType).type._start! };
}

export function lastIdOf(item: Y.Item): { client: number; clock: number } {
  return { client: item.id.client, clock: item.id.clock + item.length - 1 };
}
