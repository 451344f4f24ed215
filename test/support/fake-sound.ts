/*
 * The parts of a browser that a microphone and a loudspeaker need, in the hands of a test: an audio graph that a phone
 * call pauses, a microphone that others take, and codecs that turn each packet into 20 ms.
 */
import type { Scope } from "../../src/spixi/microphone.ts";

export interface FakeSound {
  readonly scope: Scope;
  /** All that were made. */
  readonly contexts: readonly FakeContext[];
  /** When each sound that is played begins, on the clock of its context. */
  readonly started: readonly number[];
  /** What the next press is given; a name: the error of it. */
  microphone: FakeTrack | string;
}

export class FakeTrack extends EventTarget {
  muted = false;
  enabled = true;
  readyState: "live" | "ended" = "live";

  stop(): void {
    this.readyState = "ended";
  }

  /** As the system does it. */
  become(what: "mute" | "unmute" | "ended"): void {
    if (what === "ended") this.readyState = "ended";
    else this.muted = what === "mute";
    this.dispatchEvent(new Event(what));
  }
}

/** `interrupted`: what iOS calls it. */
type State = "running" | "suspended" | "interrupted" | "closed";

class FakeNode {
  connect = <T>(to: T): T => to;
  disconnect = (): void => undefined;
}

export class FakeContext extends EventTarget {
  state: State = "suspended";
  currentTime = 0;
  readonly destination = new FakeNode();
  /** Whatever asks for it, it stays as it is. */
  isHeldBack = false;

  resume(): Promise<void> {
    if (this.state === "closed" || this.isHeldBack) return Promise.reject(new DOMException("not now"));
    this.become("running");
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.state === "closed") return Promise.reject(new DOMException("it is closed"));
    this.become("closed");
    return Promise.resolve();
  }

  become(state: State): void {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }

  createMediaStreamSource = (): FakeNode => new FakeNode();
  createScriptProcessor = (): FakeNode => new FakeNode();
}

const SAMPLES = 960;

export function createFakeSound(): FakeSound {
  const contexts: FakeContext[] = [];
  const started: number[] = [];
  class Context extends FakeContext {
    constructor() {
      super();
      contexts.push(this);
    }
  }
  class Source extends FakeNode {
    start = (at: number): void => void started.push(at);
  }
  class Gain extends FakeNode {
    gain = { value: 1 };
  }
  class Codec {
    state = "unconfigured";
    readonly #output: (data: object) => void;
    constructor({ output }: { output(data: object): void }) {
      this.#output = output;
    }
    configure = (): void => void (this.state = "configured");
    close = (): void => void (this.state = "closed");
    encode = (): void => undefined;
    decode(): void {
      const copyTo = (samples: Float32Array): void => void samples.fill(0.5);
      this.#output({ numberOfFrames: SAMPLES, sampleRate: 48_000, copyTo, close: () => undefined });
    }
  }
  const sound: FakeSound & { scope: Scope } = {
    contexts,
    started,
    microphone: new FakeTrack(),
    scope: undefined as unknown as Scope,
  };
  const getUserMedia = (): Promise<object> => {
    const { microphone } = sound;
    return typeof microphone === "string"
      ? Promise.reject(new DOMException("no", microphone))
      : Promise.resolve({ getAudioTracks: () => [microphone] });
  };
  sound.scope = {
    AudioBuffer: class {
      duration = SAMPLES / 48_000;
      copyToChannel = (): void => undefined;
    },
    AudioBufferSourceNode: Source,
    AudioContext: Context,
    AudioDecoder: Codec,
    AudioEncoder: Codec,
    EncodedAudioChunk: Object,
    GainNode: Gain,
    WaveShaperNode: FakeNode,
    navigator: { mediaDevices: { getUserMedia } },
  } as unknown as Scope;
  return sound;
}
