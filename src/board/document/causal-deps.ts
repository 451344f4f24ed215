import * as Y from "yjs";
import type { Roots } from "./document.ts";
import { readAttributeKey } from "./keys.ts";
import { referencesOf } from "./mark-references.ts";
import { decodeMark } from "./marks.ts";

/** Per session, the first clock behind what a write is about. */
export type CausalDeps = ReadonlyMap<number, number>;

const NONE: CausalDeps = new Map();

/**
 * Says of writes of a document what they are about without Yjs knowing: who gets a mark or an attribute
 * must have what it hides or changes (see guard/references.ts).
 */
export function createCausalDeps({ marks, attrs }: Roots): (item: Y.Item) => CausalDeps {
  /** By the key of its place in the order, what makes a layer; found once, for a key may have many values. */
  const layers = new Map<string, CausalDeps>();

  function layerDeps(order: string): CausalDeps {
    let deps = layers.get(order);
    if (!deps) {
      let first = attrs._map.get(order);
      while (first?.left) first = first.left;
      deps = first ? new Map([[first.id.client, first.id.clock + 1]]) : NONE;
      layers.set(order, deps);
    }
    return deps;
  }

  return ({ id, parent, parentSub, content }) => {
    if (parentSub === null) return NONE;
    if (parent === marks) {
      const mark = content instanceof Y.ContentBinary ? decodeMark(content.content) : undefined;
      return mark ? referencesOf(mark) : NONE;
    }
    const about = parent === attrs ? readAttributeKey(parentSub) : undefined;
    if (about?.of === "item") return new Map([[about.item.client, about.item.clock + 1]]);
    // Its own session may change a layer before it makes it.
    if (about?.of === "layer" && about.client !== id.client) return layerDeps(about.order);
    return NONE;
  };
}
