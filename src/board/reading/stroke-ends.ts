/** Where the items of each session end, so that those beyond a clock can be counted without going through all. */
export interface StrokeEnds {
  add(client: number, end: number): void;
  remove(client: number, end: number): void;
  /** How many of a session's items end after this clock: who has the session up to it lacks these, or parts. */
  beyond(client: number, clock: number): number;
}

export function createStrokeEnds(): StrokeEnds {
  /** Of each session, ascending. Nearly every change is at the end: the newest item grows. */
  const ends = new Map<number, number[]>();

  return {
    add(client, end) {
      const all = ends.get(client);
      if (!all) ends.set(client, [end]);
      else if (end >= all.at(-1)!) all.push(end);
      else all.splice(countUpTo(all, end), 0, end);
    },
    remove(client, end) {
      const all = ends.get(client);
      const at = all ? countUpTo(all, end) - 1 : -1;
      if (all?.[at] !== end) return;
      if (all.length === 1) ends.delete(client);
      else all.splice(at, 1);
    },
    beyond(client, clock) {
      const all = ends.get(client);
      return all ? all.length - countUpTo(all, clock) : 0;
    },
  };
}

/** How many of the ascending numbers are not above the limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  for (let high = ascending.length; low < high;) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
