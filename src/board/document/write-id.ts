/** `client` and `clock` of one write. */
export interface WriteId {
  readonly client: number;
  readonly clock: number;
}

/** Clocks and ends of ranges stay below this. */
export const MAX_CLOCK = 2 ** 31 - 1;
