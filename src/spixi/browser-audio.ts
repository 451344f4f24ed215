/*
 * The microphone and the loudspeaker of a browser: Opus by its own encoder and decoder, 16 kbit/s, 20 ms a packet.
 *
 *   microphone --frames of 20 ms--> AudioEncoder --> packets
 *   packets --> AudioDecoder --at its time--> volume of the speaker --> full scale at most --> loudspeaker
 *
 * Frames come from the track itself where the engine gives them, else from a node of the audio graph that every
 * engine has: an AudioWorklet would need a second script, which a page from a file cannot load everywhere.
 */
import type { Audio, MicrophoneEvents, MicrophoneState, Sound } from "../env/audio.ts";
import type { Clock } from "../env/clock.ts";

const RATE = 48_000;
const PACKET_S = 0.02;
const BITRATE = 16_000;
/** A multiple of what a graph works with. */
const NODE_SAMPLES = 1024;
/** Sounds that follow each other so closely are one. */
const SEAM_S = 0.015;
/** How loud what is made up is, against what was heard before. */
const FADE = 0.6;
const WANTED = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

/** Not in TypeScript's library. */
type TrackProcessor = new (options: { readonly track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<AudioData>;
};

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
  readonly scope: Window & typeof globalThis;
  readonly clock: Clock;
  context: AudioContext | undefined;
  limit: AudioNode | undefined;
  readonly speakers: Map<string, Speaker>;
  readonly volumes: Map<string, number>;
  isMuted: boolean;
  microphone: { readonly track: MediaStreamTrack; close(): void } | undefined;
  /** What was asked for before counts no more. */
  turn: number;
}

/** `scope` is `window`. */
export function createBrowserAudio(scope: Window & typeof globalThis, clock: Clock): Audio {
  const state: State = {
    scope,
    clock,
    context: undefined,
    limit: undefined,
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
        await Promise.race([contextOf(state).resume(), Promise.resolve()]);
        return await openMicrophone(state, events, turn);
      } catch (error) {
        const { name } = error as Error;
        return name === "NotAllowedError" || name === "SecurityError" ? "refused" : "missing";
      }
    },
    setMuted(isMuted) {
      state.isMuted = isMuted;
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
    },
  };
}

function contextOf(state: State): AudioContext {
  if (state.context) return state.context;
  const context = new state.scope.AudioContext({ sampleRate: RATE });
  // What is beyond full scale ends there.
  const limit = new state.scope.WaveShaperNode(context, { curve: Float32Array.of(-1, 0, 1) });
  limit.connect(context.destination);
  Object.assign(state, { context, limit });
  return context;
}

async function openMicrophone(
  state: State,
  events: MicrophoneEvents,
  turn: number,
): Promise<MicrophoneState> {
  const { scope } = state;
  if (!("AudioEncoder" in scope)) return "missing";
  // A page that is not secure has none.
  const devices = scope.navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return "missing";
  const stream = await devices.getUserMedia({ audio: WANTED });
  const [track] = stream.getAudioTracks();
  if (!track || state.turn !== turn) {
    track?.stop();
    return "missing";
  }
  const encode = createEncoding(scope, events);
  const stop = captureOf(state, track, stream, encode.frames);
  const lose = (): void => {
    if (state.microphone?.track !== track) return;
    closeMicrophone(state);
    events.lost();
  };
  track.addEventListener("ended", lose);
  encode.onError(lose);
  track.enabled = !state.isMuted;
  state.microphone = {
    track,
    close() {
      track.stop();
      stop();
      encode.close();
    },
  };
  return "open";
}

function closeMicrophone(state: State): void {
  state.microphone?.close();
  state.microphone = undefined;
}

type TakeSamples = (samples: Float32Array, rate: number) => void;

/** Samples as they come, to packets. */
function createEncoding(
  scope: State["scope"],
  events: MicrophoneEvents,
): { readonly frames: TakeSamples; onError(listener: () => void): void; close(): void } {
  const levels: number[] = [];
  let failed: () => void = () => undefined;
  let frame = new Float32Array(RATE * PACKET_S);
  let filled = 0;
  let at = 0;
  const encoder = new scope.AudioEncoder({
    output(chunk) {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      events.packet(packet, levels.shift() ?? 0);
    },
    error: () => failed(),
  });

  function finish(rate: number): void {
    levels.push(Math.sqrt(frame.reduce((sum, each) => sum + each * each, 0) / frame.length));
    const timestamp = Math.round(at * 1e6);
    const data = new scope.AudioData({
      format: "f32",
      sampleRate: rate,
      numberOfFrames: frame.length,
      numberOfChannels: 1,
      timestamp,
      data: frame,
    });
    encoder.encode(data);
    data.close();
    at += PACKET_S;
    filled = 0;
  }

  return {
    frames(samples, rate) {
      if (encoder.state === "closed") return;
      if (encoder.state === "unconfigured") {
        const opus = { frameDuration: PACKET_S * 1e6 };
        encoder.configure({ codec: "opus", sampleRate: rate, numberOfChannels: 1, bitrate: BITRATE, opus });
        frame = new Float32Array(Math.round(rate * PACKET_S));
      }
      for (const sample of samples) {
        frame[filled++] = sample;
        if (filled === frame.length) finish(rate);
      }
    },
    onError(listener) {
      failed = listener;
    },
    close() {
      if (encoder.state !== "closed") encoder.close();
    },
  };
}

/** Returns how to end it. */
function captureOf(
  state: State,
  track: MediaStreamTrack,
  stream: MediaStream,
  take: TakeSamples,
): () => void {
  const Processor = (state.scope as { MediaStreamTrackProcessor?: TrackProcessor }).MediaStreamTrackProcessor;
  if (Processor) {
    const reader = new Processor({ track }).readable.getReader();
    const read = ({ value, done }: ReadableStreamReadResult<AudioData>): Promise<void> | undefined => {
      if (done) return undefined;
      take(samplesOf(value), value.sampleRate);
      value.close();
      return reader.read().then(read);
    };
    // The track ended.
    reader
      .read()
      .then(read)
      .catch(() => undefined);
    return () => void reader.cancel().catch(() => undefined);
  }
  const context = contextOf(state);
  const source = context.createMediaStreamSource(stream);
  // Deprecated, and the only one that all engines have without a second script.
  const node = context.createScriptProcessor(NODE_SAMPLES, 1, 1);
  node.onaudioprocess = ({ inputBuffer }) => take(inputBuffer.getChannelData(0), inputBuffer.sampleRate);
  source.connect(node).connect(context.destination);
  return () => {
    node.onaudioprocess = null;
    source.disconnect();
    node.disconnect();
  };
}

/** Of the first channel, none beyond full scale. */
function samplesOf(data: AudioData): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(data.numberOfFrames);
  data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
  return samples.map((each) => (Number.isFinite(each) ? Math.max(-1, Math.min(1, each)) : 0));
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
  if (!context || samples.length === 0) return;
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
