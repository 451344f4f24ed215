import type { Connect } from "./direct-call.ts";

/** What comes from the microphone. */
export interface MicrophoneEvents {
  /** The next 20 ms: an Opus packet, and how loud it is, 0 .. 1 (the root mean square of its samples). */
  packet(packet: Uint8Array, level: number): void;
  /** It is gone, unplugged perhaps. Nothing comes any more. */
  lost(): void;
  /** Something else has it for a while, and nothing but silence comes; or it is back. Only from `open` on, until `lost`. */
  taken(isTaken: boolean): void;
}

/**
 * - `open`: packets come.
 * - `taken`: it is open, and something else has it already.
 * - `lost`: it was unplugged before it came.
 * - `refused`: the person, or the messenger, does not allow it.
 * - `missing`: there is none, it cannot be had, or its sound cannot be encoded here.
 */
export type MicrophoneState = "open" | "taken" | "lost" | "refused" | "missing";

/** 20 ms of somebody's sound. */
export interface Sound {
  /** When it is to be heard, on the clock of `Env`. */
  readonly at: number;
  /** An Opus packet; undefined: it was lost, and is made up from what was heard before. */
  readonly packet: Uint8Array | undefined;
}

/**
 * The microphone and the loudspeaker. Packets are Opus, 20 ms each, mono. Nothing throws or rejects, whatever the
 * packets: what cannot be decoded is not heard, and nothing is ever louder than full scale.
 */
export interface Audio {
  /** Sound can be decoded and played. Without that nothing else of this is to be called. */
  readonly canHear: boolean;
  /** Asks for the microphone. Called in the task of a press: engines let nobody else begin to play, either. */
  open(events: MicrophoneEvents): Promise<MicrophoneState>;
  /** Silence is recorded meanwhile. */
  setMuted(isMuted: boolean): void;
  /** Plays sounds of one speaker, in the order of their times. */
  play(speaker: string, sounds: readonly Sound[]): void;
  /** Undefined: this engine connects to nobody. What comes of it counts as the speaker's sound. */
  readonly connect?: Connect | undefined;
  /** 0 .. 1; 1 before it is set. */
  setVolume(speaker: string, volume: number): void;
  /** Lets the microphone and the loudspeaker go, and forgets the speakers. */
  stop(): void;
}
