/*
 * The tabs of one browser share out a few fixed places among them: each place is an address, and a
 * part of the storage, that one tab has at a time.
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
  /** Tells all other tabs. */
  readonly post: (message: PlaceMessage) => void;
  readonly settled: (place: Address) => void;
  /** Another tab has it: not this tab's any more, from this moment on. */
  readonly lost: () => void;
}

/** Milliseconds for the other tabs to answer. */
const ANSWER_TIME = 200;
const ASK_AGAIN = 2000;

export function createTabPlace({ clock, random, places, post, settled, lost }: TabPlaceDeps): TabPlace {
  const taken = new Set<Address>();
  let rank = 0;
  let place: Address | undefined;
  let isSettled = false;
  let cancelStep: Cancel | undefined;

  const later = (delay: number, step: () => void): void => {
    cancelStep?.();
    cancelStep = clock.after(delay, step);
  };

  const tellClaim = (): void => {
    if (place !== undefined) post({ type: "taken", place, rank, settled: isSettled });
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
    if (wasSettled) lost();
    ask();
  };

  return {
    open: ask,
    received(message) {
      if (message.type === "who") return tellClaim();
      if (message.place !== place) taken.add(message.place);
      else if (isSettled === message.settled ? rank < message.rank : isSettled) tellClaim();
      else giveUp();
    },
    current: () => (isSettled ? place : undefined),
    close() {
      cancelStep?.();
      place = undefined;
      isSettled = false;
    },
  };
}
