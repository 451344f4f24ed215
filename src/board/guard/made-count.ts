import type * as Y from "yjs";
import { readKey } from "../document/keys.ts";

/**
 * How much was ever made that has an entry of its own in `attrs`, counted anew each time it is asked: on a page the
 * layers, in the index the pages. Keys never go from Yjs's map, and a map is gone through in the order in which they
 * came: so each key is looked at once.
 */
export function createMadeCount({ _map }: Y.Map<unknown>): () => number {
  const keys = _map.keys();
  let looked = 0;
  let made = 0;
  return () => {
    // Once it has told that there are no more, it would not go on with those that come.
    for (; looked < _map.size; looked++) {
      const key = keys.next().value!;
      if (readKey("attrs", key)?.makerKey === key) made++;
    }
    return made;
  };
}
