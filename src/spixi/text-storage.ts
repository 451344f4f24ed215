/*
 * Stored values in a plain browser: each a text in localStorage, or in memory where the browser stores
 * nothing.
 */
import { encodeUtf8 } from "lib0/string";
import { decodeBase64, encodeBase64 } from "../base/bytes.ts";
import type { Log } from "../env/log.ts";
import type { ReadResult, Storage, WriteResult } from "../env/storage.ts";
import { MAX_VALUE_BYTES, STORAGE_NAME } from "./limits.ts";

/** The part of localStorage that is used. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const KEY_PREFIX = "inkmesh";

const failed = (error: string) => ({ ok: false, error }) as const;

/** A store that lives as long as the page. */
export function createMemoryStore(): TextStore {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/**
 * `localStorage` where it works, else a store in memory. Asking for it may throw or give null, as in
 * a browser that allows no storage.
 */
export function openTextStore(localStorage: () => TextStore | null | undefined, log: Log): TextStore {
  try {
    const store = localStorage();
    const probe = `${KEY_PREFIX}/probe`;
    store?.setItem(probe, "");
    store?.removeItem(probe);
    if (store) return store;
  } catch (error) {
    log.warn("This browser stores nothing; the board lives as long as the page", error);
  }
  return createMemoryStore();
}

/** What a text is asked for. */
type Access = "read" | "write";

/**
 * The port `Storage` in a text store, in the part of it that `folder` names. Asked at each access,
 * which waits for the answer; undefined refuses the access.
 */
export function createTextStorage(
  store: TextStore,
  folder: (access: Access) => Promise<string | undefined>,
): Storage {
  const keyOf = async (access: Access, table: string, key: string): Promise<string | undefined> => {
    const name = await folder(access);
    const isValid = name !== undefined && STORAGE_NAME.test(table) && STORAGE_NAME.test(key);
    return isValid ? `${KEY_PREFIX}/${name}/${table}/${key}` : undefined;
  };
  return {
    maxBytes: MAX_VALUE_BYTES,
    async read(table, key): Promise<ReadResult> {
      const name = await keyOf("read", table, key);
      if (name === undefined) return failed("no such table or key");
      try {
        const text = store.getItem(name);
        if (text === null) return { ok: true, value: null };
        // What is no base64 is a damaged value and no failure: that would be asked again for ever.
        return { ok: true, value: decodeBase64(text) ?? encodeUtf8(text) };
      } catch (error) {
        return failed(String(error));
      }
    },
    async write(table, key, value): Promise<WriteResult> {
      if (value.length > MAX_VALUE_BYTES) return failed("the value is too large");
      // Encoded at once: the caller may change the bytes afterwards.
      const text = encodeBase64(value);
      const name = await keyOf("write", table, key);
      if (name === undefined) return failed("no such table or key");
      try {
        if (text === "") store.removeItem(name);
        else store.setItem(name, text);
        return { ok: true };
      } catch (error) {
        return failed(String(error));
      }
    },
  };
}
