/*
 * One person's packets, from when they come until they are played: as late as the slowest bundles of late need it,
 * and no later. A function of packets and time. Rules: PROTOCOL.md, S21.
 *
 *     (dry) --a bundle--> (playing) --no packet when one is due: concealed, three times--> (dry)
 *
 * A packet is played at `offset` + 20 ms times its number. What comes later than that is dropped while others follow;
 * where nothing does, the next bundle plays whole, and later. Speech that is too late catches up by a packet now and
 * then, and at each pause.
 */
export const PACKET_MS = 20;

/** What is to be heard for 20 ms from `at` on; no packet: something like what was heard before. */
export interface Playout {
  readonly at: number;
  readonly packet: Uint8Array | undefined;
}

export interface JitterBuffer {
  /** Packets in a row have come, of which the first has this number. */
  push(first: number, packets: readonly Uint8Array[], now: number): void;
  /** What is to be heard until then, in its order. What was taken once is not given again. */
  take(until: number): readonly Playout[];
  /** From when a packet may be here at the earliest until it is heard, in milliseconds. */
  delay(): number;
  /** Packets that came in time to be played, that did not, and that were made up. */
  counts(): { readonly played: number; readonly late: number; readonly concealed: number };
}

/** So far ahead it is decided what is played. */
export const AHEAD_MS = 60;
/** So much later than the slowest bundles need it everything is played. */
const MARGIN_MS = AHEAD_MS + 20;
/** So many bundles say how late they come; the slowest twentieth does not count. */
const BUNDLES = 40;
const SLOW = 0.05;
/** Later than that nobody can talk: what is older is dropped. */
const LONGEST_DELAY_MS = 1500;
const MOST_CONCEALED = 3;
/** A number so far from what is expected begins anew. */
const FAR = 500;
const MOST_PACKETS = 150;
/** While somebody goes on talking, one packet of so many is left out to catch up. */
const CATCH_UP_AFTER = 15;

interface State {
  readonly packets: Map<number, Uint8Array>;
  /** When number 0 would have had to be played for each of the last bundles to come in time; and could. */
  needed: number[];
  earliest: number[];
  offset: number;
  next: number;
  /** Until then something is to be heard. */
  end: number;
  isDry: boolean;
  /** In a row. */
  misses: number;
  sinceCatchUp: number;
  readonly counts: { played: number; late: number; concealed: number };
}

export function createJitterBuffer(): JitterBuffer {
  const state: State = {
    packets: new Map(),
    needed: [],
    earliest: [],
    offset: 0,
    next: 0,
    end: -Infinity,
    isDry: true,
    misses: 0,
    sinceCatchUp: 0,
    counts: { played: 0, late: 0, concealed: 0 },
  };
  return {
    push: (first, packets, now) => push(state, first, packets, now),
    take(until) {
      const out: Playout[] = [];
      while (!state.isDry && state.offset + state.next * PACKET_MS <= until) takeNext(state, out);
      return out;
    },
    delay: () => (state.earliest.length === 0 ? 0 : state.offset - Math.min(...state.earliest)),
    counts: () => ({ ...state.counts }),
  };
}

function push(state: State, first: number, packets: readonly Uint8Array[], now: number): void {
  const need = now - first * PACKET_MS;
  const known = state.needed.at(-1) ?? need;
  if (Math.abs(need - known) > FAR * PACKET_MS) {
    state.needed = [];
    state.earliest = [];
    state.packets.clear();
    state.isDry = true;
    state.next = first;
  }
  state.needed = [...state.needed, need].slice(-BUNDLES);
  state.earliest = [...state.earliest, need - packets.length * PACKET_MS].slice(-BUNDLES);
  const from = state.isDry ? begin(state, first, packets.length, need) : state.next;
  for (const [i, packet] of packets.entries()) {
    if (first + i < from) state.counts.late++;
    else if (state.packets.size < MOST_PACKETS) state.packets.set(first + i, packet);
  }
}

/** Somebody begins to talk, or goes on after a gap: that is when the delay may become another one. */
function begin(state: State, first: number, count: number, need: number): number {
  // What was played before, or is older than what was.
  if (first + count <= state.next) return state.next;
  const start = Math.max(first, state.next);
  const wanted = Math.max(target(state), need + MARGIN_MS);
  // Never into the time that was played already.
  state.offset = Math.max(wanted, state.end - start * PACKET_MS);
  const beyond = state.offset - Math.min(...state.earliest) - LONGEST_DELAY_MS;
  const left = Math.max(0, Math.min(first + count - start, Math.ceil(beyond / PACKET_MS)));
  state.next = start + left;
  state.offset -= left * PACKET_MS;
  state.isDry = false;
  state.misses = 0;
  return state.next;
}

function target({ needed }: State): number {
  const sorted = [...needed].sort((a, b) => b - a);
  return sorted[Math.floor(needed.length * SLOW)]! + MARGIN_MS;
}

function takeNext(state: State, out: Playout[]): void {
  const { packets, counts } = state;
  const packet = packets.get(state.next);
  const at = state.offset + state.next * PACKET_MS;
  packets.delete(state.next);
  if (packet) {
    state.misses = 0;
    counts.played++;
    out.push({ at, packet });
  } else {
    // Nothing follows that is known of: perhaps a pause, or the next bundle is late and plays whole.
    if (state.misses === MOST_CONCEALED && packets.size === 0) {
      state.isDry = true;
      return;
    }
    if (state.misses++ < MOST_CONCEALED) {
      counts.concealed++;
      out.push({ at, packet: undefined });
    }
  }
  state.end = at + PACKET_MS;
  state.next++;
  if (++state.sinceCatchUp < CATCH_UP_AFTER || state.offset - target(state) < 2 * PACKET_MS) return;
  state.sinceCatchUp = 0;
  if (!packets.delete(state.next)) return;
  state.next++;
  state.offset -= PACKET_MS;
}
