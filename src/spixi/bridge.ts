/*
 * The one queue for everything that the page tells its host. Each request is a navigation, and the
 * engines lose navigations: WebKit all but the last of a task, Chromium whatever exceeds 200 in 10 s.
 *
 *             enqueue                 gap and budget allow
 *   (empty) ----------> (waiting) --------------------------> navigate, own task --> (empty)
 *                           |                                        |
 *                           +-- flush: gap 2 ms, the first at once --+
 */
import type { Cancel, Clock } from "../env/clock.ts";
import type { Log } from "../env/log.ts";

/**
 * `control` goes first; `data` and `storage` take turns, so that neither waits for all of the other. On
 * the way out `storage` goes before `data`: what is stored can be sent another time.
 */
export type Lane = "control" | "data" | "storage";

export interface Bridge {
  /**
   * Queues a navigation; `sent` is called when it happens. Requests of one lane keep their order.
   * Nothing ever navigates to the same URL twice in a row if the caller never queues it so.
   */
  enqueue(lane: Lane, url: string, sent?: () => void): "queued" | "too-large" | "closed";
  /**
   * Calls `task` once, when it is the turn of the lane `data` and nothing waits there: what it queues
   * leaves in the same task. `spare`: navigations that the budget still has. A later call replaces it.
   */
  whenFree(task: (spare: number) => void): void;
  /** How many requests wait. */
  backlog(): number;
  /** The page may be gone soon: for half a second, as fast as every engine takes it. */
  flush(): void;
  /** Flushes, then navigates to `url` as the last thing ever, soon even if something must stay behind. */
  leave(url: string): void;
  /** Forgets what waits. */
  close(): void;
}

export interface BridgeDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Sets the page's location. */
  readonly navigate: (url: string) => void;
}

/** Characters. 2,000,027 were seen to pass, 2,133,359 killed the page. */
const LONGEST_URL = 1_900_000;
/** Milliseconds between two navigations. */
const GAP = 60;
const FLUSH_GAP = 2;
const FLUSH_TIME = 500;
/** Chromium allows 200 in 10 s. The window is longer here, since the engine counts on its own clock. */
const BUDGET = 150;
const WINDOW = 10_100;
/** Part of the budget that only `control` and the way out may use. */
const RESERVE = 4;
/** Of that, what remains for the way back alone. */
const RESERVE_OF_LAST = 1;

interface Request {
  readonly url: string;
  readonly sent: (() => void) | undefined;
}

export function createBridge({ clock, log, navigate }: BridgeDeps): Bridge {
  const lanes: Readonly<Record<Lane, Request[]>> = { control: [], data: [], storage: [] };
  // The moments of the latest navigations, in a ring: the oldest is at `cursor`.
  const moments = new Float64Array(BUDGET).fill(-Infinity);
  let cursor = 0;
  let latest = -Infinity;
  let flushUntil = -Infinity;
  let storageNext = false;
  let asked: ((spare: number) => void) | undefined;
  let lastUrl: string | undefined;
  let taskIsUsed = false;
  let cancelTimer: Cancel | undefined;
  let closed = false;

  const backlog = (): number => lanes.control.length + lanes.data.length + lanes.storage.length;

  const isIdle = (): boolean => backlog() === 0 && asked === undefined;

  /** How many navigations the budget still has for `data` and `storage`. */
  const spare = (): number => {
    const since = clock.now() - WINDOW;
    return BUDGET - RESERVE - moments.reduce((count, at) => count + (at > since ? 1 : 0), 0);
  };

  /** When the budget allows one more navigation that leaves `reserve` of it untouched. */
  const budgetAllowsAt = (reserve: number): number => moments[(cursor + reserve) % BUDGET]! + WINDOW;

  /** The moment of the next navigation; undefined where none waits. */
  const nextAt = (): number | undefined => {
    if (isIdle() && lastUrl === undefined) return undefined;
    const gap = clock.now() < flushUntil ? FLUSH_GAP : GAP;
    if (lastUrl !== undefined) {
      const rest = backlog() > 0 ? budgetAllowsAt(RESERVE_OF_LAST) : -Infinity;
      return Math.max(latest + FLUSH_GAP, budgetAllowsAt(0), Math.min(rest, flushUntil));
    }
    return Math.max(latest + gap, budgetAllowsAt(lanes.control.length > 0 ? 0 : RESERVE));
  };

  const take = (): Request | undefined => {
    if (lanes.control.length > 0) return lanes.control.shift();
    const isFirst = storageNext || clock.now() < flushUntil;
    if (lanes.storage.length > 0 && isFirst) return takeStorage();
    if (lanes.data.length === 0 && asked) ask();
    const request = lanes.data.shift();
    if (!request) return takeStorage();
    storageNext = true;
    return request;
  };

  const takeStorage = (): Request | undefined => {
    storageNext = false;
    return lanes.storage.shift();
  };

  const ask = (): void => {
    const task = asked;
    asked = undefined;
    try {
      task?.(spare());
    } catch (error) {
      log.warn("A task that waited for the bridge threw", error);
    }
  };

  const go = (): void => {
    const now = clock.now();
    const isLast = lastUrl !== undefined && (backlog() === 0 || now >= flushUntil);
    const request = isLast ? { url: lastUrl!, sent: undefined } : take();
    if (!request) return;
    moments[cursor] = now;
    cursor = (cursor + 1) % BUDGET;
    latest = now;
    if (isLast) close();
    try {
      navigate(request.url);
    } catch (error) {
      log.warn("The page could not navigate", error);
    }
    request.sent?.();
  };

  const plan = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    const at = closed ? undefined : nextAt();
    if (at === undefined) return;
    cancelTimer = clock.after(Math.max(0, at - clock.now()), () => {
      cancelTimer = undefined;
      // A flush may have navigated meanwhile.
      if ((nextAt() ?? Infinity) <= clock.now()) go();
      plan();
    });
  };

  const hurry = (): void => {
    flushUntil = clock.now() + FLUSH_TIME;
    // The first goes now: a page that is being killed may get no further task. One only: a task's
    // second navigation would replace it.
    if (!taskIsUsed && (nextAt() ?? Infinity) <= clock.now()) {
      taskIsUsed = true;
      clock.after(0, () => {
        taskIsUsed = false;
      });
      go();
    }
    plan();
  };

  const close = (): void => {
    closed = true;
    asked = undefined;
    cancelTimer?.();
    cancelTimer = undefined;
    for (const lane of Object.values(lanes)) lane.length = 0;
  };

  return {
    enqueue(lane, url, sent) {
      if (closed || lastUrl !== undefined) return "closed";
      if (url.length > LONGEST_URL) return "too-large";
      lanes[lane].push({ url, sent });
      if (!cancelTimer || lane === "control") plan();
      return "queued";
    },
    whenFree(task) {
      if (closed || lastUrl !== undefined) return;
      asked = task;
      if (!cancelTimer) plan();
    },
    backlog,
    flush() {
      if (!closed && lastUrl === undefined) hurry();
    },
    leave(url) {
      if (closed || lastUrl !== undefined) return;
      lastUrl = url;
      hurry();
    },
    close,
  };
}
