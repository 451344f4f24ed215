import type { Clock } from "../../src/env/clock.ts";
import type { TabChannel } from "../../src/spixi/browser-preview.ts";
import type { TextStore } from "../../src/spixi/text-storage.ts";

/** BroadcastChannels of one browser on a simulated clock: each reaches all others, a little later. */
export function createTabChannels(clock: Clock): () => TabChannel {
  const tabs = new Set<(event: { readonly data: unknown }) => void>();
  return () => {
    let own: ((event: { readonly data: unknown }) => void) | undefined;
    return {
      postMessage(message) {
        const data: unknown = structuredClone(message);
        for (const tab of tabs) {
          if (tab !== own) clock.after(1, () => tabs.has(tab) && tab({ data }));
        }
      },
      addEventListener(_type, listener) {
        own = listener;
        tabs.add(listener);
      },
      close() {
        if (own) tabs.delete(own);
      },
    };
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
