/*
 * A microphone whose sound leaves as Opus: 16 kbit/s, packets of 20 ms, by the browser's own encoder. Samples come from
 * the track itself where the engine gives them, else from a node of the audio graph that every engine has: an
 * AudioWorklet would need a second script, which a page from a file cannot load everywhere.
 */
import type { MicrophoneEvents } from "../env/audio.ts";

/** The parts of `window` that sound needs. */
export interface Scope extends Window {
  readonly Audio: typeof Audio;
  readonly AudioBuffer: typeof AudioBuffer;
  readonly AudioBufferSourceNode: typeof AudioBufferSourceNode;
  readonly AudioContext: typeof AudioContext;
  readonly AudioData: typeof AudioData;
  readonly AudioDecoder: typeof AudioDecoder;
  readonly AudioEncoder: typeof AudioEncoder;
  readonly EncodedAudioChunk: typeof EncodedAudioChunk;
  readonly GainNode: typeof GainNode;
  readonly MediaStream: typeof MediaStream;
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly WaveShaperNode: typeof WaveShaperNode;
}

export interface Microphone {
  readonly track: MediaStreamTrack;
  close(): void;
}

const PACKET_S = 0.02;
const BITRATE = 16_000;
/** A multiple of what a graph works with. */
const NODE_SAMPLES = 1024;
const WANTED = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };

/** Not in TypeScript's library. */
type TrackProcessor = new (options: { readonly track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<AudioData>;
};

/** Deprecated, and the only one that all engines have without a second script: as much of it as is used. */
interface ScriptNode extends AudioNode {
  onaudioprocess: ((event: { readonly inputBuffer: AudioBuffer }) => void) | null;
}
interface ScriptNodes {
  createScriptProcessor(samples: number, inputs: number, outputs: number): ScriptNode;
}

/** Rejects where it is refused, or has an error of its own. `missing`: there is none, or nobody wants it any more. */
export async function openMicrophone(
  scope: Scope,
  context: AudioContext,
  events: MicrophoneEvents,
  isWanted: () => boolean,
): Promise<Microphone | "missing" | "lost"> {
  // A page that is not secure has none.
  const devices = scope.navigator.mediaDevices as MediaDevices | undefined;
  if (!devices || !("AudioEncoder" in scope)) return "missing";
  const stream = await devices.getUserMedia({ audio: WANTED });
  const [track] = stream.getAudioTracks();
  if (!track || !isWanted()) {
    track?.stop();
    return "missing";
  }
  // Of that no event comes any more.
  if (track.readyState === "ended") return "lost";
  let isOpen = true;
  const lose = (): void => {
    if (!isOpen) return;
    close();
    events.lost();
  };
  const encoding = createEncoding(scope, events, lose);
  const stop = capture(scope, context, { track, stream, take: encoding.take });
  function close(): void {
    isOpen = false;
    track!.stop();
    stop();
    encoding.close();
  }
  const onMute = (): void => {
    // Whoever had the sound of the device may have stopped what is played, too.
    if (!track.muted) context.resume().catch(() => undefined);
    if (isOpen) events.taken(track.muted);
  };
  track.addEventListener("ended", lose);
  for (const type of ["mute", "unmute"]) track.addEventListener(type, onMute);
  return { track, close };
}

type TakeSamples = (samples: Float32Array, rate: number) => void;

/** Samples as they come, to packets. */
function createEncoding(
  scope: Scope,
  events: MicrophoneEvents,
  failed: () => void,
): { readonly take: TakeSamples; close(): void } {
  const levels: number[] = [];
  let frame = new Float32Array(0);
  let filled = 0;
  let at = 0;
  const encoder = new scope.AudioEncoder({
    output(chunk) {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      events.packet(packet, levels.shift() ?? 0);
    },
    error: failed,
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
    take(samples, rate) {
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
    close() {
      if (encoder.state !== "closed") encoder.close();
    },
  };
}

/** Returns how to end it. */
function capture(
  scope: Scope,
  context: AudioContext,
  {
    track,
    stream,
    take,
  }: { readonly track: MediaStreamTrack; readonly stream: MediaStream; readonly take: TakeSamples },
): () => void {
  const Processor = (scope as { MediaStreamTrackProcessor?: TrackProcessor }).MediaStreamTrackProcessor;
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
  const source = context.createMediaStreamSource(stream);
  const node = (context as ScriptNodes).createScriptProcessor(NODE_SAMPLES, 1, 1);
  node.onaudioprocess = ({ inputBuffer }) => take(inputBuffer.getChannelData(0), inputBuffer.sampleRate);
  source.connect(node).connect(context.destination);
  return () => {
    node.onaudioprocess = null;
    source.disconnect();
    node.disconnect();
  };
}

/** Of the first channel, none beyond full scale. */
export function samplesOf(data: AudioData): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(data.numberOfFrames);
  data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
  return samples.map((each) => (Number.isFinite(each) ? Math.max(-1, Math.min(1, each)) : 0));
}
