/*
 * The app in a plain browser, without a messenger. The tabs of one browser stand for one person
 * each and share a board over a BroadcastChannel.
 *
 * The board belongs to a set of participants, so that set must be the same in every tab, while each
 * tab needs an address of its own, by which the others know it. So there are eight fixed places,
 * and all eight are participants in every tab; a tab that opens takes one that is free (tab-place.ts),
 * and a ninth tab waits.
 *
 * Each place has its own part of the storage, as each phone has: what two tabs write never meets. But
 * the board is one, and whoever opens a tab looks for all of it, wherever it was drawn. So each tab
 * reads the other places' parts too, and keeps what it finds there with its own.
 */
import type { Clock } from "../env/clock.ts";
import type { Address, Host, HostHandlers } from "../env/host.ts";
import type { Log } from "../env/log.ts";
import type { Random } from "../env/random.ts";
import type { Storage } from "../env/storage.ts";
import { MAX_TEXT_LENGTH } from "./limits.ts";
import type { TabLocks } from "./tab-locks.ts";
import { createTabPlace } from "./tab-place.ts";
import type { PlaceMessage } from "./tab-place.ts";
import { createTextStorage, openTextStore } from "./text-storage.ts";
import type { TextStore } from "./text-storage.ts";

/** The part of a BroadcastChannel that is used: it reaches all other tabs and never oneself. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

export interface BrowserPreviewDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly channel: TabChannel;
  /** Undefined: this browser has none. */
  readonly locks: TabLocks | undefined;
  /** May throw or give null, as in a browser that allows no storage: values then live in memory. */
  readonly localStorage: () => TextStore | null | undefined;
}

export interface BrowserPreview {
  readonly host: Host;
  /** Of this tab's place. Waits until there is one, and refuses what was meant for a former one. */
  readonly storage: Storage;
  /** Of the other places. */
  readonly otherStorages: readonly Storage[];
}

const PLACES = Array.from({ length: 8 }, (_, i): Address => `browser-tab-${i + 1}`);

type TabMessage =
  | PlaceMessage
  | { readonly type: "data"; readonly from: Address; readonly text: string }
  | { readonly type: "bye"; readonly from: Address };

function parseMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { type, place, rank, settled, from, text } = data as Record<string, unknown>;
  if (type === "who") return { type };
  if (type === "taken" && typeof place === "string" && typeof rank === "number") {
    return { type, place, rank, settled: settled === true };
  }
  if (typeof from !== "string") return undefined;
  if (type === "bye") return { type, from };
  if (type !== "data" || typeof text !== "string") return undefined;
  return { type, from, text };
}

/** A value that comes, goes and comes again. */
interface Slot<T> {
  /** The value, or the next one. */
  value(): Promise<T>;
  isFull(): boolean;
  fill(value: T): void;
  empty(): void;
}

function createSlot<T>(): Slot<T> {
  let isFull = false;
  let resolve: (value: T) => void;
  let promise: Promise<T>;
  const empty = (): void => {
    isFull = false;
    promise = new Promise((done) => {
      resolve = done;
    });
  };
  empty();
  return {
    value: () => promise,
    isFull: () => isFull,
    fill(value) {
      isFull = true;
      resolve(value);
    },
    empty,
  };
}

/** The ports of a tab in a plain browser; `host.open` must be called for any of them to work. */
export function createBrowserPreview(deps: BrowserPreviewDeps): BrowserPreview {
  const { clock, random, log, channel } = deps;
  const store = openTextStore(deps.localStorage, log);
  const slot = createSlot<Address>();
  let handlers: HostHandlers | undefined;
  let closed = false;
  let asked: ((spare: number) => void) | undefined;

  const post = (message: TabMessage): void => {
    // Only a window's postMessage takes a target origin; a BroadcastChannel has one origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    if (!closed) channel.postMessage(message);
  };

  const tell = (task: (to: HostHandlers) => void): void => {
    if (!handlers || closed) return;
    try {
      task(handlers);
    } catch (error) {
      log.warn("A handler of the host's events threw", error);
    }
  };

  const place = createTabPlace({
    clock,
    random,
    places: PLACES,
    locks: deps.locks,
    post,
    settled(own) {
      tell((to) => to.opened({ own, remotes: PLACES.filter((other) => other !== own) }));
      // Only now: what the board of a former place writes as its last must not get in here.
      slot.fill(own);
    },
    lost: () => slot.empty(),
  });

  const received = (message: TabMessage): void => {
    if (message.type === "who" || message.type === "taken") return place.received(message);
    const own = place.current();
    if (own === undefined || message.from === own) return;
    if (message.type === "bye") tell((to) => to.ended(message.from));
    else tell((to) => to.data(message.from, message.text));
  };

  channel.addEventListener("message", ({ data }) => {
    const message = closed ? undefined : parseMessage(data);
    if (message) received(message);
  });

  const ask = (): void => {
    const task = asked;
    asked = undefined;
    if (closed) return;
    try {
      task?.(Infinity);
    } catch (error) {
      log.warn("A task that waited for the host threw", error);
    }
  };

  const close = (): void => {
    const from = place.current();
    if (from !== undefined) post({ type: "bye", from });
    closed = true;
    place.close();
    channel.close();
  };

  const host: Host = {
    maxLength: MAX_TEXT_LENGTH,
    open(given) {
      handlers = given;
      place.open();
    },
    send(text) {
      if (closed) return "closed";
      if (text.length > MAX_TEXT_LENGTH) return "too-large";
      const from = place.current();
      if (from !== undefined) post({ type: "data", from, text });
      return "queued";
    },
    whenFree(task) {
      const isPlanned = asked !== undefined;
      asked = task;
      if (!isPlanned) clock.after(0, ask);
    },
    flush: () => undefined,
    // There is no chat to go back to: the other tabs see this one leave.
    leave: close,
    close,
  };

  /** What is written while there is no place comes from the board of a former place. */
  const ownStorage = createTextStorage(store, async (access) => {
    const isLate = access === "write" && !slot.isFull();
    const own = await slot.value();
    return isLate ? undefined : own;
  });
  /** The `i`-th of the places that are not this tab's. */
  const otherStorage = (i: number): Storage =>
    createTextStorage(store, async () => {
      const own = await slot.value();
      return PLACES.filter((other) => other !== own)[i];
    });
  return {
    host,
    storage: ownStorage,
    otherStorages: PLACES.slice(1).map((_, i) => otherStorage(i)),
  };
}
