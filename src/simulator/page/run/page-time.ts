/*
 * The time and the chance of a page whose run is recorded or replayed: everything by which a script learns
 * of them is replaced, before the first script runs.
 */
import type { Cancel, Clock } from "../../../env/clock.ts";
import type { Prng } from "../../../base/prng.ts";

export type PageWindow = Window & typeof globalThis;

export interface PageTime {
  /** The page waits for the next frame. */
  wantsFrame(): boolean;
  /** Runs what waits for it. */
  runFrame(): void;
  /** From now on this event says that it happened at this moment. */
  stamp(event: Event, at: number): void;
  /** When it happened by the browser's own clock. */
  browserStamp(event: Event): number;
  /** The page is gone: nothing runs any more. */
  close(): void;
}

export interface PageTimeDeps {
  readonly clock: Clock;
  /** What the calendar says where the clock says 0, in milliseconds since 1970. */
  readonly epoch: number;
  readonly prng: Prng;
}

/** As browsers do with timers that plan themselves again and again; time would stand still otherwise. */
const SHORTEST_DELAY = 1;

export function replaceTime(page: PageWindow, { clock, epoch, prng }: PageTimeDeps): PageTime {
  const stamps = new WeakMap<Event, number>();
  const cancels = new Map<number, Cancel>();
  const frames = new Map<number, FrameRequestCallback>();
  let ids = 0;
  let closed = false;

  const guarded = (task: () => void): void => {
    if (closed) return;
    try {
      task();
    } catch (error) {
      page.reportError(error);
    }
  };
  const plan = (id: number, delay: number, task: () => void): void => {
    cancels.set(
      id,
      // Scripts may give whatever they like.
      clock.after(Math.max(SHORTEST_DELAY, Math.trunc(delay) || 0), () => {
        cancels.delete(id);
        guarded(task);
      }),
    );
  };
  const taskOf = (handler: TimerHandler, args: unknown[]): (() => void) =>
    typeof handler === "function" ? () => void handler.apply(page, args) : () => void page.eval(handler);
  const clear = (id?: number): void => {
    cancels.get(id ?? 0)?.();
    cancels.delete(id ?? 0);
  };

  const later = (handler: TimerHandler, delay = 0, ...args: unknown[]): number => {
    const id = ++ids;
    plan(id, delay, taskOf(handler, args));
    return id;
  };
  const again = (handler: TimerHandler, delay = 0, ...args: unknown[]): number => {
    const id = ++ids;
    const task = taskOf(handler, args);
    const turn = (): void => {
      plan(id, delay, turn);
      task();
    };
    plan(id, delay, turn);
    return id;
  };
  Object.assign(page, {
    setTimeout: later,
    setInterval: again,
    clearTimeout: clear,
    clearInterval: clear,
    requestAnimationFrame(callback: FrameRequestCallback): number {
      frames.set(++ids, callback);
      return ids;
    },
    cancelAnimationFrame: (id: number) => void frames.delete(id),
    requestIdleCallback: (callback: IdleRequestCallback) =>
      later(() => callback({ didTimeout: false, timeRemaining: () => 10 })),
    cancelIdleCallback: clear,
    Date: calendarOf(page, () => Math.floor(epoch + clock.now())),
  });
  replaceChance(page, prng);
  Object.defineProperty(page.performance, "now", { value: () => clock.now() });
  const original = Object.getOwnPropertyDescriptor(page.Event.prototype, "timeStamp")!.get!;
  Object.defineProperty(page.Event.prototype, "timeStamp", {
    get(this: Event) {
      return stamps.get(this) ?? clock.now();
    },
  });

  return {
    wantsFrame: () => frames.size > 0,
    runFrame() {
      const due = [...frames];
      for (const [id, callback] of due) {
        // One of them may have cancelled another.
        if (frames.delete(id)) guarded(() => callback(clock.now()));
      }
    },
    stamp: (event, at) => void stamps.set(event, at),
    browserStamp: (event) => original.call(event) as number,
    close() {
      closed = true;
      frames.clear();
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}

/** The page's `Date`, with another idea of what the time is. */
function calendarOf(page: PageWindow, now: () => number): DateConstructor {
  return new Proxy(page.Date, {
    construct: (target, args: unknown[], made) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], made) as Date,
    apply: (target) => new target(now()).toString(),
    get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
  });
}

function replaceChance(page: PageWindow, prng: Prng): void {
  const fill = <Bytes extends ArrayBufferView>(target: Bytes): Bytes => {
    const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = prng.uint32() >>> 24;
    return target;
  };
  Object.defineProperties(page.Crypto.prototype, {
    getRandomValues: { value: fill },
    randomUUID: {
      value: () => {
        const bytes = fill(new Uint8Array(16));
        bytes[6] = (bytes[6]! & 0x0f) | 0x40;
        bytes[8] = (bytes[8]! & 0x3f) | 0x80;
        const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
        return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
      },
    },
  });
  Object.defineProperty(page.Math, "random", { value: () => prng.next() });
}
