/**
 * - `value`: the bytes that were stored, or `null` where nothing (or an empty value) was. A device can fail: what
 *   comes back may be damaged, even to something that never was a value, or another value, or a former one.
 * - `failed`: the host answered with an error, with garbage, or not in time. The value may still
 *   be there.
 */
export type ReadResult =
  | { readonly ok: true; readonly value: Uint8Array | null }
  | { readonly ok: false; readonly error: string };

/** `ok` says that the host took the value, not that it is on disk: a kill may lose the last seconds. */
export type WriteResult = { readonly ok: true } | { readonly ok: false; readonly error: string };

/**
 * Bytes under a table and a key, private to this app on this device.
 *
 * - Table and key names are `[a-z0-9-]+`.
 * - One table is written as a whole, late, and can be lost or torn as a whole.
 * - Promises never reject.
 */
export interface Storage {
  /** The largest value, in bytes. */
  readonly maxBytes: number;
  read(table: string, key: string): Promise<ReadResult>;
  /** Stores `value`; an empty value removes. Writes to one key arrive in the order of the calls. */
  write(table: string, key: string, value: Uint8Array): Promise<WriteResult>;
}
