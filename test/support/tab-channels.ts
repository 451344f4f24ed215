import type { Clock } from "../../src/env/clock.ts";
import type { TabChannel } from "../../src/spixi/browser-preview.ts";
import type { TabLocks } from "../../src/spixi/tab-locks.ts";
import type { TextStore } from "../../src/spixi/text-storage.ts";

export interface SimulatedChannel extends TabChannel {
  /** The tab is in the background and runs nothing: what is said to it waits. */
  freeze(): void;
  thaw(): void;
}

type Listener = (event: { readonly data: unknown }) => void;

/** The BroadcastChannels of one browser, on a simulated clock. */
export interface TabChannels {
  /** One for each tab: each reaches all others, a little later. */
  open(): SimulatedChannel;
  /** How many messages were said so far. */
  posts(): number;
}

export function createTabChannels(clock: Clock): TabChannels {
  const tabs = new Set<Listener>();
  let posts = 0;
  return {
    posts: () => posts,
    open() {
      let own: Listener | undefined;
      let isFrozen = false;
      let waiting: { readonly data: unknown }[] = [];
      return {
        postMessage(message) {
          posts++;
          const data: unknown = structuredClone(message);
          for (const tab of tabs) {
            if (tab !== own) clock.after(1, () => tabs.has(tab) && tab({ data }));
          }
        },
        addEventListener(_type, listener) {
          own = (event) => {
            if (isFrozen) waiting.push(event);
            else listener(event);
          };
          tabs.add(own);
        },
        close() {
          if (own) tabs.delete(own);
        },
        freeze() {
          isFrozen = true;
        },
        thaw() {
          isFrozen = false;
          const events = waiting;
          waiting = [];
          for (const event of events) own?.(event);
        },
      };
    },
  };
}

/** A localStorage in memory. */
export function createTextStore(): TextStore & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** The locks of one browser, as one of its tabs has them. */
export interface SimulatedLocks extends TabLocks {
  /** The tab is gone. */
  close(): void;
}

/** What opens the locks of one browser for a tab. */
export function createTabLocks(): () => SimulatedLocks {
  const holders = new Map<string, SimulatedLocks>();
  return () => {
    const tab: SimulatedLocks = {
      async take(name) {
        await Promise.resolve();
        if (holders.has(name)) return undefined;
        holders.set(name, tab);
        return () => void holders.delete(name);
      },
      close() {
        for (const [name, holder] of holders) if (holder === tab) holders.delete(name);
      },
    };
    return tab;
  };
}
