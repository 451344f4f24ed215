/*
 * A direct call in a browser: a peer connection without any server, whose sound goes through the same volume and the
 * same limit as all sound of a call. It has no addresses but those of the device itself, and looks for none elsewhere.
 * Where no microphone is granted, engines say names that stand for them and that only the local network resolves: it
 * is enough that one side says addresses, as the other one's come with its first packet.
 */
import type { Clock } from "../env/clock.ts";
import type { DirectConnection, DirectEnd, DirectEvents } from "../env/direct-call.ts";
import { endOf, partOf, sdpOf } from "./direct-sdp.ts";
import type { Scope } from "./microphone.ts";

export interface DirectSound {
  readonly context: AudioContext;
  /** What this person says, or silence. */
  readonly sent: MediaStream;
  /** Where what comes is played. */
  readonly into: AudioNode;
}

/** A device's own addresses are there at once, but for names, which the engine has to make. */
const GATHERING_MS = 1500;
const LOOK_MS = 250;
/** A packet, and what waits in the graph on both sides. */
const OWN_DELAY_MS = 60;
const LEVEL_SAMPLES = 2048;

interface State {
  readonly scope: Scope;
  readonly clock: Clock;
  readonly sound: DirectSound;
  readonly events: DirectEvents;
  peer: RTCPeerConnection | undefined;
  isClosed: boolean;
  isAudible: boolean;
  source: AudioNode | undefined;
  ears: AnalyserNode | undefined;
  element: HTMLAudioElement | undefined;
  /** At the last look. */
  packets: number;
  waited: { readonly seconds: number; readonly count: number };
}

export function openDirect(
  scope: Scope,
  clock: Clock,
  sound: DirectSound,
  events: DirectEvents,
): DirectConnection {
  const state: State = {
    scope,
    clock,
    sound,
    events,
    peer: undefined,
    isClosed: false,
    isAudible: false,
    source: undefined,
    ears: undefined,
    element: undefined,
    packets: 0,
    waited: { seconds: 0, count: 0 },
  };
  return {
    offer: () => describe(state),
    answer: (offer) => describe(state, offer),
    accept(answer) {
      const own = state.peer?.localDescription?.sdp ?? "";
      const sdp = sdpOf(answer, "answer", partOf(own), endOf(own)?.payload ?? 0);
      state.peer?.setRemoteDescription({ type: "answer", sdp }).catch(events.lost);
    },
    setAudible(isAudible) {
      state.isAudible = isAudible;
      route(state);
    },
    close: () => close(state),
  };
}

/** What the other side is to be told; with its offer, the answer. */
async function describe(state: State, offer?: DirectEnd): Promise<DirectEnd | undefined> {
  const { scope, sound, events } = state;
  try {
    const peer = new scope.RTCPeerConnection({ iceServers: [] });
    state.peer = peer;
    peer.addEventListener("track", ({ track }) => hear(state, track));
    peer.addEventListener("connectionstatechange", () => {
      if (peer.connectionState === "failed") events.lost();
    });
    if (offer)
      await peer.setRemoteDescription({ type: "offer", sdp: sdpOf(offer, "offer", "0", offer.payload) });
    peer.addTrack(sound.sent.getAudioTracks()[0]!, sound.sent);
    await peer.setLocalDescription();
    await gathered(peer, state.clock);
    look(state);
    return endOf(peer.localDescription?.sdp ?? "");
  } catch {
    // Closed meanwhile, or forbidden here.
    return undefined;
  }
}

function gathered(peer: RTCPeerConnection, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (peer.iceGatheringState === "complete") resolve();
    };
    peer.addEventListener("icegatheringstatechange", check);
    clock.after(GATHERING_MS, resolve);
    check();
  });
}

function hear(state: State, track: MediaStreamTrack): void {
  const { scope, sound } = state;
  if (state.isClosed || state.source) return;
  const stream = new scope.MediaStream([track]);
  // Chromium gives the graph nothing of a connection that no element plays, be it silently.
  const element = new scope.Audio();
  element.muted = true;
  element.srcObject = stream;
  element.play().catch(() => undefined);
  state.element = element;
  state.source = sound.context.createMediaStreamSource(stream);
  state.ears = sound.context.createAnalyser();
  state.ears.fftSize = LEVEL_SAMPLES;
  route(state);
}

function route({ source, ears, sound, isAudible }: State): void {
  if (!source) return;
  source.disconnect();
  source.connect(ears!);
  if (isAudible) source.connect(sound.into);
}

/** Again and again: whether packets come, and how late they are. */
function look(state: State): void {
  const { clock, peer, events } = state;
  if (state.isClosed || !peer) return;
  clock.after(LOOK_MS, () => look(state));
  peer.getStats().then(
    (report) => {
      if (state.isClosed) return;
      const { packets, delay } = delayOf(state, report);
      if (packets > state.packets) events.sound(levelOf(state), delay);
      state.packets = packets;
    },
    () => undefined,
  );
}

/** What is read of the engine's figures. */
interface Stats {
  readonly type: string;
  readonly packetsReceived?: number;
  readonly jitterBufferDelay?: number;
  readonly jitterBufferEmittedCount?: number;
  readonly currentRoundTripTime?: number;
}

function delayOf(
  state: State,
  report: ReadonlyMap<string, Stats>,
): { readonly packets: number; readonly delay: number } {
  const all = [...report.values()];
  const inbound = all.find(({ type }) => type === "inbound-rtp");
  const way = all.find(({ type, currentRoundTripTime }) => type === "candidate-pair" && currentRoundTripTime);
  const { jitterBufferDelay: seconds = 0, jitterBufferEmittedCount: count = 0 } = inbound ?? {};
  const emitted = count - state.waited.count;
  const waits = emitted > 0 ? (seconds - state.waited.seconds) / emitted : 0;
  state.waited = { seconds, count };
  const delay = OWN_DELAY_MS + (waits + (way?.currentRoundTripTime ?? 0) / 2) * 1000;
  return { packets: inbound?.packetsReceived ?? 0, delay };
}

function levelOf({ ears }: State): number {
  if (!ears) return 0;
  const samples = new Float32Array(ears.fftSize);
  ears.getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
}

function close(state: State): void {
  state.isClosed = true;
  state.source?.disconnect();
  state.peer?.close();
  if (state.element) state.element.srcObject = null;
}
