/** The only source of randomness: clientIDs, jitter. In the app it is the browser's `crypto`. */
export interface Random {
  /** A whole number in 0 .. 2^32 - 1, uniformly. */
  uint32(): number;
}
