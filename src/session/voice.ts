/*
 * Calls, as whoever shows them sees them: the microphone, the others' sound and the call of the board that is open.
 * The microphone is open from a press of this person on, and no longer than the call.
 */
import { MINUTE_MS } from "../board/document/session-records.ts";
import { createEmitter } from "../base/emitter.ts";
import { visibleLine } from "../base/visible-line.ts";
import type { Audio, MicrophoneState } from "../env/audio.ts";
import type { Cancel, Clock } from "../env/clock.ts";
import type { Env } from "../env/env.ts";
import type { Address } from "../env/host.ts";
import { AHEAD_MS } from "../sync/voice/jitter-buffer.ts";
import type { CallNews, CallPhase } from "../sync/voice/call-state.ts";
import type { Calls, TalkingMember, VoiceListener } from "../sync/voice/voice-talk.ts";
import type { OpenBoard } from "./open-board.ts";
import type { Notice } from "./notice.ts";

/** As it was opened, and what became of it. `closed`: not asked for, or the person has not answered yet. */
export type Microphone = MicrophoneState | "closed";

export interface Voice {
  /** Undefined: no sound can be played here, or there is nobody to talk to. */
  phase(): CallPhase | undefined;
  /** Who rings. */
  by(): Address | undefined;
  /** Others are in a call that this person may join. */
  isRunning(): boolean;
  /** The messenger's own call that is on, in its words; as long as there is one, none of ours begins. */
  outside(): string | undefined;
  /** Rings everybody who is here, joins their call, or takes the one that rings. In the task of a press. */
  press(): void;
  decline(): void;
  end(): void;
  members(): readonly (TalkingMember & { readonly volume: number })[];
  microphone(): Microphone;
  isMuted(): boolean;
  /** Who is to be heard and has no microphone is asked for it again. */
  setMuted(isMuted: boolean): void;
  /** 0 .. 1 */
  setVolume(address: Address, volume: number): void;
  /** Of this person's microphone of late, 0 .. 1. */
  level(): number;
  /** What this person says is sent now. */
  isTalking(): boolean;
  /** As many others talk as are heard at once: what this person says is not sent. */
  isFull(): boolean;
  /** Too much else is being sent: parts of what this person says are lost. */
  isHeldUp(): boolean;
  /** Characters a second that this person's voice takes. */
  cost(): number;
  /** This device can connect directly to a contact's. */
  canConnect(): boolean;
  /** Off at first. Where both of two people want it, sound goes directly from device to device as far as that works. */
  setDirect(isWanted: boolean): void;
  /** `direct`: sound goes so, both ways; undefined: this person has not chosen that. */
  way(): "direct" | "messenger" | undefined;
  /** Another phase, other people, another microphone. */
  onChange(listener: () => void): () => void;
}

export interface VoiceControl extends Voice {
  readonly listener: VoiceListener | undefined;
  /** Another board is open. */
  changed(): void;
  setOutside(text: string | undefined): void;
  close(): void;
}

export interface VoiceDeps {
  readonly env: Pick<Env, "clock" | "calendar" | "audio">;
  /** The one that is open. */
  readonly board: () => Pick<OpenBoard, "calls" | "participants"> | undefined;
  notice(notice: Notice): void;
  /** A listener failed. */
  report(error: unknown): void;
}

/** From one look for what is to be played to the next. */
const LOOK_MS = 30;
/** How much of the level is the one before. */
const LEVEL_STAYS = 0.8;
/** Words are longer than any that the messenger says. */
const MAX_WORDS = 80;
/** Where it says nothing. */
const MESSENGER = "Spixi";

/** Where this was it is asked for again. */
const MAY_BE_BACK: readonly Microphone[] = ["refused", "missing", "lost"];

interface State {
  readonly clock: Clock;
  readonly audio: Audio;
  calls(): Calls | undefined;
  microphone: Microphone;
  /** Of the microphone that was asked for; an answer to an earlier question counts no more. */
  turn: number;
  isMuted: boolean;
  level: number;
  outside: string | undefined;
  wantsDirect: boolean;
  readonly volumes: Map<Address, number>;
  looking: Cancel | undefined;
}

export function createVoice(deps: VoiceDeps): VoiceControl {
  const { clock, audio } = deps.env;
  const changes = createEmitter<void>(deps.report);
  const calls = (): Calls | undefined => deps.board()?.calls();
  const hasContacts = (): boolean => (deps.board()?.participants.remotes.length ?? 0) > 0;
  const state: State | undefined = audio?.canHear
    ? {
        clock,
        audio,
        calls,
        microphone: "closed",
        turn: 0,
        isMuted: false,
        level: 0,
        outside: undefined,
        wantsDirect: false,
        volumes: new Map(),
        looking: undefined,
      }
    : undefined;
  const emit = (): void => changes.emit();
  const changed = (): void => {
    if (state) follow(state);
    emit();
  };

  return {
    phase: () => (state && hasContacts() ? calls()?.phase() : undefined),
    by: () => calls()?.by(),
    isRunning: () => calls()?.isRunning() ?? false,
    outside: () => state?.outside,
    press() {
      const before = calls()?.phase();
      if (!state || state.outside !== undefined || before === "ringing" || before === "talking") return;
      calls()?.press();
      if (isOn(state)) openMicrophone(state, emit);
    },
    decline: () => calls()?.decline(),
    end: () => calls()?.end(),
    members: () =>
      (calls()?.members() ?? []).map((member) => ({
        ...member,
        volume: state?.volumes.get(member.address) ?? 1,
      })),
    microphone: () => state?.microphone ?? "closed",
    isMuted: () => state?.isMuted ?? false,
    setMuted(isMuted) {
      if (!state || !isOn(state)) return;
      state.isMuted = isMuted;
      if (!isMuted && MAY_BE_BACK.includes(state.microphone)) openMicrophone(state, emit);
      else state.audio.setMuted(isMuted);
      emit();
    },
    setVolume(address, volume) {
      state?.volumes.set(address, volume);
      state?.audio.setVolume(address, volume);
    },
    level: () => (state?.isMuted === false ? state.level : 0),
    isTalking: () => calls()?.isTalking() ?? false,
    isFull: () => calls()?.isFull() ?? false,
    isHeldUp: () => calls()?.isHeldUp() ?? false,
    cost: () => calls()?.cost() ?? 0,
    canConnect: () => state?.audio.connect !== undefined,
    setDirect(isWanted) {
      if (!state || state.wantsDirect === isWanted) return;
      state.wantsDirect = isWanted;
      calls()?.directChanged();
      emit();
    },
    way: () => (state?.wantsDirect ? (calls()?.isDirect() ? "direct" : "messenger") : undefined),
    onChange: (listener) => changes.on(listener),
    listener: state && {
      canTalk: () => state.outside === undefined,
      told: (news) => deps.notice(noticeOf(news, deps.env.calendar.minutes())),
      changed,
      connect: () => (state.wantsDirect ? state.audio.connect : undefined),
    },
    changed,
    setOutside(text) {
      if (!state) return;
      // It has a contact's name in it, who may have chosen that to be anything.
      state.outside = text === undefined ? undefined : visibleLine(text, MAX_WORDS) || MESSENGER;
      if (text !== undefined) {
        calls()?.end();
        calls()?.decline();
      }
      emit();
    },
    close() {
      if (state) stop(state);
    },
  };
}

function noticeOf(news: CallNews, now: number): Notice {
  const { what, address } = news;
  if (what !== "missed") return { kind: `call-${what}`, address };
  return { kind: "call-missed", address, at: news.at * MINUTE_MS, now: now * MINUTE_MS };
}

function isOn({ calls }: State): boolean {
  const phase = calls()?.phase();
  return phase === "ringing" || phase === "talking";
}

/** Only after a press. */
function openMicrophone(state: State, emit: () => void): void {
  const turn = ++state.turn;
  const isCurrent = (): boolean => state.turn === turn;
  const become = (microphone: Microphone): void => {
    if (!isCurrent()) return;
    state.microphone = microphone;
    state.level = 0;
    emit();
  };
  state.microphone = "closed";
  const opened = state.audio.open({
    packet(packet, level) {
      if (!isCurrent()) return;
      state.level = Math.max(level, state.level * LEVEL_STAYS);
      state.calls()?.speak(packet, level);
    },
    lost: () => become("lost"),
    taken: (isTaken) => become(isTaken ? "taken" : "open"),
  });
  void opened.then((microphone) => {
    if (!isCurrent()) return;
    state.microphone = microphone;
    state.audio.setMuted(state.isMuted);
    emit();
  });
}

/** The call is in another phase. */
function follow(state: State): void {
  if (!isOn(state)) stop(state);
  else state.looking ??= state.clock.after(0, () => look(state));
}

/** What is to be played soon. */
function look(state: State): void {
  const { clock, calls, audio } = state;
  state.looking = isOn(state) ? clock.after(LOOK_MS, () => look(state)) : undefined;
  for (const [address, sounds] of calls()?.hear(clock.now() + AHEAD_MS) ?? [])
    if (sounds.length > 0) audio.play(address, sounds);
}

function stop(state: State): void {
  state.turn++;
  state.looking?.();
  Object.assign(state, { looking: undefined, microphone: "closed", isMuted: false, level: 0 });
  state.audio.stop();
}
