/**
 * The steps that a point may take away from where it was predicted, numbered so that small ones
 * have small numbers: all (dx, dy) inside a disc, by distance, then dy, then dx. Only whole numbers
 * are compared, so every engine builds the same table.
 */
export interface Residuals {
  readonly count: number;
  /** The number of (dx, dy), whole grid units; -1 outside the disc. */
  rankOf(dx: number, dy: number): number;
  /** `rank` in 0 .. count - 1. */
  dxOf(rank: number): number;
  dyOf(rank: number): number;
}

/** The largest disc whose ranks, with two codes to spare, stay below the surrogates (0xD800). */
const RADIUS = 132;
const SIDE = 2 * RADIUS + 1;
const LIMIT = RADIUS * RADIUS;
/** No rank: there are fewer. */
const OUTSIDE = 0xffff;

let table: Residuals | undefined;

/** Built at first use: a few milliseconds and 360 kB. */
export function residuals(): Residuals {
  table ??= buildTable();
  return table;
}

function buildTable(): Residuals {
  const starts = countsBefore();
  const count = starts[LIMIT + 1]!;
  const ranks = new Uint16Array(SIDE * SIDE).fill(OUTSIDE);
  const cells = new Uint32Array(count);
  // Counting sort by squared distance: cells are visited row by row, which settles ties.
  let cell = 0;
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    for (let dx = -RADIUS; dx <= RADIUS; dx++, cell++) {
      const square = dx * dx + dy * dy;
      if (square > LIMIT) continue;
      const rank = starts[square]!++;
      ranks[cell] = rank;
      cells[rank] = cell;
    }
  }
  return {
    count,
    rankOf(dx, dy) {
      if (Math.abs(dx) > RADIUS || Math.abs(dy) > RADIUS) return -1;
      const rank = ranks[(dy + RADIUS) * SIDE + dx + RADIUS]!;
      return rank === OUTSIDE ? -1 : rank;
    },
    dxOf: (rank) => (cells[rank]! % SIDE) - RADIUS,
    dyOf: (rank) => Math.floor(cells[rank]! / SIDE) - RADIUS,
  };
}

/** At [square]: how many steps are nearer than that squared distance. */
function countsBefore(): Uint32Array {
  const counts = new Uint32Array(LIMIT + 2);
  // One quadrant is enough: every step off the axes has three mirror images.
  for (let dy = 0; dy <= RADIUS; dy++) {
    for (let dx = 0; dx * dx + dy * dy <= LIMIT; dx++) {
      counts[dx * dx + dy * dy + 1]! += (dx > 0 ? 2 : 1) * (dy > 0 ? 2 : 1);
    }
  }
  for (let i = 1; i < counts.length; i++) counts[i]! += counts[i - 1]!;
  return counts;
}
