/*
 * How late a direct connection is heard, and how much of it: two of the app's own microphones and loudspeakers in one
 * page of a real Chromium, connected to each other, also over a network with faults. A tone begins at the one, and the
 * other's loudspeaker is looked at until it is there; then it goes on, and is looked at again and again.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import type { Audio } from "../../src/env/audio.ts";
import type { DirectConnection, DirectEnd } from "../../src/env/direct-call.ts";
import { startBrowser } from "../browser/browser.ts";
import { openLossyRelay } from "../support/lossy-relay.ts";
import type { Faults, LossyRelay } from "../support/lossy-relay.ts";

const ROUNDS = 15;
const HEARD_MS = 20_000;

interface Latency {
  /** Milliseconds, the median. */
  readonly late: number;
  /** What the person would be told. */
  readonly told: number;
}

export interface DirectHearing extends Latency {
  /** Of the tone, 0 .. 1: how much of the time it is there, at its pitch, and at least half as loud as it was said. */
  readonly heard: number;
}

/** `faults`: of the network between the two. Undefined: there can be none on this device. */
export async function directHearing(faults?: Faults): Promise<DirectHearing | undefined> {
  const relay = faults && (await openLossyRelay(faults));
  if (faults && !relay) return undefined;
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html>");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const launched = await startBrowser();
  const browser = await chromium.connect(launched.wsEndpoint());
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.evaluate(await codeOfAudio());
    await page.evaluate(connectBoth, relay && { address: relay.address, ports: relay.ports });
    const rounds: Latency[] = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push(await page.evaluate(sayOnce));
    const heard = await page.evaluate(sayOn, HEARD_MS);
    return {
      late: median(rounds.map(({ late }) => late)),
      told: median(rounds.map(({ told }) => told)),
      heard,
    };
  } finally {
    relay?.close();
    await browser.close();
    await launched.close();
    server.close();
  }
}

function median(all: readonly number[]): number {
  return Math.round([...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!);
}

async function codeOfAudio(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(process.cwd(), "src/spixi/browser-audio.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "audioOfBench",
    footer: { js: "window.audioOfBench = audioOfBench;" },
  });
  return outputFiles[0]!.text;
}

interface BenchPage {
  readonly audioOfBench: { createBrowserAudio(scope: Window, clock: object): Audio };
  ears: AnalyserNode;
  volume: GainNode;
  told: number;
}

/** In the page: microphones that are silent at first, and what the second one's loudspeaker gets. */
async function connectBoth(relay?: Pick<LossyRelay, "address" | "ports">): Promise<void> {
  const page = window as unknown as BenchPage;
  const context = new AudioContext();
  page.volume = new GainNode(context, { gain: 0 });
  const out = context.createMediaStreamDestination();
  const tone = new OscillatorNode(context, { frequency: 600 });
  tone.connect(page.volume).connect(out);
  tone.start();
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(out.stream.clone());
  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
    if (to instanceof AudioDestinationNode && this instanceof WaveShaperNode) {
      page.ears = new AnalyserNode(this.context, { fftSize: 1024, smoothingTimeConstant: 0 });
      connect.call(this, page.ears);
    }
    return connect.call(this, to);
  } as typeof AudioNode.prototype.connect;
  const after = (delay: number, task: () => void): (() => void) => {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  };
  const clock = { now: () => performance.now(), after };
  const sides = ["ann", "bo"].map(() => page.audioOfBench.createBrowserAudio(window, clock));
  const open = async (audio: Audio): Promise<DirectConnection> => {
    await audio.open({ packet: () => undefined, lost: () => undefined, taken: () => undefined });
    const connection = audio.connect!("other", {
      sound(_, delay) {
        page.told = delay;
      },
      lost: () => undefined,
    });
    connection.setAudible(true);
    return connection;
  };
  const [ann, bo] = [await open(sides[0]!), await open(sides[1]!)];
  /** What the other one is told: the side itself, or where the relay stands for it. */
  const told = (end: DirectEnd, port?: number): DirectEnd => {
    if (!relay || port === undefined) return end;
    const address = Uint8Array.from(relay.address.split("."), Number);
    return { ...end, places: [{ kind: "ip", address, port }] };
  };
  const offer = told((await ann.offer())!, relay?.ports[0]);
  ann.accept(told((await bo.answer(offer))!, relay?.ports[1]));
  await new Promise((resolve) => {
    setTimeout(resolve, 3000);
  });
}

/** In the page: from when the tone begins until it is there. */
async function sayOnce(): Promise<{ late: number; told: number }> {
  const { ears, volume, told } = window as unknown as BenchPage;
  const samples = new Float32Array(ears.fftSize);
  const until = (isLoud: boolean): Promise<number> =>
    new Promise((resolve) => {
      const look = (): void => {
        ears.getFloatTimeDomainData(samples);
        if (samples.some((each) => Math.abs(each) > 0.02) === isLoud) resolve(performance.now());
        else setTimeout(look, 1);
      };
      look();
    });
  volume.gain.value = 0.3;
  const from = performance.now();
  const late = (await until(true)) - from;
  volume.gain.value = 0;
  await until(false);
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  return { late, told };
}

/** In the page: how much of a tone is there, of what is looked at. */
async function sayOn(forMs: number): Promise<number> {
  const { ears, volume } = window as unknown as BenchPage;
  const bins = new Float32Array(ears.frequencyBinCount);
  const samples = new Float32Array(ears.fftSize);
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  volume.gain.value = 0.3;
  await pause(2000);
  let [looks, there] = [0, 0];
  for (const until = performance.now() + forMs; performance.now() < until; await pause(10)) {
    ears.getFloatFrequencyData(bins);
    ears.getFloatTimeDomainData(samples);
    const pitch = (bins.indexOf(Math.max(...bins)) * ears.context.sampleRate) / ears.fftSize;
    const peak = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    looks++;
    if (Math.abs(pitch - 600) < 50 && peak > 0.15) there++;
  }
  volume.gain.value = 0;
  return there / looks;
}
