/*
 * Replays a recorded run, as fast as it was recorded: runs the clock's tasks, and between them, where it was
 * so, does what came from outside. When all is done, everything stands still as it was at the end.
 */
import type { Clock } from "../../../env/clock.ts";
import { INPUT_TYPES } from "./input-events.ts";
import { createLiveRun } from "./live-run.ts";
import { playInput } from "./play-input.ts";
import { digestAfter, type Run } from "./run.ts";
import type { Action, RecordedRun, RunLine } from "./run-file.ts";
import { createRunPages, type RunPage } from "./run-pages.ts";
import { settle } from "./settle.ts";
import { createSteppedClock } from "./stepped-clock.ts";

export interface PlayerDeps {
  readonly scope: Window;
  readonly run: RecordedRun;
  /**
   * `at`: when something else was said than in the recorded run; undefined: it never was. Time stands still
   * until `goOn` is called, and from then on passes by itself.
   */
  readonly onEnd: (at: number | undefined, goOn: () => void) => void;
}

/** Frames until observers have surely called that will. */
const MOST_FRAMES = 30;

export function createPlayer({ scope, run, onEnd }: PlayerDeps): Run {
  let digest = 0;
  let differsAt: number | undefined;
  let isPlaying = true;
  let perform: (action: Action) => void = () => undefined;
  let loaded: () => void = () => undefined;

  const clock = createSteppedClock(() => live.planned());
  const pages = createRunPages({
    clock,
    start: run.start,
    onAdopted(page) {
      live.pause();
      keepOut(page, () => isPlaying);
    },
    onLoaded() {
      if (isPlaying) loaded();
      else live.loaded();
    },
  });
  const live = createLiveRun({ scope, clock, pages, note: () => undefined });
  const pace = createPace(scope, clock);

  const untilLoaded = async (): Promise<void> => {
    if (pages.isLoading())
      await new Promise<void>((resolve) => {
        loaded = resolve;
      });
    pace.reset();
  };
  const frame = async (observed: number): Promise<void> => {
    let frames = 0;
    do await nextFrame(scope);
    while (pages.observed() < observed && ++frames < MOST_FRAMES);
    pages.runFrame(observed);
  };
  const differs = (): void => {
    differsAt ??= clock.now();
  };
  /** Tasks until the line's place; where there are others than there were, until its moment. */
  const catchUp = async ({ step, at }: RunLine): Promise<void> => {
    await pace.until(at);
    for (;;) {
      const next = clock.nextAt() ?? Infinity;
      if (differsAt === undefined ? clock.steps() >= step : next > at) break;
      if (next > at) {
        differs();
        break;
      }
      clock.runNext();
      await settle();
    }
    clock.moveTo(at);
  };
  const play = async (line: RunLine): Promise<void> => {
    if (line.do === "action") perform(line.action);
    else if (line.do === "frame") await frame(line.observed);
    else if (line.do === "input") {
      const page = pages.find(line.page);
      if (!page || !playInput(line.event, page)) differs();
    } else if (line.do === "check") {
      if (line.said !== String(digest)) differs();
    } else {
      await untilLoaded();
      pages.announceLoads();
    }
    await settle();
  };

  return {
    clock,
    adopt: pages.adopt,
    begin(given) {
      perform = given;
      void (async () => {
        for (const line of run.lines) {
          await catchUp(line);
          await play(line);
        }
        onEnd(differsAt, () => {
          isPlaying = false;
          live.begin();
        });
      })();
    },
    act(action) {
      if (!isPlaying) perform(action);
    },
    heard(event) {
      digest = digestAfter(digest, event);
    },
  };
}

/** What a person does to a page during the replay does not reach it; nor do pointers exist that it captures. */
function keepOut({ window }: RunPage, isPlaying: () => boolean): void {
  for (const type of INPUT_TYPES) {
    const stop = (event: Event): void => {
      if (event.isTrusted && isPlaying()) event.stopImmediatePropagation();
    };
    window.addEventListener(type, stop, { capture: true, passive: true });
  }
  const captured = new Map<number, Element>();
  const { prototype } = window.Element;
  const { setPointerCapture, releasePointerCapture, hasPointerCapture } = prototype;
  prototype.setPointerCapture = function (id) {
    if (isPlaying()) captured.set(id, this);
    else setPointerCapture.call(this, id);
  };
  prototype.releasePointerCapture = function (id) {
    if (isPlaying()) captured.delete(id);
    else releasePointerCapture.call(this, id);
  };
  prototype.hasPointerCapture = function (id) {
    return isPlaying() ? captured.get(id) === this : hasPointerCapture.call(this, id);
  };
}

interface Pace {
  /** Waits until the clock could say `at`. */
  until(at: number): Promise<void>;
  /** Time stood still. */
  reset(): void;
}

/** Of the recorded run: the browser lays out and paints meanwhile, as it did then. */
function createPace(scope: Window, clock: Clock): Pace {
  let ahead = scope.performance.now();
  return {
    until(at) {
      const left = at - (scope.performance.now() - ahead);
      if (left <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        scope.setTimeout(resolve, left);
      });
    },
    reset() {
      ahead = scope.performance.now() - clock.now();
    },
  };
}

function nextFrame(scope: Window): Promise<void> {
  return new Promise((resolve) => {
    scope.requestAnimationFrame(() => resolve());
  });
}
