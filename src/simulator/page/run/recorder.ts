/*
 * Records a run: whatever comes from outside is written down where it happens, and what the pages and
 * their hosts tell each other is written down as digests, by which a replay is told from another run.
 */
import { describeEvent, EFFECT_TYPES, INPUT_TYPES, type RecordedEvent } from "./input-events.ts";
import { createLiveRun } from "./live-run.ts";
import type { PageWindow } from "./page-time.ts";
import { digestAfter, type Run } from "./run.ts";
import type { Action, RunLine, RunStart, Stimulus } from "./run-file.ts";
import { createRunPages, type RunPage } from "./run-pages.ts";
import { createSteppedClock } from "./stepped-clock.ts";

export interface RecorderDeps {
  readonly scope: Window;
  readonly start: RunStart;
  /** Appends to the file. */
  readonly write: (text: string) => void;
}

/** Milliseconds between two additions to the file. */
const WRITE_INTERVAL = 300;

export function createRecorder({ scope, start, write }: RecorderDeps): Run {
  const unwritten: string[] = [JSON.stringify(start)];
  let digest = 0;
  let checked = 0;
  let perform: (action: Action) => void = () => undefined;

  const clock = createSteppedClock(() => live.planned());
  const note = (stimulus: Stimulus): void => {
    const line: RunLine = { step: clock.steps(), at: clock.now(), ...stimulus };
    unwritten.push(JSON.stringify(line));
  };
  const pages = createRunPages({
    clock,
    start,
    onAdopted(page) {
      live.pause();
      listen(page, (event) => {
        live.catchUp();
        const recorded = record(event, page, clock.now());
        if (recorded) note({ do: "input", page: page.number, event: recorded });
      });
    },
    onLoaded: () => live.loaded(),
  });
  const live = createLiveRun({ scope, clock, pages, note });

  const flush = (): void => {
    // Also a check that finds nothing new says how long the run was.
    live.catchUp();
    if (clock.steps() !== checked) note({ do: "check", said: String(digest) });
    checked = clock.steps();
    if (unwritten.length > 0) write(`${unwritten.splice(0).join("\n")}\n`);
  };

  return {
    clock,
    adopt: pages.adopt,
    begin(given) {
      perform = given;
      live.begin();
      scope.setInterval(flush, WRITE_INTERVAL);
      scope.addEventListener("pagehide", flush);
    },
    act(action) {
      live.catchUp();
      note({ do: "action", action });
      perform(action);
    },
    heard(event) {
      digest = digestAfter(digest, event);
    },
  };
}

function listen({ window }: RunPage, heard: (event: Event) => void): void {
  for (const type of [...INPUT_TYPES, ...EFFECT_TYPES])
    window.addEventListener(type, (event) => event.isTrusted && heard(event), {
      capture: true,
      passive: true,
    });
}

/** The event as it is written down, and from now on as the page sees it; undefined where it follows from others. */
function record(event: Event, { window, time }: RunPage, now: number): RecordedEvent | undefined {
  const came = time.browserStamp(event);
  time.stamp(event, now);
  if (EFFECT_TYPES.includes(event.type) && followsFromOthers(event, window)) return undefined;
  const recorded = describeEvent(event, window, now);
  if (!(event instanceof window.PointerEvent)) return recorded;
  // The same objects each time, so that their moments stay.
  const coalesced = event.getCoalescedEvents();
  const parts = coalesced.map((part) => {
    const at = now - Math.max(0, came - time.browserStamp(part));
    time.stamp(part, at);
    return describeEvent(part, window, at);
  });
  Object.defineProperties(event, {
    getCoalescedEvents: { value: () => coalesced },
    // A guess of the browser's, which a replay could not make.
    getPredictedEvents: { value: () => [] },
  });
  return parts.length > 1 ? { ...recorded, coalesced: parts } : recorded;
}

/** A click switches a box by itself; a window that loses the focus keeps what it had in focus. */
function followsFromOthers(event: Event, window: PageWindow): boolean {
  const { target } = event;
  if (event.type === "focusout")
    return (event as FocusEvent).relatedTarget !== null || !window.document.hasFocus();
  return (
    target instanceof window.HTMLInputElement &&
    /^(checkbox|radio)$/.test(target.type) &&
    event.type !== "focusin"
  );
}
