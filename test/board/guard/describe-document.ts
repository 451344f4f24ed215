import * as Y from "yjs";
import { stateVectorOf } from "../../../src/board/document/state.ts";

/** Everything of a document that must survive saving; not the clocks' cuts, which Yjs may merge. */
export function describeDocument(doc: Y.Doc, wordsOf: (text: string) => string = (text) => text): string {
  const sorted = (map: Y.Map<unknown>): [string, unknown][] =>
    [...map.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]): [string, unknown] => [key, bytesToText(value)]);
  return JSON.stringify([
    doc.getArray("items").toJSON(),
    sorted(doc.getMap("marks")),
    sorted(doc.getMap("meta")),
    sorted(doc.getMap("attrs")),
    sorted(doc.getMap("labels")).map(([key, words]) => [key, wordsOf(String(words))]),
    [...stateVectorOf(doc)].sort(([a], [b]) => a - b),
    [...doc.share.keys()].sort(),
  ]);
}

function bytesToText(value: unknown): unknown {
  if (value instanceof Y.Text) return value.toJSON();
  return value instanceof Uint8Array ? [...value].join(" ") : value;
}
