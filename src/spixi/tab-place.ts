/*
 * The tabs of one browser share out a few fixed places among them: each place is an address, and a
 * part of the storage, that one tab has at a time. Where the browser has locks, a tab has the first place whose lock
 * it gets, at once; where it has none, the tabs ask each other:
 *
 *   asking: "who?" ----> whoever has a place, or claims one: "taken <place>"
 *     |  ^  after 200 ms: the first place that is not taken
 *     |  |       (none is free: asks again after 2 s)
 *     v  |
 *   claiming: "taken <place>" ----> whoever has it, or claims it with a lower rank: "taken <place>"
 *     |  ^  heard so: asks again
 *     v  |  after 200 ms
 *   settled
 *        |  heard from a settled tab of lower rank that it has this place: asks again
 *        +--> asking
 *
 * Two tabs can be settled at one place: a tab in the background may be frozen, and answers nothing
 * until it thaws. Of two claims, a settled one beats an unsettled one, else the lower rank wins. Only
 * the winner answers, and the loser falls silent: so every question has an end.
 */
import type { Cancel, Clock } from "../env/clock.ts";
import type { Address } from "../env/host.ts";
import type { Random } from "../env/random.ts";
import type { TabLocks } from "./tab-locks.ts";

export type PlaceMessage =
  | { readonly type: "who" }
  | { readonly type: "taken"; readonly place: Address; readonly rank: number; readonly settled: boolean };

export interface TabPlace {
  open(): void;
  received(message: PlaceMessage): void;
  /** The place that this tab has for sure. */
  current(): Address | undefined;
  close(): void;
}

export interface TabPlaceDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly places: readonly Address[];
  /** Undefined: this browser has none. */
  readonly locks: TabLocks | undefined;
  /** Tells all other tabs. */
  readonly post: (message: PlaceMessage) => void;
  readonly settled: (place: Address) => void;
  /** Another tab has it: not this tab's any more, from this moment on. */
  readonly lost: () => void;
}

/** Milliseconds for the other tabs to answer. */
const ANSWER_TIME = 200;
const ASK_AGAIN = 2000;

export function createTabPlace({
  clock,
  random,
  places,
  locks,
  post,
  settled,
  lost,
}: TabPlaceDeps): TabPlace {
  const taken = new Set<Address>();
  let rank = 0;
  let place: Address | undefined;
  let isSettled = false;
  let cancelStep: Cancel | undefined;
  let unlock: (() => void) | undefined;
  let isClosed = false;

  const later = (delay: number, step: () => void): void => {
    cancelStep?.();
    cancelStep = clock.after(delay, step);
  };

  const tellClaim = (): void => {
    if (place !== undefined) post({ type: "taken", place, rank, settled: isSettled });
  };

  /** Takes the first place of which no other tab has the lock. */
  const lockPlace = async (from: TabLocks): Promise<void> => {
    for (const each of places) {
      const release = await from.take(each);
      if (isClosed) return release?.();
      if (!release) continue;
      unlock = release;
      rank = random.uint32();
      place = each;
      settle();
      // For a tab that has no locks, as of an earlier version.
      return tellClaim();
    }
    later(ASK_AGAIN, seek);
  };

  const seek = (): void => {
    if (!locks) return ask();
    lockPlace(locks).catch(() => {
      if (!isClosed) ask();
    });
  };

  const ask = (): void => {
    taken.clear();
    post({ type: "who" });
    later(ANSWER_TIME, claim);
  };

  const claim = (): void => {
    rank = random.uint32();
    place = places.find((each) => !taken.has(each));
    if (place === undefined) return later(ASK_AGAIN, ask);
    tellClaim();
    later(ANSWER_TIME, settle);
  };

  const settle = (): void => {
    isSettled = true;
    settled(place!);
  };

  const giveUp = (): void => {
    const wasSettled = isSettled;
    place = undefined;
    isSettled = false;
    unlock?.();
    unlock = undefined;
    if (wasSettled) lost();
    ask();
  };

  return {
    open: seek,
    received(message) {
      if (message.type === "who") return tellClaim();
      if (message.place !== place) taken.add(message.place);
      else if (isSettled === message.settled ? rank < message.rank : isSettled) tellClaim();
      else giveUp();
    },
    current: () => (isSettled ? place : undefined),
    close() {
      isClosed = true;
      cancelStep?.();
      unlock?.();
      place = undefined;
      isSettled = false;
    },
  };
}
