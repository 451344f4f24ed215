/*
 * The microphone and the loudspeaker of a browser.
 *
 *   microphone.ts --> packets
 *   packets --> AudioDecoder --at its time--> volume of the speaker --> full scale at most --> loudspeaker
 *   microphone --> browser-direct.ts --> volume of the speaker
 */
import type { Audio, Sound } from "../env/audio.ts";
import type { Clock } from "../env/clock.ts";
import { openDirect } from "./browser-direct.ts";
import { openMicrophone, samplesOf } from "./microphone.ts";
import type { Microphone, Scope } from "./microphone.ts";

const RATE = 48_000;
/** Sounds that follow each other so closely are one. */
const SEAM_S = 0.015;
/** How loud what is made up is, against what was heard before. */
const FADE = 0.6;

interface Speaker {
  decoder: AudioDecoder | undefined;
  readonly gain: GainNode;
  /** What is being decoded, and what is to be made up behind that, in its order. */
  readonly plan: Sound[];
  last: Float32Array<ArrayBuffer>;
  /** On the graph's clock. */
  end: number;
}

interface State {
  readonly scope: Scope;
  readonly clock: Clock;
  context: AudioContext | undefined;
  limit: AudioNode | undefined;
  /** What goes out directly, and what the microphone gives to it. */
  sent: MediaStreamAudioDestinationNode | undefined;
  source: AudioNode | undefined;
  readonly speakers: Map<string, Speaker>;
  readonly volumes: Map<string, number>;
  isMuted: boolean;
  microphone: Microphone | undefined;
  /** What was asked for before counts no more. */
  turn: number;
}

/** `scope` is `window`. */
export function createBrowserAudio(scope: Scope, clock: Clock): Audio {
  const state: State = {
    scope,
    clock,
    context: undefined,
    limit: undefined,
    sent: undefined,
    source: undefined,
    speakers: new Map(),
    volumes: new Map(),
    isMuted: false,
    microphone: undefined,
    turn: 0,
  };
  return {
    canHear: "AudioDecoder" in scope && "AudioContext" in scope,
    async open(events) {
      const turn = ++state.turn;
      closeMicrophone(state);
      try {
        const context = contextOf(state);
        wake(context);
        const microphone = await openMicrophone(scope, context, events, () => state.turn === turn);
        if (typeof microphone === "string") return microphone;
        state.microphone = microphone;
        microphone.track.enabled = !state.isMuted;
        feed(state);
        return microphone.track.muted ? "taken" : "open";
      } catch (error) {
        const { name } = error as Error;
        return name === "NotAllowedError" || name === "SecurityError" ? "refused" : "missing";
      }
    },
    setMuted(isMuted) {
      state.isMuted = isMuted;
      if (state.context) wake(state.context);
      if (state.microphone) state.microphone.track.enabled = !isMuted;
    },
    play(name, sounds) {
      const speaker = speakerOf(state, name);
      for (const sound of sounds) {
        if (sound.packet) decode(state, speaker, sound);
        else if (speaker.plan.length > 0) speaker.plan.push(sound);
        else makeUp(state, speaker, sound);
      }
    },
    connect:
      "RTCPeerConnection" in scope
        ? (name, events) => {
            const context = contextOf(state);
            state.sent ??= createSent(context);
            feed(state);
            const sound = { context, sent: state.sent.stream, into: speakerOf(state, name).gain };
            return openDirect(scope, clock, sound, events);
          }
        : undefined,
    setVolume(name, volume) {
      state.volumes.set(name, volume);
      const speaker = state.speakers.get(name);
      if (speaker) speaker.gain.gain.value = volume;
    },
    stop() {
      state.turn++;
      closeMicrophone(state);
      for (const { decoder } of state.speakers.values()) if (decoder?.state === "configured") decoder.close();
      state.speakers.clear();
      void state.context?.close().catch(() => undefined);
      state.context = undefined;
      state.sent = undefined;
    },
  };
}

/** What was paused, by a phone call perhaps. It may wait for a press, or for the end of the phone call. */
function wake(context: AudioContext): void {
  context.resume().catch(() => undefined);
}

/** Silence at least: without anything that it plays Chromium sends no packets, and the other side waits for some. */
function createSent(context: AudioContext): MediaStreamAudioDestinationNode {
  const sent = context.createMediaStreamDestination();
  const silence = context.createConstantSource();
  silence.offset.value = 0;
  silence.connect(sent);
  silence.start();
  return sent;
}

/** What the microphone gives goes out directly, too, as long as anything does. */
function feed(state: State): void {
  const { scope, context, sent, microphone } = state;
  state.source?.disconnect();
  state.source = undefined;
  if (!context || !sent || !microphone) return;
  state.source = context.createMediaStreamSource(new scope.MediaStream([microphone.track]));
  state.source.connect(sent);
}

function contextOf(state: State): AudioContext {
  if (state.context) return state.context;
  const context = new state.scope.AudioContext({ sampleRate: RATE });
  // What is beyond full scale ends there.
  const limit = new state.scope.WaveShaperNode(context, { curve: Float32Array.of(-1, 0, 1) });
  limit.connect(context.destination);
  context.addEventListener("statechange", () => {
    if (context.state !== "closed") wake(context);
  });
  Object.assign(state, { context, limit });
  return context;
}

function closeMicrophone(state: State): void {
  state.microphone?.close();
  state.microphone = undefined;
}

function speakerOf(state: State, name: string): Speaker {
  const known = state.speakers.get(name);
  if (known) return known;
  const context = contextOf(state);
  const gain = new state.scope.GainNode(context, { gain: state.volumes.get(name) ?? 1 });
  gain.connect(state.limit!);
  const speaker: Speaker = { decoder: undefined, gain, plan: [], last: new Float32Array(0), end: 0 };
  state.speakers.set(name, speaker);
  return speaker;
}

function decode(state: State, speaker: Speaker, sound: Sound): void {
  const { scope } = state;
  if (speaker.decoder?.state !== "configured") {
    speaker.plan.length = 0;
    const decoder = new scope.AudioDecoder({
      output(data) {
        const samples = samplesOf(data);
        const rate = data.sampleRate;
        data.close();
        if (speaker.decoder === decoder && state.context) decoded(state, speaker, samples, rate);
      },
      // The next packet gets another one.
      error: () => undefined,
    });
    decoder.configure({ codec: "opus", sampleRate: RATE, numberOfChannels: 1 });
    speaker.decoder = decoder;
  }
  speaker.plan.push(sound);
  const timestamp = Math.round(sound.at * 1000);
  speaker.decoder.decode(new scope.EncodedAudioChunk({ type: "key", timestamp, data: sound.packet! }));
}

function decoded(state: State, speaker: Speaker, samples: Float32Array<ArrayBuffer>, rate: number): void {
  const sound = speaker.plan.shift();
  if (!sound) return;
  speaker.last = samples;
  sayAt(state, speaker, sound.at, samples, rate);
  while (speaker.plan[0] && !speaker.plan[0].packet) makeUp(state, speaker, speaker.plan.shift()!);
}

/** Ever fainter, so that a long gap is silent. */
function makeUp(state: State, speaker: Speaker, { at }: Sound): void {
  if (speaker.last.length === 0) return;
  speaker.last = speaker.last.map((each) => each * FADE);
  sayAt(state, speaker, at, speaker.last, RATE);
}

function sayAt(
  { context, scope, clock }: State,
  speaker: Speaker,
  at: number,
  samples: Float32Array<ArrayBuffer>,
  rate: number,
): void {
  // While its clock stands still all would gather, to be heard at once.
  if (context?.state !== "running" || samples.length === 0) return;
  const buffer = new scope.AudioBuffer({ length: samples.length, sampleRate: rate });
  buffer.copyToChannel(samples, 0);
  const source = new scope.AudioBufferSourceNode(context, { buffer });
  source.connect(speaker.gain);
  const wanted = context.currentTime + (at - clock.now()) / 1000;
  const isNext = Math.abs(wanted - speaker.end) < SEAM_S;
  const start = Math.max(isNext ? speaker.end : wanted, context.currentTime);
  speaker.end = start + buffer.duration;
  source.start(start);
}
