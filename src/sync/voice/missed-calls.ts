/*
 * Who is told of calls that rang in vain, and by whom: by the own page, if it heard them ring; by who rang; and in a
 * group, where that one is gone, by any other who heard it. Rules: PROTOCOL.md, S21.
 */
import type { Address } from "../../env/host.ts";
import type { OpenLink } from "../link/link.ts";
import type { VoiceFrame } from "../wire/voice-codec.ts";
import { answer, say, TICK_MS, UNHEARD_MS } from "./call-state.ts";
import type { CallState } from "./call-state.ts";
import type { MissedCall } from "./missed-book.ts";

/** Whoever returns may find that it still rings: it is told as missed when no ring came for so long. */
const RETURN_MS = 3000;
const SAY_MS = 2000;
/** To one session; an answer says that it came. */
const MOST_SAID = 5;
/** Of several who know of a call the first one tells, and the answer is for all. */
const CARRY_MS = 1500;
const CARRY_SPREAD_MS = 3500;
/** What did not ring here is told so often at most, whoever is said to have rung. */
const BETWEEN_MS = 20_000;
const MOST_AGO = 14 * 24 * 60;

/** A call rings, here or from here. `isOwn`: this person is to be told if nothing comes of it. */
export function noteRing(
  { missed, deps }: CallState,
  call: number,
  by: Address | undefined,
  isOwn: boolean,
): void {
  if (missed.get(call) || missed.isKnown(call)) return;
  const others = deps.links.map(({ address }) => address).filter((address) => address !== by);
  missed.rang({ call, by, at: deps.calendar.minutes(), isOwn, to: new Set(others), said: new Map() });
}

/** It does not ring, for the person is in another call. */
export function noteBusy(state: CallState, call: number, by: Address): void {
  const now = state.deps.clock.now();
  if (now < state.saysMissedFrom) return;
  state.saysMissedFrom = now + BETWEEN_MS;
  noteRing(state, call, by, true);
  state.plan();
}

/** The page is seen again, or what it kept is there. */
export function returned(state: CallState): void {
  state.tellFrom = state.deps.clock.now() + RETURN_MS;
  if (state.missed.all().length > 0) state.plan();
}

/** Tells what is over, this person and others. Says whether there may be more to say. */
export function tellMissed(state: CallState, now: number): boolean {
  const { deps, missed } = state;
  if (!deps.isLooking()) return false;
  let waits = false;
  for (const each of missed.all()) {
    if (isOn(state, each.call, now) || (each.isOwn && now < state.tellFrom)) {
      waits = true;
      continue;
    }
    if (each.isOwn) tellOwn(state, each);
    for (const link of deps.links)
      if (each.to.has(link.address)) waits = tellOther(state, each, link) || waits;
  }
  return waits;
}

/** Somebody says that a call rang in vain. */
export function receiveMissed(
  state: CallState,
  link: OpenLink,
  { call, ago, by = link.address }: VoiceFrame & { readonly what: "missed" },
): void {
  const { deps, missed } = state;
  const now = deps.clock.now();
  if (isOn(state, call, now)) return;
  const known = missed.get(call);
  if (known ? !known.isOwn : missed.isKnown(call) || state.over.has(call)) return acknowledge(state, call);
  if (!known) {
    if (now < state.saysMissedFrom || !deps.links.some(({ address }) => address === by)) return;
    state.saysMissedFrom = now + BETWEEN_MS;
    const at = Math.max(0, deps.calendar.minutes() - Math.min(ago, MOST_AGO));
    missed.rang({ call, by, at, isOwn: true, to: new Set(), said: new Map() });
  }
  state.plan();
}

/** It rings, or people are in it. */
function isOn({ phase, call: current, running }: CallState, call: number, now: number): boolean {
  if (phase !== "idle" && current === call) return true;
  return [...running.values()].some((each) => each.call === call && each.at > now - UNHEARD_MS);
}

export function tellOwn(state: CallState, { call, by, at }: MissedCall): void {
  state.missed.reached(call, undefined);
  acknowledge(state, call);
  state.deps.told({ what: "missed", address: by!, at });
}

/** To everybody: others may know of it, too. */
function acknowledge(state: CallState, call: number): void {
  say(state, { call, what: "end" });
}

function tellOther(
  state: CallState,
  { call, by, at, said: toldBefore }: MissedCall,
  link: OpenLink,
): boolean {
  const { deps } = state;
  const now = deps.clock.now();
  const caller = deps.links.find(({ address }) => address === by);
  if (link.state() !== "here" || caller?.state() === "here") return false;
  const session = link.session();
  let said = toldBefore.get(link.address);
  if (!said || said.session !== session) {
    const wait = caller ? CARRY_MS + (deps.random.uint32() / 2 ** 32) * CARRY_SPREAD_MS : TICK_MS;
    said = { session, left: MOST_SAID, at: now + wait };
    toldBefore.set(link.address, said);
  }
  if (said.left === 0) return false;
  if (now >= said.at) {
    const ago = Math.max(0, deps.calendar.minutes() - at);
    answer(state, link, { call, what: "missed", ago, ...(by === undefined ? {} : { by }) });
    said.at = now + SAY_MS;
    said.left--;
  }
  return said.left > 0;
}
