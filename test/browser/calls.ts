/*
 * Two people in a simulated messenger whose loudspeakers can be looked at: who calls whom, and what is heard.
 */
import type { BrowserContext, Frame } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { closeClean } from "./closing.ts";
import { bothReady, declineName } from "./meeting.ts";
import { openSimulator } from "./simulator.ts";
import type { SimulatedPhone, SimulatorPage } from "./simulator.ts";

export interface Pair {
  readonly simulator: SimulatorPage;
  readonly alice: SimulatedPhone;
  readonly bob: SimulatedPhone;
  readonly hers: Frame;
  readonly his: Frame;
}

/** What a test finds in a page. */
export interface Ears {
  /** Behind what ends at full scale, and before that. */
  ears?: AnalyserNode;
  mix?: AnalyserNode;
  /** What asking for a microphone comes to; the simulator lends one where there is none. */
  refusal?: "NotAllowedError" | "NotFoundError";
  /** Something else has the one that is lent next. */
  isTaken?: boolean;
  /** The one that was lent last. */
  microphone?: MediaStreamTrack | undefined;
}

/** What a page's loudspeaker gets can be looked at, and the device has no microphone. */
export async function listenIn(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const marked = window as Ears & { isListening?: boolean };
    if (marked.isListening || !devices) return;
    marked.isListening = true;
    devices.getUserMedia = () =>
      Promise.reject(new DOMException("Requested device not found", marked.refusal ?? "NotFoundError"));
    const lend = AudioContext.prototype.createMediaStreamDestination;
    AudioContext.prototype.createMediaStreamDestination = function () {
      const out = lend.call(this);
      const [track] = out.stream.getAudioTracks();
      if (marked.isTaken) Object.defineProperty(track, "muted", { value: true, configurable: true });
      marked.microphone = track;
      return out;
    };
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
    AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
      if (to instanceof AudioDestinationNode && this instanceof WaveShaperNode) {
        const ears = new AnalyserNode(this.context, { fftSize: 4096, smoothingTimeConstant: 0 });
        connect.call(this, ears);
        marked.ears = ears;
        marked.mix = new AnalyserNode(this.context, { fftSize: 4096, smoothingTimeConstant: 0 });
      }
      if (to instanceof WaveShaperNode && marked.mix) connect.call(this, marked.mix);
      return connect.call(this, to);
    } as typeof AudioNode.prototype.connect;
  });
}

/** Closed when the test is over. */
export async function openPair(network = "latency=50&jitter=0", isMute = true): Promise<Pair> {
  const simulator = await openCalls(network, isMute ? listenIn : undefined);
  onTestFinished(() => closeClean(simulator));
  return meetIn(simulator);
}

export function openCalls(
  network: string,
  prepare?: (context: BrowserContext) => Promise<void>,
): Promise<SimulatorPage> {
  // Android has a microphone once the messenger asked for it in a call of its own.
  return openSimulator({ search: `profile=windows&${network}`, ...(prepare ? { prepare } : {}) });
}

export async function meetIn(simulator: SimulatorPage): Promise<Pair> {
  const [alice, bob] = await bothReady(simulator);
  for (const phone of [alice, bob]) {
    await expect.poll(() => phone.says("#presence-text")).toContain("is here");
    await declineName(phone);
  }
  return { simulator, alice, bob, hers: await alice.frame(), his: await bob.frame() };
}

export async function talk({ hers, his }: Pair): Promise<void> {
  await hers.locator("#talk-button").click();
  await his.locator('.notice[data-kind="call"]').getByRole("button", { name: "Talk" }).click();
  for (const frame of [hers, his]) await expect.poll(() => frame.locator("#call-bar li").count()).toBe(1);
}

/** The strongest pitch that the page plays, in Hertz, and how loud its loudest sample is; 0: silence. */
export function heardIn(frame: Frame): Promise<{ pitch: number; peak: number }> {
  return frame.evaluate(() => {
    const { ears } = window as { ears?: AnalyserNode };
    if (!ears) return { pitch: 0, peak: 0 };
    const bins = new Float32Array(ears.frequencyBinCount);
    const samples = new Float32Array(ears.fftSize);
    ears.getFloatFrequencyData(bins);
    ears.getFloatTimeDomainData(samples);
    const at = bins.indexOf(Math.max(...bins));
    const peak = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    return { pitch: peak < 0.01 ? 0 : (at * ears.context.sampleRate) / ears.fftSize, peak };
  });
}

export const pitchIn = async (frame: Frame): Promise<number> => (await heardIn(frame)).pitch / 20;
