/*
 * A call among the people of a board: who rings, who is in it, how it ends. Whoever is in one says so all the time, so
 * nothing that is lost needs to be said again. Rules: PROTOCOL.md, S21.
 *
 *     idle --press--> ringing --"in", or a ring: both pressed--> talking --hang up, all left--> idle
 *       |               +--nobody within 30 s, "declined", hang up-------------------------------^
 *       +--a ring--> rung --press--> talking
 *                     +--declined, or over: missed--> idle
 *
 * `talking` is reached by a press on this side only.
 */
import type { Address } from "../../env/host.ts";
import type { OpenLink } from "../link/link.ts";
import type { Frame } from "../wire/frame.ts";
import type { VoiceFrame, VoiceWord } from "../wire/voice-codec.ts";
import { left, linksChanged, missed, receive } from "./call-hearing.ts";
import {
  enter,
  hangUp,
  isDead,
  join,
  over,
  RING_MS,
  say,
  sayState,
  TICK_MS,
  UNHEARD_MS,
} from "./call-state.ts";
import type { CallDeps, CallPhase, CallState, Member } from "./call-state.ts";
import { createMissedBook } from "./missed-book.ts";
import type { KeptBytes } from "./missed-book.ts";
import { noteRing, returned, tellMissed } from "./missed-calls.ts";

export interface Call {
  phase(): CallPhase;
  /** Its number, while there is one. */
  number(): number;
  /** Who rings. */
  by(): Address | undefined;
  /** Others are in one that this person may join. */
  isRunning(): boolean;
  members(): ReadonlyMap<Address, Member>;
  /** Rings everybody, joins those who are in a call, or takes the call that rings here. */
  press(): void;
  decline(): void;
  end(): void;
  receive(link: OpenLink, from: number, frame: Frame & VoiceFrame): void;
  /** Somebody of the call says something. */
  heard(address: Address): void;
  /** What this page says of itself is another thing now. */
  tell(): void;
  say(word: VoiceWord): void;
  /** Others are here than before. */
  linksChanged(): void;
  isDue(): boolean;
  take(most?: number): readonly Frame[];
  /** Nobody looks at this page any more: what is said last. */
  leave(): readonly Frame[];
  /** Somebody looks again. */
  returned(): void;
  /** Where calls that rang in vain are kept. */
  keep(kept: KeptBytes): void;
  close(): void;
}

const SAY_MS = 2000;
/** An answer may be lost, and somebody waits for it. */
const FIRST_SAYINGS = 4;
const DECLINED_MS = 20_000;

export function createCall(deps: CallDeps): Call {
  const state: CallState = {
    deps,
    phase: "idle",
    call: 0,
    by: undefined,
    since: 0,
    heardAt: 0,
    saidAt: -Infinity,
    sayings: 0,
    members: new Map(),
    over: new Map(),
    quiet: new Map(),
    rangAt: -Infinity,
    running: new Map(),
    missed: createMissedBook(),
    tellFrom: -Infinity,
    saysMissedFrom: -Infinity,
    wasLeft: undefined,
    outgoing: [],
    ticking: undefined,
    plan: () => tick(state),
  };
  return {
    phase: () => state.phase,
    number: () => state.call,
    by: () => state.by,
    isRunning: () => state.phase === "idle" && runningCall(state) !== undefined,
    members: () => state.members,
    press: () => press(state),
    decline() {
      if (state.phase !== "rung") return;
      state.quiet.set(state.by!, deps.clock.now() + DECLINED_MS);
      say(state, { call: state.call, what: "declined" });
      state.missed.reached(state.call, undefined);
      over(state, "declined");
    },
    end: () => hangUp(state),
    receive: (link, from, frame) => receive(state, link, from, frame),
    heard(address) {
      const member = state.members.get(address);
      if (member) member.heardAt = deps.clock.now();
    },
    tell() {
      state.sayings = 0;
      if (state.phase === "talking") sayState(state);
    },
    say: (word) => say(state, { call: state.call, ...word }),
    linksChanged: () => linksChanged(state),
    isDue: () => state.outgoing.length > 0,
    take: (most = Infinity) => state.outgoing.splice(0, most),
    leave() {
      const [member] = state.members.keys();
      state.wasLeft = state.phase === "talking" ? (member ?? deps.links[0]!.address) : undefined;
      hangUp(state);
      return state.outgoing.splice(0);
    },
    returned() {
      if (state.wasLeft !== undefined) deps.told({ what: "ended", address: state.wasLeft });
      state.wasLeft = undefined;
      returned(state);
    },
    keep(kept) {
      state.missed.keep(kept, deps.calendar.minutes(), (address) =>
        deps.links.some((link) => link.address === address),
      );
      returned(state);
    },
    close: () => state.ticking?.(),
  };
}

function press(state: CallState): void {
  const { clock, random } = state.deps;
  if (state.phase === "rung") {
    const by = state.by!;
    const link = state.deps.links.find(({ address }) => address === by);
    enter(state, state.call);
    if (link) join(state, link, link.session() ?? 0);
  } else if (state.phase === "idle") {
    const running = runningCall(state);
    if (running !== undefined) {
      enter(state, running);
      for (const link of state.deps.links)
        if (state.running.get(link.address)?.call === running) join(state, link, link.session() ?? 0);
    } else {
      const now = clock.now();
      Object.assign(state, { phase: "ringing", call: random.uint32(), since: now, rangAt: now, sayings: 0 });
      noteRing(state, state.call, undefined, false);
      sayState(state);
      tick(state);
    }
  } else return;
  state.deps.changed();
}

/** A call of others who are here. */
function runningCall(state: CallState): number | undefined {
  const { running, deps } = state;
  for (const link of deps.links) {
    const heard = running.get(link.address);
    const isFresh = heard !== undefined && heard.at > deps.clock.now() - UNHEARD_MS;
    if (isFresh && link.state() === "here" && !isDead(state, heard.call)) return heard.call;
  }
  return undefined;
}

/** As long as anything may be due. */
function tick(state: CallState): void {
  const { clock } = state.deps;
  state.ticking ??= clock.after(TICK_MS, () => {
    state.ticking = undefined;
    const now = clock.now();
    lookAround(state, now);
    const isSaid = state.phase === "ringing" || state.phase === "talking";
    const isDue = now - state.saidAt >= (state.sayings < FIRST_SAYINGS ? TICK_MS : SAY_MS);
    if (isSaid && isDue) sayState(state);
    const waits = tellMissed(state, now);
    if (state.phase !== "idle" || waits) tick(state);
  });
}

function lookAround(state: CallState, now: number): void {
  const { phase, deps } = state;
  if (phase === "ringing" && now - state.since >= RING_MS) {
    hangUp(state);
    deps.told({ what: "unanswered", address: deps.links[0]!.address });
  } else if (phase === "rung") {
    const isOver = now - state.heardAt >= UNHEARD_MS || now - state.since >= 2 * RING_MS;
    if (isOver) missed(state);
  } else if (phase === "talking") {
    for (const [address, { heardAt }] of state.members)
      if (now - heardAt >= UNHEARD_MS) left(state, address, state.call);
  }
}
