/*
 * The pages of a run that is recorded or replayed, from the moment in which they are opened: their time,
 * their chance, and when they learn that they have loaded.
 */
import { createPrng } from "../../../base/prng.ts";
import type { Clock } from "../../../env/clock.ts";
import { delayObservers, type PageObservers } from "./page-observers.ts";
import { replaceTime, type PageTime, type PageWindow } from "./page-time.ts";
import type { RunStart } from "./run-file.ts";

/** One page; pages are numbered from 1 in the order in which they are opened. */
export interface RunPage {
  readonly number: number;
  readonly window: PageWindow;
  readonly time: PageTime;
  readonly observers: PageObservers;
}

export interface RunPages {
  /** Takes over a page before its first script runs; returns what is to be called when it is gone. */
  adopt(page: Window): () => void;
  find(number: number): RunPage | undefined;
  /** The browser still loads one of them. */
  isLoading(): boolean;
  /** Tells those that have loaded of it. */
  announceLoads(): void;
  wantsFrame(): boolean;
  /** Calls of observers that wait for the next frame. */
  observed(): number;
  /** One frame, with as many of those calls. */
  runFrame(observed: number): void;
}

export interface RunPagesDeps {
  readonly clock: Clock;
  readonly start: Pick<RunStart, "seed" | "epoch">;
  /** There is a new page, whose scripts have not run. */
  readonly onAdopted: (page: RunPage) => void;
  /** No page is loading any more; those that were have not been told. */
  readonly onLoaded: () => void;
}

interface Entry extends RunPage {
  state: "loading" | "loaded" | "told";
}

export function createRunPages({ clock, start, onAdopted, onLoaded }: RunPagesDeps): RunPages {
  const entries = new Map<number, Entry>();
  let count = 0;
  const all = (): Entry[] => [...entries.values()];
  const isLoading = (): boolean => all().some(({ state }) => state === "loading");

  return {
    adopt(given) {
      const window = given as PageWindow;
      const number = ++count;
      const prng = createPrng((start.seed + Math.imul(number, 0x9e3779b1)) >>> 0);
      const time = replaceTime(window, { clock, epoch: start.epoch, prng });
      const entry: Entry = { number, window, time, observers: delayObservers(window), state: "loading" };
      entries.set(number, entry);
      window.addEventListener(
        "load",
        (event) => {
          if (!event.isTrusted) return;
          event.stopImmediatePropagation();
          entry.state = "loaded";
          if (!isLoading()) onLoaded();
        },
        true,
      );
      onAdopted(entry);
      return () => {
        time.close();
        const wasLoading = entry.state === "loading";
        entries.delete(number);
        if (wasLoading && !isLoading()) onLoaded();
      };
    },
    find: (number) => entries.get(number),
    isLoading,
    announceLoads() {
      for (const entry of all()) {
        if (entry.state !== "loaded") continue;
        entry.state = "told";
        entry.window.dispatchEvent(new entry.window.Event("load"));
      }
    },
    wantsFrame: () => all().some(({ time, observers }) => time.wantsFrame() || observers.waiting() > 0),
    observed: () => all().reduce((sum, { observers }) => sum + observers.waiting(), 0),
    runFrame(observed) {
      let left = observed;
      for (const { observers, time } of all()) {
        const here = Math.min(left, observers.waiting());
        left -= here;
        observers.deliver(here);
        time.runFrame();
      }
    },
  };
}
