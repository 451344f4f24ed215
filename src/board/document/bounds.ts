/*
 * Bounds of what can be many. They are rows of the table of all limits (limits.ts), in its form: up to where a
 * page writes, and up to where it takes what it is given.
 */

/** Layers that were ever made on a board, removed ones included: all are gone through with each change of one. */
export const LAYERS = { writes: 500, takes: 1000 } as const;

/** Sessions in one statement of what somebody has: a board has at most half as many. */
export const STATED_SESSIONS = { writes: 8192, takes: 16_384 } as const;

/** Ranges of writes in one question: eight holes of each session of which something is known to be lacking. */
export const ASKED_RANGES = { writes: 512, takes: 1024 } as const;

/** Points of a laser's light, the newest ones: more than a pointing device tells while they shine. */
export const LASER_POINTS = { writes: 160, takes: 160 } as const;

/** How often an update that came too early is looked at again, before it is dropped and asked for anew. */
export const WAITING_TRIES = { writes: 16, takes: 16 } as const;

/**
 * Characters of one text's words, erased ones included, of all sessions together: where many type apart from each
 * other, each up to the end of a text, it gets longer than one of them may make it.
 */
export const WORDS_OF_ALL = { writes: 10_000, takes: 100_000 } as const;
