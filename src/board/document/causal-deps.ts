import * as Y from "yjs";
import type { Roots } from "./document.ts";
import { readKey } from "./keys.ts";
import { needsOf } from "./needs.ts";
import { MAP_NAMES } from "./schema.ts";

/** Per session, the first clock behind what a write is about. */
export type CausalDeps = ReadonlyMap<number, number>;

const NONE: CausalDeps = new Map();

/**
 * Says of writes of a document what they are about without Yjs knowing: who gets a mark or an attribute
 * must have what it hides or changes (see guard/references.ts).
 */
export function createCausalDeps(roots: Roots): (item: Y.Item) => CausalDeps {
  const names = new Map(MAP_NAMES.map((name) => [roots[name] as unknown, name] as const));
  /** By the key that makes something, the clock behind its first value; found once, for a key may have many values. */
  const made = new Map<string, CausalDeps>();

  function makerDeps(key: string): CausalDeps {
    let deps = made.get(key);
    if (!deps) {
      let first = roots.attrs._map.get(key);
      while (first?.left) first = first.left;
      deps = first ? new Map([[first.id.client, first.id.clock + 1]]) : NONE;
      made.set(key, deps);
    }
    return deps;
  }

  return ({ id, parent, parentSub, content }) => {
    const name = parentSub === null ? undefined : names.get(parent);
    const path = name && readKey(name, parentSub!);
    if (!path || path.field.needs === "nothing") return NONE;
    const deps = new Map<number, number>();
    for (const need of needsOf(path, content instanceof Y.ContentBinary ? content.content : undefined)) {
      if ("end" in need) deps.set(need.client, need.end);
      // Its own session may change a layer before it makes it.
      else if (need.client !== id.client) return makerDeps(need.made);
    }
    return deps;
  };
}
