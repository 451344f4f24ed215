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

let table: Residuals | undefined;

/** Built at first use: about a millisecond and 250 kB. */
export function residuals(): Residuals {
  table ??= buildTable();
  return table;
}

function buildTable(): Residuals {
  // Counting sort by squared distance; rows are visited in order, which settles ties.
  const limit = RADIUS * RADIUS;
  const starts = new Uint32Array(limit + 2);
  visitDisc((square) => {
    starts[square + 1]!++;
  });
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const count = starts[limit + 1]!;
  const ranks = new Int32Array(SIDE * SIDE).fill(-1);
  const cells = new Uint32Array(count);
  visitDisc((square, cell) => {
    const rank = starts[square]!++;
    ranks[cell] = rank;
    cells[rank] = cell;
  });
  return {
    count,
    rankOf(dx, dy) {
      if (Math.abs(dx) > RADIUS || Math.abs(dy) > RADIUS) return -1;
      return ranks[(dy + RADIUS) * SIDE + dx + RADIUS]!;
    },
    dxOf: (rank) => (cells[rank]! % SIDE) - RADIUS,
    dyOf: (rank) => Math.floor(cells[rank]! / SIDE) - RADIUS,
  };
}

function visitDisc(visit: (square: number, cell: number) => void): void {
  const limit = RADIUS * RADIUS;
  let cell = 0;
  for (let dy = -RADIUS; dy <= RADIUS; dy++) {
    for (let dx = -RADIUS; dx <= RADIUS; dx++, cell++) {
      const square = dx * dx + dy * dy;
      if (square <= limit) visit(square, cell);
    }
  }
}
