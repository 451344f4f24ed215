/** What has a place in a list, as a number that only counts against those of the others. */
interface Ranked {
  rank: number;
}

export function number(entries: readonly Ranked[]): void {
  for (const [index, entry] of entries.entries()) entry.rank = index;
}

/** Between the ranks of its neighbours; all get new ones where there is no number left between them. */
export function rank(entries: readonly Ranked[], at: number): void {
  const below = entries[at - 1]?.rank ?? -1;
  const above = entries[at + 1]?.rank ?? below + 2;
  const middle = (below + above) / 2;
  if (below < middle && middle < above) entries[at]!.rank = middle;
  else number(entries);
}
