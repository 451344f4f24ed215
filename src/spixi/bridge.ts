/*
 * The one queue for everything that the page tells its host. Each request is a navigation, and the
 * engines lose navigations: WebKit all but the last of a task, Chromium whatever exceeds 200 in 10 s.
 *
 *             enqueue                 gap and budget allow
 *   (empty) ----------> (waiting) --------------------------> navigate, own task --> (empty)
 *                           |                                        |
 *                           +-- flush: gap 2 ms, the first at once --+
 *                           +-- reading the storage: gap 2 ms -------+
 */
import type { Cancel, Clock } from "../env/clock.ts";
import type { Log } from "../env/log.ts";
import { createLanes, type Lane } from "./lanes.ts";
import { createNavigationBudget } from "./navigation-budget.ts";

export interface Bridge {
  /**
   * Queues a navigation; `sent` is called when it happens. Requests of one lane keep their order.
   * Nothing ever navigates to the same URL twice in a row if the caller never queues it so. Quick requests of
   * `storage` leave as fast as every engine takes them, as long as much of the budget is there.
   */
  enqueue(lane: Lane, url: string, sent?: () => void, quick?: boolean): "queued" | "too-large" | "closed";
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
const SHORT_GAP = 2;
const FLUSH_TIME = 500;
/** Part of the budget that only `control` and the way out may use. */
const RESERVE = 4;
/** Part of the budget that quick requests leave untouched. */
const RESERVE_OF_QUICK = 60;
/** Part of that reserve that only the very last navigation, back to the chat, may use. */
const RESERVE_OF_LAST = 1;

export function createBridge({ clock, log, navigate }: BridgeDeps): Bridge {
  const budget = createNavigationBudget(clock);
  const lanes = createLanes({ log, spare: () => budget.left() - RESERVE });
  let latest = -Infinity;
  /** Of what is not quick, which does not wait longer for what is. */
  let latestInTurn = -Infinity;
  let flushUntil = -Infinity;
  let lastUrl: string | undefined;
  let taskIsUsed = false;
  let cancelTimer: Cancel | undefined;
  let closed = false;

  const isQuick = (): boolean => lanes.isQuick() && budget.left() > RESERVE_OF_QUICK;

  /** The moment of the next navigation; undefined where none waits. */
  const nextAt = (): number | undefined => {
    if (lanes.isIdle() && lastUrl === undefined) return undefined;
    if (lastUrl !== undefined) {
      const rest = lanes.backlog() > 0 ? budget.allowsAt(RESERVE_OF_LAST) : -Infinity;
      return Math.max(latest + SHORT_GAP, budget.allowsAt(0), Math.min(rest, flushUntil));
    }
    const inTurn = clock.now() < flushUntil || isQuick() ? -Infinity : latestInTurn + GAP;
    return Math.max(latest + SHORT_GAP, inTurn, budget.allowsAt(lanes.isUrgent() ? 0 : RESERVE));
  };

  const go = (): void => {
    const now = clock.now();
    const isLast = lastUrl !== undefined && (lanes.backlog() === 0 || now >= flushUntil);
    const request = isLast
      ? { url: lastUrl!, sent: undefined, isQuick: false }
      : lanes.take(now < flushUntil || isQuick());
    if (!request) return;
    budget.spend();
    latest = now;
    if (!request.isQuick) latestInTurn = now;
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
    cancelTimer?.();
    cancelTimer = undefined;
    lanes.clear();
  };

  return {
    enqueue(lane, url, sent, quick) {
      if (closed || lastUrl !== undefined) return "closed";
      if (url.length > LONGEST_URL) return "too-large";
      lanes.add(lane, { url, sent, isQuick: quick });
      if (!cancelTimer || lane === "control" || quick) plan();
      return "queued";
    },
    whenFree(task) {
      if (closed || lastUrl !== undefined) return;
      lanes.whenFree(task);
      if (!cancelTimer) plan();
    },
    backlog: lanes.backlog,
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
