/*
 * Stored values go to the host and back over the bridge: each request has an id, by which its answer is
 * found.
 */
import { encodeUtf8 } from "lib0/string";
import { decodeBase64, encodeBase64 } from "../base/bytes.ts";
import type { Cancel, Clock } from "../env/clock.ts";
import type { ReadResult, Storage, WriteResult } from "../env/storage.ts";
import type { Command } from "./command.ts";
import { MAX_VALUE_BYTES, STORAGE_NAME } from "./limits.ts";

export interface SpixiStorage extends Storage {
  /** The host's answer, JSON of `{id, r}` or `{id, e}`: possibly late, unknown or garbage. */
  answered(json: string): void;
  /** Fails everything that waits. */
  close(): void;
}

export interface SpixiStorageDeps {
  readonly clock: Clock;
  /** Queues a request, and calls `sent` when it is handed over; false where that is not possible. */
  readonly request: (command: Command, sent: () => void) => boolean;
}

type Answer = { readonly ok: true; readonly r: string } | { readonly ok: false; readonly error: string };

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  cancelTimeout: Cancel | undefined;
}

/** Milliseconds from handing a request over until it counts as lost. */
const TIMEOUT = 10_000;
/**
 * The end of that time, as a timer of its own: in a page that stood still the first one comes late,
 * and what the host has answered meanwhile is heard before the second.
 */
const GRACE = 1000;
/**
 * The first byte of each value: it keeps every value's base64 from being the text `null`, with which the host
 * answers for a key that it does not have. It says nothing, so nothing is lost where it is damaged.
 */
const FIRST_BYTE = 1;
/** The host's answer for a missing key. */
const MISSING = "null";

const failed = (error: string) => ({ ok: false, error }) as const;

function parseAnswer(json: string): { readonly id: string; readonly answer: Answer } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { id, r, e } = parsed as Record<string, unknown>;
  if (typeof id !== "string" && typeof id !== "number") return undefined;
  const answer: Answer =
    e !== undefined && e !== null
      ? failed(typeof e === "string" ? e : "error without words")
      : typeof r === "string"
        ? { ok: true, r }
        : failed("answer without content");
  return { id: String(id), answer };
}

function readResult(answer: Answer): ReadResult {
  if (!answer.ok) return answer;
  if (answer.r === MISSING || answer.r === "") return { ok: true, value: null };
  // What is no base64 is a damaged value and no failure: that would be asked again for ever.
  return { ok: true, value: decodeBase64(answer.r)?.subarray(1) ?? encodeUtf8(answer.r) };
}

function layOut(value: Uint8Array): string {
  if (value.length === 0) return "";
  const stored = new Uint8Array(value.length + 1);
  stored[0] = FIRST_BYTE;
  stored.set(value, 1);
  return encodeBase64(stored);
}

/** The host's storage as promises, over requests that may never be answered. */
export function createSpixiStorage({ clock, request }: SpixiStorageDeps): SpixiStorage {
  const waiting = new Map<string, Waiting>();
  let lastId = 0;

  const settle = (id: string, answer: Answer): void => {
    const entry = waiting.get(id);
    // Late, twice, or meant for somebody else.
    if (!entry) return;
    waiting.delete(id);
    entry.cancelTimeout?.();
    entry.resolve(answer);
  };

  const wait = (id: string, entry: Waiting): void => {
    entry.cancelTimeout = clock.after(TIMEOUT - GRACE, () => {
      entry.cancelTimeout = clock.after(GRACE, () => settle(id, failed("no answer in time")));
    });
  };

  const ask = (build: (id: string) => Command): Promise<Answer> =>
    new Promise((resolve) => {
      const id = String(++lastId);
      const entry: Waiting = { resolve, cancelTimeout: undefined };
      waiting.set(id, entry);
      const isQueued = request(build(id), () => wait(id, entry));
      if (!isQueued) settle(id, failed("the host is closed"));
    });

  const areNames = (table: string, key: string): boolean =>
    STORAGE_NAME.test(table) && STORAGE_NAME.test(key);

  return {
    maxBytes: MAX_VALUE_BYTES,
    async read(t, k): Promise<ReadResult> {
      if (!areNames(t, k)) return failed("invalid table or key");
      return readResult(await ask((id) => ({ c: "getStorage", t, k, id })));
    },
    async write(t, k, value): Promise<WriteResult> {
      if (!areNames(t, k)) return failed("invalid table or key");
      if (value.length > MAX_VALUE_BYTES) return failed("the value is too large");
      // Laid out at once: the caller may change the bytes afterwards.
      const v = layOut(value);
      const answer = await ask((id) => ({ c: "setStorage", t, k, v, id }));
      if (!answer.ok) return answer;
      return answer.r === v ? { ok: true } : failed("the host stored something else");
    },
    answered(json) {
      const parsed = parseAnswer(json);
      if (parsed) settle(parsed.id, parsed.answer);
    },
    close() {
      for (const id of [...waiting.keys()]) settle(id, failed("the host is closed"));
    },
  };
}
