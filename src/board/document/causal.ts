/** The writes of one session, to be taken in the order of their clocks. */
export interface CausalRow {
  readonly client: number;
  hasNext(): boolean;
  /** A session whose next write the next one here refers to; undefined where it can be taken. */
  missing(): number | undefined;
  take(): void;
}

interface WaitingRow {
  readonly row: CausalRow;
  /** How many writes were taken when it last could not go on. */
  stalledAt: number;
  /** Another session waits for it. */
  isAwaited: boolean;
}

/**
 * Takes the writes of several sessions so that each comes after everything that it refers to. Goes
 * through the sessions one after the other; where one waits for another, first through that, just as
 * far as needed. With the highest session first this is the order in which Yjs integrates an update.
 *
 * Says whether all were taken: what refers to something outside, or in a circle, stays.
 */
export function takeInCausalOrder(rows: readonly CausalRow[]): boolean {
  const places = rows.map((row): WaitingRow => ({ row, stalledAt: -1, isAwaited: false }));
  const byClient = new Map(places.map((place) => [place.row.client, place] as const));
  let taken = 0;

  function advance(first: WaitingRow): void {
    const stack = [first];
    for (let place = stack.at(-1); place; place = stack.at(-1)) {
      const { row } = place;
      const missing = row.hasNext() ? row.missing() : undefined;
      if (row.hasNext() && missing === undefined) {
        row.take();
        taken++;
        // Whoever waits for this session looks whether it was for this write.
        if (stack.length > 1) stack.pop()!.isAwaited = false;
        continue;
      }
      const other = missing === undefined ? undefined : byClient.get(missing);
      if (other && other.stalledAt !== taken && !other.isAwaited && other !== first) {
        other.isAwaited = true;
        stack.push(other);
      } else {
        place.stalledAt = taken;
        place.isAwaited = false;
        stack.pop();
      }
    }
  }

  for (let before = -1; before !== taken;) {
    before = taken;
    for (const place of places) advance(place);
  }
  return rows.every((row) => !row.hasNext());
}
