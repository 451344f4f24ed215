/*
 * What is known of a call, and what this page says of it. What is heard changes it in call-hearing.ts. Rules:
 * PROTOCOL.md, S21.
 */
import { slotOf } from "../../board/document/slot.ts";
import type { Calendar } from "../../env/calendar.ts";
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Address } from "../../env/host.ts";
import type { Random } from "../../env/random.ts";
import type { OpenLink } from "../link/link.ts";
import type { Frame } from "../wire/frame.ts";
import type { Echo, VoiceWord } from "../wire/voice-codec.ts";
import type { MissedBook } from "./missed-book.ts";

export type CallPhase = "idle" | "ringing" | "rung" | "talking";

/** Told once. `unanswered`: nobody took this person's call; `ended`: the last of the others is gone. */
export type CallNews =
  /** `at`: when it rang, in minutes of this device's calendar. */
  | { readonly what: "missed"; readonly address: Address; readonly at: number }
  | { readonly what: "declined" | "unanswered" | "ended"; readonly address: Address };

export interface CallDeps {
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly random: Random;
  readonly links: readonly OpenLink[];
  /** This page's session. */
  readonly own: number;
  /** This page can play sound, and the person is in no other call. */
  canTalk(): boolean;
  /** The person looks at this page. */
  isLooking(): boolean;
  told(news: CallNews): void;
  changed(): void;
  /** What this page says of a direct connection (S22). */
  direct(): DirectState | undefined;
  wake(): void;
}

export interface Member {
  readonly session: number;
  heardAt: number;
  /** There and back, in milliseconds. */
  roundTrip: number;
  /** What it said its time was, and when that came. */
  stamp: { readonly said: number; readonly at: number } | undefined;
  /** What it said of a direct connection. */
  direct: DirectState | undefined;
}

export type DirectState = (VoiceWord & { readonly what: "in" })["direct"] & string;

export interface CallState {
  readonly deps: CallDeps;
  phase: CallPhase;
  call: number;
  by: Address | undefined;
  since: number;
  /** A ring of `rung` was heard. */
  heardAt: number;
  saidAt: number;
  sayings: number;
  readonly members: Map<Address, Member>;
  /** Calls that were this person's, or rang here, and how they ended. */
  readonly over: Map<number, "declined" | "busy" | "end">;
  /** Until when calls of these do not ring. */
  readonly quiet: Map<Address, number>;
  /** When this person rang. */
  rangAt: number;
  /** Others' calls, and when they were last heard of. */
  readonly running: Map<Address, { readonly call: number; readonly at: number }>;
  readonly missed: MissedBook;
  /** From then on this person is told what was missed. */
  tellFrom: number;
  /** From then on a call that did not ring here is told. */
  saysMissedFrom: number;
  /** The call was over because nobody looked any more: told when somebody does. */
  wasLeft: Address | undefined;
  outgoing: Frame[];
  ticking: Cancel | undefined;
  /** Something may be due after a while. */
  plan(): void;
}

export const TICK_MS = 500;
/** Of whom nothing came for so long is in no call. */
export const UNHEARD_MS = 8000;
export const RING_MS = 30_000;
const MOST_OUTGOING = 8;
const MOST_OVER = 64;
export const STAMP_MASK = 0xffff;

export function say(state: CallState, word: VoiceWord & { readonly call: number }, to?: number): void {
  const { outgoing, deps } = state;
  const isSame = (each: Frame): boolean =>
    each.type === "voice" && each.what === word.what && each.call === word.call && each.to === to;
  // What waits is made anew.
  state.outgoing = outgoing.filter((each) => !isSame(each)).slice(1 - MOST_OUTGOING);
  state.outgoing.push({ type: "voice", ...word, ...(to === undefined ? {} : { to }) });
  deps.wake();
}

export function answer(state: CallState, link: OpenLink, word: VoiceWord & { readonly call: number }): void {
  const session = link.session();
  if (session !== undefined) say(state, word, slotOf(session));
}

/** With two people; in a group the others go on, and whoever left may come back. */
export function isDead({ over: past, deps }: CallState, call: number): boolean {
  return past.has(call) && deps.links.length === 1;
}

export function enter(state: CallState, call: number): void {
  if (state.phase === "ringing" && state.call !== call) {
    remember(state, state.call, "end");
    state.missed.drop(state.call);
  }
  state.missed.reached(call, undefined);
  state.over.delete(call);
  Object.assign(state, { phase: "talking", call, by: undefined, since: state.deps.clock.now(), sayings: 0 });
  sayState(state);
  state.plan();
}

export function join({ members, deps }: CallState, { address }: OpenLink, session: number): Member {
  const known = members.get(address);
  const heardAt = deps.clock.now();
  if (known?.session === session) {
    known.heardAt = heardAt;
    return known;
  }
  const member: Member = { session, heardAt, roundTrip: 0, stamp: undefined, direct: undefined };
  members.set(address, member);
  return member;
}

/** What this page says of itself, again and again. */
export function sayState(state: CallState): void {
  const { call, phase, deps } = state;
  const now = deps.clock.now();
  state.saidAt = now;
  state.sayings++;
  // In a group it rings with the others, too.
  const rings = phase === "ringing" || (deps.links.length > 1 && state.rangAt > now - RING_MS);
  if (rings) say(state, { call, what: "ring" });
  if (phase === "talking") {
    const [echo, direct] = [echoOf(state), deps.direct()];
    const stamp = now & STAMP_MASK;
    say(state, { call, what: "in", stamp, ...(echo ? { echo } : {}), ...(direct ? { direct } : {}) });
  }
}

/** Of whom the latest word came. */
function echoOf({ members, deps }: CallState): Echo | undefined {
  const [latest] = [...members.values()]
    .filter(({ stamp }) => stamp !== undefined)
    .sort((a, b) => b.stamp!.at - a.stamp!.at);
  const held = latest ? deps.clock.now() - latest.stamp!.at : Infinity;
  if (!latest || held > STAMP_MASK) return undefined;
  return { slot: slotOf(latest.session), stamp: latest.stamp!.said, held: Math.round(held) };
}

export function remember({ over: past }: CallState, call: number, how: "declined" | "busy" | "end"): void {
  past.delete(call);
  past.set(call, how);
  for (const oldest of past.keys()) if (past.size > MOST_OVER) past.delete(oldest);
}

export function over(state: CallState, how: "declined" | "busy" | "end"): void {
  remember(state, state.call, how);
  Object.assign(state, { phase: "idle", by: undefined, rangAt: -Infinity });
  state.members.clear();
  state.deps.changed();
}

export function hangUp(state: CallState): void {
  if (state.phase !== "ringing" && state.phase !== "talking") return;
  say(state, { call: state.call, what: "end" });
  over(state, "end");
  // Who did not hear it is told when it comes.
  state.plan();
}
