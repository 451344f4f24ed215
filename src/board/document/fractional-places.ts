/** Something in an order; its place only counts against those of the others. */
export interface Placed {
  readonly id: string;
  readonly place: number;
}

/** Compares by place; of two that were put to one place at once, by id: the same on every device. */
export function byPlace(a: Placed, b: Placed): number {
  return a.place - b.place || (a.id < b.id ? -1 : 1);
}

/**
 * What puts `id` right before the one at `at` among the others, which are in their order: a place for it, as a rule.
 * Where there is no number between its neighbours, all of them get new ones. Its own comes first.
 */
export function placesFor(id: string, others: readonly Placed[], at: number): readonly Placed[] {
  const below = others[at - 1]?.place;
  const above = others[at]?.place;
  const place = between(below, above);
  if ((below ?? -Infinity) < place && place < (above ?? Infinity)) return [{ id, place }];
  const moved = others.map((other, i) => ({ id: other.id, place: i < at ? i : i + 1 }));
  return [{ id, place: at }, ...moved];
}

function between(below: number | undefined, above: number | undefined): number {
  if (below === undefined) return (above ?? 1) - 1;
  return above === undefined ? below + 1 : (below + above) / 2;
}
