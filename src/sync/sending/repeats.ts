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
  /** How many times the usual pauses pass between updates. */
  slowing(): number;
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

/** In a group, after so many questions within `TROUBLE_MS`, so many updates go along for a while. */
const MANY = 4;
const DEEP = 2;
const MUCH_TROUBLE_MS = 10_000;
/** Longer messages, and fewer of them: each has a head, and each that is lost costs questions. */
const SLOWING = 1.25;

/** An update that left, and how many bytes of marks it makes stand or fall. */
interface Said {
  readonly update: Uint8Array;
  readonly switched: number;
}

/**
 * `isPair`: that the last update was lost would show only in a digest. Among many somebody's digest
 * comes at every moment, and one asks for all.
 */
export function createRepeats(clock: Clock, isPair: boolean): Repeats {
  /** When the last questions came. */
  let troubles: number[] = [];
  let lastMuchTrouble = -Infinity;
  /** The updates that may be said again, the newest first. */
  let last: Said[] = [];
  let lastSent = -Infinity;
  /** How often it was said again though nothing came after it. */
  let tails = 0;

  function isTroubled(ms: number): boolean {
    return clock.now() - (troubles.at(-1) ?? -Infinity) < ms;
  }

  const isDeep = (): boolean => !isPair && clock.now() - lastMuchTrouble < MUCH_TROUBLE_MS;

  /** How many updates go along. */
  function depth(): number {
    if (isDeep()) return DEEP;
    return isTroubled(TROUBLE_MS) ? 1 : 0;
  }

  function dueAt(): number | undefined {
    const pause = TAILS_MS[tails];
    const isDue = isPair && last.length > 0 && isTroubled(TAILS_TROUBLE_MS);
    return isDue && pause !== undefined ? lastSent + pause : undefined;
  }

  return {
    troubled() {
      troubles = [...troubles.slice(1 - MANY), clock.now()];
      if (troubles.length === MANY && clock.now() - troubles[0]! < TROUBLE_MS) lastMuchTrouble = clock.now();
    },
    with(update, switched) {
      const again = last.slice(0, depth());
      const isTooMuch = (): boolean => !maySwitch(again.reduce((sum, said) => sum + said.switched, switched));
      while (again.length > 0 && isTooMuch()) again.pop();
      last = update.length > REPEAT_BYTES ? [] : [{ update, switched }, ...last.slice(0, DEEP - 1)];
      lastSent = clock.now();
      tails = 0;
      if (again.length === 0) return update;
      return Y.mergeUpdates([...again.map((said) => said.update).reverse(), update]);
    },
    slowing: () => (isDeep() ? SLOWING : 1),
    forget() {
      last = [];
    },
    dueAt,
    take() {
      if ((dueAt() ?? Infinity) > clock.now()) return undefined;
      tails++;
      return last[0]?.update;
    },
  };
}
