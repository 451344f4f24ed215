import type { Cancel, Clock } from "../../env/clock.ts";
import type { Random } from "../../env/random.ts";

export interface HeartbeatDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** How many contacts there are: the more, the less each of them hurries. */
  readonly crowd: number;
  /** The contact is there, and is not known to have all that was said: signs of life do not get slower. */
  isBehind(): boolean;
  /** Sends a sign of life; `next`: whole seconds until the next one at the latest. */
  beat(next: number): void;
}

/** Decides when a sign of life is due. */
export interface Heartbeat {
  start(): void;
  /** Changes were sent or came in: beat soon after they stop, and more often for a while. */
  traffic(): void;
  /** Messages are being lost: beat more often, and then ever slower again. */
  hurry(): void;
  beatNow(): void;
  stop(): void;
}

const HURRY_MS = 1500;
/** With more contacts than this, hurrying is slower: all of them do. */
const FEW = 6;
const BUSY_MS = 5000;
const IDLE_MS = 30_000;
/** So long after the last change a contact that is behind is hurried for. */
const BEHIND_MS = 180_000;
const SLOWING = 1.6;
/** After the last change: if its message was lost, nobody would know before the next beat. */
const SETTLED_MS = 1200;
/** Beats of several contacts must not fall together for long: +-20 %. */
const SPREAD = 0.2;

/** Rules: PROTOCOL.md, S6. */
export function createHeartbeat({ clock, random, crowd, isBehind, beat }: HeartbeatDeps): Heartbeat {
  let running = false;
  let interval = BUSY_MS;
  let lastTraffic = -Infinity;
  let regular: Cancel | undefined;
  let settled: Cancel | undefined;

  function spread(ms: number): number {
    return ms * (1 - SPREAD + (2 * SPREAD * random.uint32()) / 2 ** 32);
  }

  function send(): void {
    settled?.();
    settled = undefined;
    beat(Math.ceil((interval * (1 + SPREAD)) / 1000));
    plan();
  }

  function plan(): void {
    regular?.();
    regular = clock.after(spread(interval), () => {
      const isUrgent = isBehind() && clock.now() - lastTraffic < BEHIND_MS;
      interval = Math.min(isUrgent ? BUSY_MS : IDLE_MS, interval * SLOWING);
      send();
    });
  }

  return {
    start() {
      running = true;
      lastTraffic = clock.now();
      interval = BUSY_MS;
      plan();
    },
    traffic() {
      if (!running) return;
      lastTraffic = clock.now();
      if (interval > BUSY_MS) {
        interval = BUSY_MS;
        plan();
      }
      settled?.();
      settled = clock.after(SETTLED_MS, send);
    },
    hurry() {
      const hurried = Math.min(BUSY_MS, HURRY_MS * Math.max(1, crowd / FEW));
      // One that is planned within that time would only be put off.
      if (!running || interval <= Math.max(hurried, BUSY_MS / SLOWING)) return;
      interval = hurried;
      plan();
    },
    beatNow() {
      if (running) send();
    },
    stop() {
      running = false;
      regular?.();
      settled?.();
    },
  };
}
