/*
 * The one place that decides what leaves next. Whoever has something to say registers a lane; when the
 * bridge is free, the first lane that is due makes one message, then the next free moment is waited for.
 * So nothing is made before it leaves: what is "latest only" is the latest, and nothing stale waits.
 *
 *     (nothing due) --wake, or the time of the earliest lane--> (waiting for the bridge)
 *           ^                                                            |
 *           +-------------------- one message, by priority --------------+
 */
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Host } from "../../env/host.ts";

/** One kind of thing to say. */
export interface Lane {
  /** When its next message is due, on the clock, maybe in the past; undefined: it has nothing to say. */
  dueAt(): number | undefined;
  /** Makes the message that is due; undefined: there is nothing after all. */
  take(): string | undefined;
  /** It leaves only while this many more messages could follow at once: the others come first. */
  readonly leaves?: number;
}

export interface Scheduler {
  /** Something became due, or due earlier. */
  wake(): void;
  close(): void;
}

export interface SchedulerDeps {
  readonly clock: Clock;
  readonly host: Pick<Host, "send" | "whenFree">;
  /** The first that is due goes first. */
  readonly lanes: readonly Lane[];
  /** A message was longer than the host takes. */
  tooLarge(): void;
}

/** A lane that leaves room for others looks again after this long. */
const CROWDED_MS = 250;

export function createScheduler({ clock, host, lanes, tooLarge }: SchedulerDeps): Scheduler {
  let timer: { readonly at: number; readonly cancel: Cancel } | undefined;
  let isAsked = false;
  let isClosed = false;

  function planAt(at: number): void {
    if (timer && timer.at <= at) return;
    timer?.cancel();
    timer = {
      at,
      cancel: clock.after(Math.max(0, at - clock.now()), () => {
        timer = undefined;
        wake();
      }),
    };
  }

  function wake(): void {
    if (isClosed || isAsked) return;
    const earliest = Math.min(...lanes.map((lane) => lane.dueAt() ?? Infinity));
    if (earliest > clock.now()) {
      if (earliest < Infinity) planAt(earliest);
      return;
    }
    isAsked = true;
    host.whenFree(sendNext);
  }

  /** When the next of those lanes gets due that are not due yet; Infinity: none will. */
  function nextDue(): number {
    const times = lanes.map((lane) => lane.dueAt() ?? Infinity);
    return Math.min(...times.filter((at) => at > clock.now()), Infinity);
  }

  function sendNext(spare: number): void {
    isAsked = false;
    if (isClosed) return;
    let isCrowded = false;
    for (const lane of lanes) {
      if ((lane.dueAt() ?? Infinity) > clock.now()) continue;
      if ((lane.leaves ?? 0) >= spare) {
        isCrowded = true;
        continue;
      }
      const text = lane.take();
      if (text === undefined) continue;
      if (host.send(text) === "too-large") tooLarge();
      break;
    }
    if (isCrowded) planAt(Math.min(clock.now() + CROWDED_MS, nextDue()));
    else wake();
  }

  return {
    wake,
    close() {
      isClosed = true;
      timer?.cancel();
    },
  };
}
