/*
 * What is said and heard in a call: the call itself, this person's packets and the others'. Rules: PROTOCOL.md, S21.
 */
import type { Calendar } from "../../env/calendar.ts";
import type { Clock } from "../../env/clock.ts";
import type { Connect } from "../../env/direct-call.ts";
import type { Address } from "../../env/host.ts";
import type { Random } from "../../env/random.ts";
import type { OpenLink } from "../link/link.ts";
import type { Frame } from "../wire/frame.ts";
import type { VoiceFrame } from "../wire/voice-codec.ts";
import { createCall } from "./call.ts";
import type { Call } from "./call.ts";
import type { CallNews } from "./call-state.ts";
import { createDirectTalk } from "./direct-talk.ts";
import type { DirectPeer, DirectTalk } from "./direct-talk.ts";
import type { Playout } from "./jitter-buffer.ts";
import { createOutgoingTalk } from "./outgoing-talk.ts";
import type { OutgoingTalk } from "./outgoing-talk.ts";
import { createSpeakers, TALKING_MS } from "./speakers.ts";
import type { Speakers } from "./speakers.ts";

/** Whoever plays the sound. */
export interface VoiceListener {
  /** Sound can be played, and the person is in no other call. */
  canTalk(): boolean;
  told(news: CallNews): void;
  /** Another phase, or other people. */
  changed(): void;
  /** Undefined, what it gives too: this device cannot connect directly, or the person has not chosen that. */
  connect?(): Connect | undefined;
}

export interface VoiceTalkDeps {
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly random: Random;
  readonly links: readonly OpenLink[];
  /** This page's session. */
  readonly own: number;
  /** The person looks at this page. */
  isLooking(): boolean;
  /** No honest app sends this. */
  offend(link: OpenLink, reason: string): void;
  /** Something is due, or due earlier. */
  wake(): void;
}

export interface TalkingMember {
  readonly address: Address;
  readonly isTalking: boolean;
  /** From mouth to ear, as far as is known: milliseconds. */
  readonly latency: number;
}

/** Calls, as the session sees them. */
export interface Calls extends Pick<
  Call,
  "phase" | "by" | "isRunning" | "press" | "decline" | "end" | "keep"
> {
  /** Whoever plays the sound; without one nobody can be called here. */
  attach(listener: VoiceListener | undefined): void;
  members(): readonly TalkingMember[];
  /** The next 20 ms of this person's microphone: an Opus packet, and its level, 0 .. 1. */
  speak(packet: Uint8Array, level: number): void;
  /** This person says something, and it is sent. */
  isTalking(): boolean;
  /** Four others talk, and began before: what this person says is not sent. */
  isFull(): boolean;
  /** The bridge takes not all of what this person says. */
  isHeldUp(): boolean;
  /** What each is to be heard saying up to a time on the clock. */
  hear(until: number): ReadonlyMap<Address, readonly Playout[]>;
  /** Characters a second that talking sends, over the last seconds. */
  cost(): number;
  /** Sound goes directly, both ways. */
  isDirect(): boolean;
  /** The person has chosen to be connected directly, or not to be any more. */
  directChanged(): void;
}

export interface VoiceTalk extends Calls {
  dueAt(): number | undefined;
  take(): readonly Frame[];
  /**
   * What goes along with a message that leaves anyway, and has room for so many frames: the bridge takes few, and each
   * costs the network its own.
   */
  takeAlong(room: number): readonly Frame[];
  receive(link: OpenLink, from: number, frame: Frame & VoiceFrame): void;
  linksChanged(): void;
  leave(): readonly Frame[];
  returned(): void;
  close(): void;
}

const COST_MS = 4000;
/** Of a message besides its packets. */
const HEAD_BYTES = 16;

interface State {
  readonly deps: VoiceTalkDeps;
  readonly call: Call;
  readonly talk: OutgoingTalk;
  readonly speakers: Speakers;
  readonly direct: DirectTalk;
  listener: VoiceListener | undefined;
  /** When, and how many characters. */
  sent: readonly { readonly at: number; readonly chars: number }[];
  /** When this person began to be sent. */
  since: number;
}

export function createVoiceTalk(deps: VoiceTalkDeps): VoiceTalk {
  const { clock, links, wake } = deps;
  const talk = createOutgoingTalk(clock, links.length > 1, () => direct.isHeard());
  const speakers = createSpeakers(clock);
  const call = createCall({
    ...deps,
    canTalk: () => state.listener?.canTalk() === true,
    told: (news) => state.listener?.told(news),
    direct: () => (connectOf(state) ? (direct.hears() ? "heard" : "wanted") : undefined),
    changed() {
      if (call.phase() !== "talking") talk.clear();
      speakers.keep(new Set(call.members().keys()));
      direct.look();
      state.listener?.changed();
    },
  });
  const direct = createDirectTalk({
    ...deps,
    peer: () => peerOf(state),
    isTalking: speakers.isTalking,
    say: call.say,
    heard: call.heard,
    changed() {
      call.tell();
      state.listener?.changed();
    },
  });
  const state: State = { deps, call, talk, speakers, direct, listener: undefined, sent: [], since: 0 };
  const isFull = (): boolean => speakers.isFull({ session: deps.own, since: sendingSince(state) });

  return {
    attach(listener) {
      state.listener = listener;
    },
    phase: call.phase,
    by: call.by,
    isRunning: call.isRunning,
    press() {
      if (links.length > 0) call.press();
    },
    decline: call.decline,
    end: call.end,
    keep: call.keep,
    members: () =>
      [...call.members()].map(([address, { roundTrip }]) =>
        direct.hears()
          ? { address, isTalking: direct.isTalking(), latency: direct.latency() }
          : {
              address,
              isTalking: speakers.isTalking(address),
              latency: Math.round(speakers.delay(address) + roundTrip / 2),
            },
      ),
    speak(packet, level) {
      if (call.phase() !== "talking") return;
      talk.add(packet, level);
      if (isFull()) talk.clear();
      else if (talk.dueAt() !== undefined) wake();
    },
    isTalking: () => call.phase() === "talking" && talk.isTalking(),
    isFull,
    isHeldUp: () => call.phase() === "talking" && talk.isHeldUp(),
    hear(until) {
      const sounds = speakers.take(until);
      return direct.hears() ? new Map() : sounds;
    },
    cost() {
      if (direct.isHeard()) return 0;
      state.sent = state.sent.filter(({ at }) => at > clock.now() - COST_MS);
      return Math.round(state.sent.reduce((sum, { chars }) => sum + chars, 0) / (COST_MS / 1000));
    },
    isDirect: direct.isHeard,
    directChanged() {
      call.tell();
      direct.look();
    },
    dueAt: () => (call.isDue() ? -Infinity : talk.dueAt()),
    take: () => [...call.take(), ...((talk.dueAt() ?? Infinity) <= clock.now() ? takeTalk(state) : [])],
    takeAlong(room) {
      if (!talk.isWorthwhile()) return [];
      const words = call.take(room);
      return [...words, ...takeTalk(state, room - words.length)];
    },
    receive: (link, from, frame) => receive(state, link, from, frame),
    linksChanged: call.linksChanged,
    leave: call.leave,
    returned: call.returned,
    close() {
      direct.close();
      call.close();
    },
  };
}

/** Of a direct connection there is only something to ask where this person has chosen it, with one contact. */
function connectOf({ deps, listener }: State): Connect | undefined {
  return deps.links.length === 1 ? listener?.connect?.() : undefined;
}

/** Only in a call, which this person pressed for, with one who wants it as well. */
function peerOf(state: State): DirectPeer | undefined {
  const { call } = state;
  const [[address, member] = []] = call.members();
  const connect = connectOf(state);
  if (!connect || !member?.direct || call.phase() !== "talking") return undefined;
  const hearsThis = member.direct === "heard";
  return { address: address!, session: member.session, call: call.number(), hearsThis, connect };
}

/** Undefined: nothing of this person was sent of late. */
function sendingSince({ deps, sent, since }: State): number | undefined {
  return (sent.at(-1)?.at ?? -Infinity) > deps.clock.now() - TALKING_MS ? since : undefined;
}

/** All that waits, in so many frames at most: where the bridge was busy that is more than one has room for. */
function takeTalk(state: State, most = Infinity): readonly Frame[] {
  const { deps, call, talk } = state;
  const frames: Frame[] = [];
  let bytes = 0;
  while (frames.length < most) {
    const bundle = talk.take();
    if (!bundle) break;
    frames.push({ type: "voice", what: "talk", call: call.number(), ...bundle });
    bytes += bundle.packets.reduce((sum, { length }) => sum + length + 1, HEAD_BYTES);
  }
  if (bytes === 0) return frames;
  state.since = sendingSince(state) ?? deps.clock.now();
  state.sent = [...state.sent, { at: deps.clock.now(), chars: Math.ceil((bytes * 4) / 3) }];
  return frames;
}

function receive(
  { deps, call, speakers, direct, listener }: State,
  link: OpenLink,
  from: number,
  frame: Frame & VoiceFrame,
): void {
  if (!listener) {
    // Who cannot hear says so.
    if (frame.what === "ring") call.receive(link, from, frame);
    return;
  }
  const isOfCall = frame.what === "talk" || frame.what === "offer" || frame.what === "answer";
  if (!isOfCall) return call.receive(link, from, frame);
  const { address } = link;
  const isMember = call.phase() === "talking" && call.number() === frame.call;
  if (!isMember || call.members().get(address)?.session !== from) return;
  call.heard(address);
  if (frame.what !== "talk") return direct.receive(frame);
  if (!speakers.receive(address, from, frame)) deps.offend(link, "more sound than there is time");
}
