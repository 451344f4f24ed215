/** Values that can be made again: the latest used ones, as many as have so much weight together. */
export interface LatestUsed<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
}

/**
 * In two halves, of which the one that was used less lately goes as a whole: so that using a value costs
 * hardly anything. What weighs more than a half alone is kept until the next one comes.
 */
export function createLatestUsed<Key, Value>(
  limit: number,
  weightOf: (value: Value) => number,
): LatestUsed<Key, Value> {
  let fresh = new Map<Key, Value>();
  let stale = new Map<Key, Value>();
  /** Of the fresh half. */
  let weight = 0;

  const add = (key: Key, value: Value): void => {
    const its = weightOf(value);
    if (fresh.size > 0 && weight + its > limit / 2) {
      stale = fresh;
      fresh = new Map();
      weight = 0;
    }
    fresh.set(key, value);
    weight += its;
  };

  return {
    get(key) {
      const young = fresh.get(key);
      if (young !== undefined) return young;
      const old = stale.get(key);
      if (old === undefined) return undefined;
      stale.delete(key);
      add(key, old);
      return old;
    },
    set(key, value) {
      const before = fresh.get(key);
      if (before !== undefined) weight -= weightOf(before);
      fresh.delete(key);
      stale.delete(key);
      add(key, value);
    },
  };
}
