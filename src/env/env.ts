import type { Audio } from "./audio.ts";
import type { Calendar } from "./calendar.ts";
import type { Clock } from "./clock.ts";
import type { Host } from "./host.ts";
import type { Log } from "./log.ts";
import type { Random } from "./random.ts";
import type { Storage } from "./storage.ts";

/** Everything a session needs from outside. The same ports run in the messenger and in simulation. */
export interface Env {
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly random: Random;
  readonly host: Host;
  readonly storage: Storage;
  /** Where else on this device the same boards may be stored: read, and never written. */
  readonly otherStorages?: readonly Storage[];
  /** Undefined: this device has no sound. */
  readonly audio?: Audio;
  readonly log: Log;
}
