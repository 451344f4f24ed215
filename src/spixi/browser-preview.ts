/*
 * The app in a plain browser, without a messenger. The tabs of one browser stand for one person
 * each and share a board over a BroadcastChannel.
 *
 * The board belongs to a set of participants, so that set must be the same in every tab, while each
 * tab needs an address of its own, since answers go to one address. So there are four fixed places,
 * `browser-tab-1` to `-4`, and all four are participants in every tab; a tab that opens takes the
 * first free one. Each place has its own storage, as each phone has: a reload finds it again.
 *
 *   open: "who" ---> every other tab: "taken <place>"
 *         after 200 ms: the lowest free place is mine, "taken <place>"; opened
 *         two tabs at once: both say "taken" with a random rank; the lower one keeps the place
 *
 * A fifth tab finds no place and opens alone. Without a channel every tab is alone.
 */
import type { Clock } from "../env/clock.ts";
import type { Address, Host, HostHandlers } from "../env/host.ts";
import type { Log } from "../env/log.ts";
import type { Random } from "../env/random.ts";
import type { Storage } from "../env/storage.ts";
import { MAX_TEXT_LENGTH } from "./limits.ts";
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
  readonly channel: TabChannel | undefined;
  /** May throw or give null, as in a browser that allows no storage: values then live in memory. */
  readonly localStorage: () => TextStore | null | undefined;
}

const PLACES = ["browser-tab-1", "browser-tab-2", "browser-tab-3", "browser-tab-4"] as const;
const ALONE = "browser-tab";
/** Milliseconds for the other tabs to answer. */
const ANSWER_TIME = 200;

type TabMessage =
  | { readonly type: "who" }
  | { readonly type: "taken"; readonly place: Address; readonly rank: number }
  | { readonly type: "data"; readonly from: Address; readonly to: Address | undefined; readonly text: string }
  | { readonly type: "bye"; readonly from: Address };

function parseMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { type, place, rank, from, to, text } = data as Record<string, unknown>;
  if (type === "who") return { type };
  if (type === "taken" && typeof place === "string" && typeof rank === "number") return { type, place, rank };
  if (typeof from !== "string") return undefined;
  if (type === "bye") return { type, from };
  if (type !== "data" || typeof text !== "string") return undefined;
  return { type, from, to: typeof to === "string" ? to : undefined, text };
}

/** The ports `Host` and `Storage` in a plain browser; `host.open` must be called for either to work. */
export function createBrowserPreview(deps: BrowserPreviewDeps): {
  readonly host: Host;
  readonly storage: Storage;
} {
  const { clock, random, log, channel } = deps;
  const rank = random.uint32();
  const taken = new Set<Address>();
  let handlers: HostHandlers | undefined;
  let own: Address | undefined;
  let isSettled = false;
  let closed = false;
  let resolvePlace: (place: Address) => void;
  const place = new Promise<Address>((resolve) => {
    resolvePlace = resolve;
  });

  const post = (message: TabMessage): void => {
    // Only a window's postMessage takes a target origin; a BroadcastChannel has one origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel?.postMessage(message);
  };

  const tell = (task: (to: HostHandlers) => void): void => {
    if (!handlers || closed || !isSettled) return;
    try {
      task(handlers);
    } catch (error) {
      log.warn("A handler of the host's events threw", error);
    }
  };

  const settle = (): void => {
    if (closed || own === undefined) return;
    isSettled = true;
    const address = own;
    resolvePlace(address);
    const remotes = address === ALONE ? [] : PLACES.filter((other) => other !== address);
    tell((to) => to.opened({ own: address, remotes }));
  };

  /** Takes the first free place, and keeps it unless a tab of lower rank takes it meanwhile. */
  const choose = (): void => {
    own = PLACES.find((each) => !taken.has(each)) ?? ALONE;
    if (own !== ALONE) post({ type: "taken", place: own, rank });
    clock.after(ANSWER_TIME, () => {
      if (own === undefined) choose();
      else settle();
    });
  };

  const received = (message: TabMessage): void => {
    if (message.type === "who") {
      if (own !== undefined && own !== ALONE) post({ type: "taken", place: own, rank });
    } else if (message.type === "taken") {
      if (message.place !== own) taken.add(message.place);
      else if (isSettled || rank < message.rank) post({ type: "taken", place: own, rank: -1 });
      else {
        taken.add(message.place);
        own = undefined;
      }
    } else if (message.type === "bye") {
      taken.delete(message.from);
      if (own !== ALONE) tell((to) => to.ended(message.from));
    } else if (own !== ALONE && (message.to === undefined || message.to === own)) {
      tell((to) => to.data(message.from, message.text));
    }
  };

  channel?.addEventListener("message", ({ data }) => {
    const message = closed ? undefined : parseMessage(data);
    if (message) received(message);
  });

  const close = (): void => {
    if (closed) return;
    if (own !== undefined && own !== ALONE) post({ type: "bye", from: own });
    closed = true;
    channel?.close();
  };

  const host: Host = {
    maxLength: MAX_TEXT_LENGTH,
    open(given) {
      handlers = given;
      if (channel) {
        post({ type: "who" });
        clock.after(ANSWER_TIME, choose);
      } else {
        own = ALONE;
        clock.after(0, settle);
      }
    },
    send(text, to) {
      if (closed) return "closed";
      if (text.length > MAX_TEXT_LENGTH) return "too-large";
      if (own !== undefined && own !== ALONE && isSettled) post({ type: "data", from: own, to, text });
      return "queued";
    },
    backlog: () => 0,
    flush: () => undefined,
    // There is no chat to go back to: the other tabs see this one leave.
    leave: close,
    close,
  };
  return { host, storage: createTextStorage(openTextStore(deps.localStorage, log), () => place) };
}
