/*
 * Observers of sizes and of what is in view call their page back when the browser has laid it out: at some
 * moment. In a run that is recorded or replayed they wait for the next frame, which has its place in the run.
 */
import type { PageWindow } from "./page-time.ts";

export interface PageObservers {
  /** How many calls wait. */
  waiting(): number;
  /** Makes the first `count` of them. */
  deliver(count: number): void;
}

type Callback<Entry, Observer> = (entries: Entry[], observer: Observer) => void;

export function delayObservers(page: PageWindow): PageObservers {
  const calls: (() => void)[] = [];
  const delayed =
    <Entry, Observer>(callback: Callback<Entry, Observer>): Callback<Entry, Observer> =>
    (entries, observer) => {
      calls.push(() => callback(entries, observer));
    };
  const { ResizeObserver: Resize, IntersectionObserver: Intersection } = page;
  page.ResizeObserver = class extends Resize {
    constructor(callback: ResizeObserverCallback) {
      super(delayed(callback));
    }
  };
  page.IntersectionObserver = class extends Intersection {
    constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
      super(delayed(callback), options);
    }
  };
  return {
    waiting: () => calls.length,
    deliver(count) {
      for (const call of calls.splice(0, count)) {
        try {
          call();
        } catch (error) {
          page.reportError(error);
        }
      }
    },
  };
}
