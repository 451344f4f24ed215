/** `client` and `clock` of one write. */
export interface WriteId {
  readonly client: number;
  readonly clock: number;
}

/** The highest number of a session. */
export const MAX_CLIENT = 2 ** 32 - 1;

/** Clocks and ends of ranges stay below this. */
export const MAX_CLOCK = 2 ** 31 - 1;

/** So many pages one session can make: with its own number theirs make the number of a page's document. */
export const PAGES_OF_SESSION = 2 ** 20;

/** A session, and a clock or something else that it counts, as keys and layers' ids have them. */
export function shortId(client: number, n: number): string {
  return `${client.toString(36)}.${n.toString(36)}`;
}
