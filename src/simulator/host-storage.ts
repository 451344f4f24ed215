/**
 * What a kill does to a table that is just being written: nothing, lose it as a whole, keep only
 * its beginning, or one of these by chance.
 */
export type TearMode = "none" | "lost" | "truncated" | "chance";

/** One app's tables on one phone. Names and values as the host sees them, before any encoding. */
export interface HostStorage {
  get(table: string, key: string): Uint8Array | undefined;
  set(table: string, key: string, value: Uint8Array): void;
  /** The messenger dies: memory is lost, the files remain as they are. */
  kill(tear: TearMode): void;
  /** Puts everything, also the files, back to what it was `ms` milliseconds ago (one minute at most). */
  rollback(ms: number): void;
  /** Table names, and the keys of a table, in the order in which they were first written. */
  tables(): readonly string[];
  keys(table: string): readonly string[];
  /** Some table has changes that are not in its file yet. */
  isDirty(): boolean;
}
