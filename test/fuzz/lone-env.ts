import type { Clock } from "../../src/env/clock.ts";
import type { Env } from "../../src/env/env.ts";
import { createPrng } from "../../src/base/prng.ts";
import { createSimulatedCalendar } from "../../src/simulator/simulated-calendar.ts";

export interface LoneEnvOptions {
  readonly clock: Clock;
  readonly seed: number;
  /** What it sends; nobody gets it. */
  onSend?(text: string): void;
  warn(what: string): void;
}

/** What is around a page that stores nothing, and whose messenger takes all that it sends at once. */
export function createLoneEnv({ clock, seed, onSend, warn }: LoneEnvOptions): Env {
  const none = { ok: false, error: "none" } as const;
  return {
    clock,
    calendar: createSimulatedCalendar(clock),
    random: createPrng(seed),
    storage: { maxBytes: 0, read: () => Promise.resolve(none), write: () => Promise.resolve(none) },
    host: {
      maxLength: 1_000_000,
      open: () => {},
      send(text) {
        onSend?.(text);
        return "queued";
      },
      whenFree: (task) => void clock.after(0, () => task(Infinity)),
      flush: () => {},
      leave: () => {},
      close: () => {},
    },
    log: { warn },
  };
}
