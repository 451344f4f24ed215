/*
 * What is said twice. One lost update holds up all that follow, so after a contact asked for what was
 * lost the last update goes along with the next one for a while, and alone where none follows. Rules:
 * PROTOCOL.md, S3.
 */
import * as Y from "yjs";
import type { Clock } from "../../env/clock.ts";
import { maySwitch } from "./switched.ts";

export interface Repeats {
  /** A contact asked for what it should have got. */
  troubled(): void;
  /** An update leaves: what it says, with what is said again. `switched`: bytes of marks that it makes stand or fall. */
  with(update: Uint8Array, switched: number): Uint8Array;
  /** An update was too long to be sent: nothing before it is repeated any more. */
  forget(): void;
  /** When the last update is said again alone; undefined: it is not. */
  dueAt(): number | undefined;
  /** What is due. It counts as said. */
  take(): Uint8Array | undefined;
}

const TROUBLE_MS = 4000;
/** So long what nothing follows is said again alone. */
const TAILS_TROUBLE_MS = 10_000;
/** Longer ones are not repeated. */
const REPEAT_BYTES = 1024;
/** Alone after so long a silence, and once more. */
const TAILS_MS = [350, 1000];

/**
 * `saysTails`: that the last update was lost would show only in a digest. Among many somebody's digest
 * comes at every moment, and one asks for all.
 */
export function createRepeats(clock: Clock, saysTails: boolean): Repeats {
  let lastTrouble = -Infinity;
  let last: Uint8Array | undefined;
  let lastSwitched = 0;
  let lastSent = -Infinity;
  /** How often it was said again though nothing came after it. */
  let tails = 0;

  function isTroubled(ms: number): boolean {
    return clock.now() - lastTrouble < ms;
  }

  function dueAt(): number | undefined {
    const pause = TAILS_MS[tails];
    const isDue = saysTails && last && isTroubled(TAILS_TROUBLE_MS);
    return isDue && pause !== undefined ? lastSent + pause : undefined;
  }

  return {
    troubled() {
      lastTrouble = clock.now();
    },
    with(update, switched) {
      const again = isTroubled(TROUBLE_MS) && maySwitch(lastSwitched + switched) ? last : undefined;
      lastSwitched = switched;
      last = update.length > REPEAT_BYTES ? undefined : update;
      lastSent = clock.now();
      tails = 0;
      return again ? Y.mergeUpdates([again, update]) : update;
    },
    forget() {
      last = undefined;
    },
    dueAt,
    take() {
      if ((dueAt() ?? Infinity) > clock.now()) return undefined;
      tails++;
      return last;
    },
  };
}
