/*
 * Drives a run as time passes: tasks when they are due, frames when the browser paints. While pages load,
 * time stands still: how long that takes is the browser's matter.
 *
 *   (loading) --all have loaded--> (running) --a page is opened--> (loading)
 */
import type { Stimulus } from "./run-file.ts";
import type { RunPages } from "./run-pages.ts";
import { settle } from "./settle.ts";
import type { SteppedClock } from "./stepped-clock.ts";

export interface LiveRun {
  /** From now on time passes. */
  begin(): void;
  /** Something was planned. */
  planned(): void;
  /** A page is opened: time stands still. */
  pause(): void;
  /** All pages have loaded. */
  loaded(): void;
  /** To be called before anything that comes from outside happens: the clock says what time it is. */
  catchUp(): void;
}

export interface LiveRunDeps {
  readonly scope: Window;
  readonly clock: SteppedClock;
  readonly pages: RunPages;
  /** Writes down what comes next. */
  readonly note: (stimulus: Stimulus) => void;
}

export function createLiveRun({ scope, clock, pages, note }: LiveRunDeps): LiveRun {
  /** What the browser's time says more than the clock. */
  let ahead = 0;
  let timer: number | undefined;
  let state: "waiting" | "loading" | "running" = "waiting";
  let isPumping = false;

  const real = (): number => scope.performance.now() - ahead;
  const isDue = (): boolean => state === "running" && (clock.nextAt() ?? Infinity) <= real();

  const plan = (): void => {
    scope.clearTimeout(timer);
    const at = clock.nextAt();
    if (state === "running" && at !== undefined)
      timer = scope.setTimeout(() => void pump(), Math.max(0, at - real()));
  };
  const pump = async (): Promise<void> => {
    if (isPumping) return;
    isPumping = true;
    while (isDue()) {
      clock.runNext();
      await settle();
    }
    isPumping = false;
    plan();
  };
  const catchUp = (): void => {
    if (state === "running" && !isDue()) clock.moveTo(real());
  };
  const resume = (): void => {
    ahead = scope.performance.now() - clock.now();
    state = "running";
    plan();
  };
  const frame = (): void => {
    scope.requestAnimationFrame(frame);
    if (state !== "running" || !pages.wantsFrame()) return;
    catchUp();
    const observed = pages.observed();
    note({ do: "frame", observed });
    pages.runFrame(observed);
  };

  return {
    begin() {
      state = "loading";
      frame();
      if (!pages.isLoading()) resume();
    },
    planned() {
      if (!isPumping) plan();
    },
    pause() {
      if (state !== "running") return;
      catchUp();
      state = "loading";
    },
    loaded() {
      if (state !== "loading") return;
      note({ do: "loaded" });
      pages.announceLoads();
      resume();
    },
    catchUp,
  };
}
