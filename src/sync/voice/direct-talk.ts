/*
 * A direct connection beside a call of two that goes through the messenger: both sides try to make one, whoever hears
 * the other that way says so, and where it breaks the call goes on as before while the next try waits. There is no
 * browser in this: connections come from a port (env/direct-call.ts). Rules: PROTOCOL.md, S22.
 *
 *     (none) --own turn--> offering --answer--> connecting --sound, and a pause of speech--> heard
 *       |                     | both offered: the lower session gives in        ^               |
 *       +--an offer-----------+-------------------------------------------------+               |
 *       ^--no sound in time, none any more, another call or session, not wanted any more--------+
 *
 * A try is a connection of its own: nothing of one that failed is used in the next.
 */
import type { Cancel, Clock } from "../../env/clock.ts";
import type { Connect, DirectConnection, DirectEnd } from "../../env/direct-call.ts";
import type { Address } from "../../env/host.ts";
import type { DirectWord } from "../wire/voice-codec.ts";

/** The contact with whom a connection is wanted on both sides. */
export interface DirectPeer {
  readonly address: Address;
  readonly session: number;
  readonly call: number;
  /** It says that it hears this person directly. */
  readonly hearsThis: boolean;
  readonly connect: Connect;
}

export interface DirectDeps {
  readonly clock: Clock;
  /** This page's session. */
  readonly own: number;
  /** Undefined: this person has not chosen it, or not pressed; the contact has not; or there are more than two. */
  peer(): DirectPeer | undefined;
  /** What the contact says is being heard through the messenger. */
  isTalking(address: Address): boolean;
  say(word: DirectWord): void;
  /** The contact is there. */
  heard(address: Address): void;
  /** The contact is heard in another way than before. */
  changed(): void;
}

export interface DirectTalk {
  /** What the contact says is heard directly, and no other way. */
  hears(): boolean;
  /** The contact hears this person directly, too. */
  isHeard(): boolean;
  /** As far as the contact is heard directly. */
  isTalking(): boolean;
  /** From mouth to ear, in milliseconds. */
  latency(): number;
  receive(word: DirectWord): void;
  /** The call, who is in it, or what is wanted is another one. */
  look(): void;
  close(): void;
}

interface Attempt {
  readonly peer: DirectPeer;
  /** Of the side that offered: each one counts its own. */
  readonly number: number;
  readonly isOwn: boolean;
  readonly connection: DirectConnection;
  readonly since: number;
  /** What the other side is to be told. */
  end: DirectEnd | undefined;
  isAnswered: boolean;
  saidAt: number;
  /** Undefined: none has come. */
  firstSoundAt: number | undefined;
  soundAt: number;
  talkedAt: number;
  delay: number;
  heardSince: number | undefined;
}

interface State {
  readonly deps: DirectDeps;
  attempt: Attempt | undefined;
  /** Of this page, ever. */
  attempts: number;
  /** The latest one that the contact's session offered: what is not newer is not looked at. */
  seen: { readonly session: number; readonly number: number };
  /** When the next own one begins; undefined: there is nobody to connect to. */
  nextAt: number | undefined;
  /** In a row. */
  failures: number;
  /** From when on the next offer is taken, and the next own one may begin, whatever the other one says meanwhile. */
  takesAt: number;
  offersAt: number;
  ticking: Cancel | undefined;
}

const LOOK_MS = 250;
const SAY_AGAIN_MS = 1000;
/** Until then something must be heard. */
const ATTEMPT_MS = 12_000;
/** Who falls silent sends packets all the same, one in 400 ms at least. */
const SOUNDING_MS = 600;
const BROKEN_MS = 1500;
/** So long a pause is waited for, so that no word is cut. */
const PAUSE_MS = 3000;
/** The other one begins. */
const POLITE_MS = 1500;
/** After a first try in vain; twice as long after each further one. */
const AGAIN_MS = 4000;
const LATEST_AGAIN_MS = 60_000;
/** What held so long is made anew at once. */
const HELD_MS = 10_000;
const HELD_AGAIN_MS = 1000;
/** No honest page offers more often. */
const SELDOM_MS = 3000;
const TALKING_LEVEL = 0.01;
const TALKING_MS = 700;

export function createDirectTalk(deps: DirectDeps): DirectTalk {
  const state: State = {
    deps,
    attempt: undefined,
    attempts: 0,
    seen: { session: 0, number: 0 },
    nextAt: undefined,
    failures: 0,
    takesAt: -Infinity,
    offersAt: -Infinity,
    ticking: undefined,
  };
  const hears = (): boolean => state.attempt?.heardSince !== undefined;
  return {
    hears,
    isHeard: () => hears() && deps.peer()?.hearsThis === true,
    isTalking: () => hears() && state.attempt!.talkedAt > deps.clock.now() - TALKING_MS,
    latency: () => Math.round(state.attempt?.delay ?? 0),
    receive: (word) => receive(state, word),
    look: () => look(state),
    close() {
      state.ticking?.();
      state.attempt?.connection.close();
      state.attempt = undefined;
    },
  };
}

function isPolite({ deps }: State, { session }: DirectPeer): boolean {
  return deps.own < session;
}

function look(state: State): void {
  const { deps } = state;
  const now = deps.clock.now();
  const peer = deps.peer();
  const isOther = state.attempt && !isSame(state.attempt.peer, peer);
  if (isOther) drop(state);
  if (!peer) {
    Object.assign(state, { nextAt: undefined, failures: 0 });
    return;
  }
  state.nextAt ??= now + (isPolite(state, peer) ? POLITE_MS : 0);
  if (state.attempt) watch(state, state.attempt, now);
  else if (now >= Math.max(state.nextAt, state.offersAt)) {
    state.offersAt = now + SELDOM_MS;
    begin(state, peer, ++state.attempts);
  }
  state.ticking ??= deps.clock.after(LOOK_MS, () => {
    state.ticking = undefined;
    look(state);
  });
}

function isSame(a: DirectPeer, b: DirectPeer | undefined): boolean {
  return a.address === b?.address && a.session === b.session && a.call === b.call;
}

function begin(state: State, peer: DirectPeer, number: number, offer?: DirectEnd): void {
  const { deps } = state;
  const isCurrent = (): boolean => state.attempt === attempt;
  const connection = peer.connect(peer.address, {
    sound(level, delay) {
      if (isCurrent()) sounded(state, attempt, level, delay);
    },
    lost() {
      if (isCurrent()) fail(state, attempt);
    },
  });
  const attempt: Attempt = {
    peer,
    number,
    isOwn: offer === undefined,
    connection,
    since: deps.clock.now(),
    end: undefined,
    isAnswered: false,
    saidAt: 0,
    firstSoundAt: undefined,
    soundAt: -Infinity,
    talkedAt: -Infinity,
    delay: 0,
    heardSince: undefined,
  };
  state.attempt = attempt;
  void (offer ? connection.answer(offer) : connection.offer()).then((end) => {
    if (!isCurrent()) return;
    attempt.end = end;
    if (end) sayEnd(state, attempt);
    else fail(state, attempt);
  });
}

function sayEnd({ deps }: State, attempt: Attempt): void {
  const { end, isOwn, number } = attempt;
  if (!end) return;
  attempt.saidAt = deps.clock.now();
  deps.say({ what: isOwn ? "offer" : "answer", attempt: number, end });
}

function sounded({ deps }: State, attempt: Attempt, level: number, delay: number): void {
  const now = deps.clock.now();
  attempt.soundAt = now;
  attempt.firstSoundAt ??= now;
  const isLoud = level > TALKING_LEVEL;
  if (isLoud) attempt.talkedAt = now;
  // Of what makes up silence there is nothing to tell.
  if (isLoud || attempt.delay === 0) attempt.delay = delay;
  deps.heard(attempt.peer.address);
}

/** What time makes of it. */
function watch(state: State, attempt: Attempt, now: number): void {
  const { deps } = state;
  const { connection, peer, firstSoundAt, soundAt } = attempt;
  if (attempt.heardSince !== undefined) {
    if (now - soundAt > BROKEN_MS) fail(state, attempt);
    return;
  }
  const isPause =
    firstSoundAt !== undefined && (!deps.isTalking(peer.address) || now - firstSoundAt > PAUSE_MS);
  if (isPause && now - soundAt <= SOUNDING_MS) {
    attempt.heardSince = now;
    connection.setAudible(true);
    deps.changed();
  } else if (now - attempt.since > ATTEMPT_MS) fail(state, attempt);
  else if (attempt.isOwn && !attempt.isAnswered && now - attempt.saidAt >= SAY_AGAIN_MS)
    sayEnd(state, attempt);
}

function fail(state: State, { heardSince, peer }: Attempt): void {
  const now = state.deps.clock.now();
  const isHeld = heardSince !== undefined && now - heardSince >= HELD_MS;
  state.failures = isHeld ? 0 : state.failures + 1;
  const pause = isHeld ? HELD_AGAIN_MS : Math.min(LATEST_AGAIN_MS, AGAIN_MS * 2 ** (state.failures - 1));
  state.nextAt = now + pause + (isPolite(state, peer) ? POLITE_MS : 0);
  drop(state);
}

function drop(state: State): void {
  const { attempt, deps } = state;
  state.attempt = undefined;
  attempt?.connection.close();
  if (attempt?.heardSince !== undefined) deps.changed();
}

function receive(state: State, { what, attempt: number, end }: DirectWord): void {
  const { attempt, deps } = state;
  const peer = deps.peer();
  if (!peer) return;
  if (what === "offer") return receiveOffer(state, peer, number, end);
  if (!attempt?.isOwn || attempt.number !== number || attempt.isAnswered || !attempt.end) return;
  attempt.isAnswered = true;
  attempt.connection.accept(end);
}

function receiveOffer(state: State, peer: DirectPeer, number: number, end: DirectEnd): void {
  const { attempt, deps, seen } = state;
  const { session } = peer;
  const now = deps.clock.now();
  if (attempt && !attempt.isOwn && attempt.number === number) {
    // The answer was lost.
    if (now - attempt.saidAt >= SAY_AGAIN_MS / 2) sayEnd(state, attempt);
    return;
  }
  if (seen.session === session && number <= seen.number) return;
  const isGlare = attempt?.isOwn === true && !attempt.isAnswered;
  if (isGlare && !isPolite(state, peer)) {
    state.seen = { session, number };
    return;
  }
  if (now < state.takesAt) return;
  state.seen = { session, number };
  state.takesAt = now + SELDOM_MS;
  drop(state);
  begin(state, peer, number, end);
  look(state);
}
