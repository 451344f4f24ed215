/*
 * Runs in a page: two people with sessions of their own behind the simulated messenger, who call each other by the
 * engine's own encoder and decoder. Their microphones are tones.
 */
import { createPrng } from "../../src/base/prng.ts";
import { createSession } from "../../src/session.ts";
import type { Session } from "../../src/session.ts";
import { createWorld } from "../../src/simulator/world.ts";
import { createBrowserAudio } from "../../src/spixi/browser-audio.ts";
import { createBrowserClock } from "../../src/spixi/browser-clock.ts";
import type { Scope } from "../../src/spixi/microphone.ts";
import { createPage } from "../support/phones.ts";

/** The parts of the page's global object that TypeScript's Window has not as values. */
const page = window as Window & Scope;

interface Person {
  readonly session: Session;
  /** What the loudspeaker gets. */
  ears: AnalyserNode | undefined;
  microphone: MediaStreamTrack | undefined;
  isRefused: boolean;
}

/** What a test sees of one person. */
interface Seen {
  readonly phase: string | undefined;
  readonly microphone: string;
  /** The microphone that was lent last is open. */
  readonly isOpen: boolean;
  /** The strongest pitch that is played, in Hertz; 0: silence. */
  readonly pitch: number;
  readonly told: readonly string[];
}

export interface CallPage {
  /** Presses the button of the call, or hangs up, in the next press on the page. */
  atNextPress(name: string, what: "press" | "end"): void;
  refuse(name: string): void;
  see(name: string): Seen;
}

/** In Hertz. */
const PITCHES = { ann: 600, bo: 1000 };

function createCallPage(): CallPage {
  const clock = createBrowserClock(window);
  const world = createWorld({ clock, prng: createPrng(1), network: { latency: 50, jitter: 0 } });
  const names = Object.keys(PITCHES) as (keyof typeof PITCHES)[];
  const people = new Map(names.map((name) => [name as string, open(name)]));
  const told = new Map<string, string[]>();
  for (const [name, { session }] of people) {
    const kinds: string[] = [];
    told.set(name, kinds);
    session.onNotice(({ kind }) => kinds.push(kind));
  }
  const at = (name: string): Person => people.get(name)!;

  function open(name: keyof typeof PITCHES): Person {
    const lend = (): Promise<MediaStream> => {
      if (person.isRefused) return Promise.reject(new DOMException("no", "NotAllowedError"));
      const context = new AudioContext();
      const tone = new OscillatorNode(context, { frequency: PITCHES[name] });
      const out = context.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      void context.resume();
      person.microphone = out.stream.getAudioTracks()[0];
      return Promise.resolve(out.stream);
    };
    class Limit extends WaveShaperNode {
      override connect(to: AudioNode | AudioParam): AudioNode {
        person.ears = new AnalyserNode(this.context, {
          fftSize: 4096,
          smoothingTimeConstant: 0,
        });
        super.connect(person.ears);
        return super.connect(to as AudioNode);
      }
    }
    const { AudioBuffer, AudioBufferSourceNode, AudioContext, AudioData, AudioDecoder, AudioEncoder } = page;
    const { EncodedAudioChunk, GainNode } = page;
    const scope = {
      ...{ AudioBuffer, AudioBufferSourceNode, AudioContext, AudioData, AudioDecoder, AudioEncoder },
      ...{ EncodedAudioChunk, GainNode, WaveShaperNode: Limit },
      navigator: { mediaDevices: { getUserMedia: lend } },
    } as unknown as Scope;
    const contacts = names.filter((other) => other !== name);
    const { env } = createPage(world, name, contacts, { audio: createBrowserAudio(scope, clock) });
    const session = createSession(env);
    const person: Person = { session, ears: undefined, microphone: undefined, isRefused: false };
    return person;
  }

  return {
    atNextPress(name, what) {
      document.addEventListener("pointerdown", () => at(name).session.voice[what](), { once: true });
    },
    refuse(name) {
      at(name).isRefused = true;
    },
    see(name) {
      const { session, ears, microphone } = at(name);
      const { voice } = session;
      return {
        phase: voice.phase(),
        microphone: voice.microphone(),
        isOpen: microphone?.readyState === "live",
        pitch: ears ? pitchOf(ears) : 0,
        told: told.get(name)!,
      };
    },
  };
}

function pitchOf(ears: AnalyserNode): number {
  const bins = new Float32Array(ears.frequencyBinCount);
  ears.getFloatFrequencyData(bins);
  const loudest = Math.max(...bins);
  return loudest > -50 ? (bins.indexOf(loudest) * ears.context.sampleRate) / ears.fftSize : 0;
}

Object.assign(window, { callPage: createCallPage() });
