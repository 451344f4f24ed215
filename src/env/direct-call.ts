/*
 * A call that goes straight from device to device, as WebRTC has it, without any server. What one side must be told of
 * the other is data with bounds, never the engine's own description as text: a contact may write anything there.
 */

/** An address on which a device can be reached, and a port. */
export interface DirectPlace {
  /** `ip`: the 4 or 16 bytes of an IP address; `name`: the 16 of a UUID, where the engine hides its address. */
  readonly kind: "ip" | "name";
  readonly address: Uint8Array;
  readonly port: number;
}

/** What one side has to know of the other. */
export interface DirectEnd {
  /** Of the connection's checks: letters, digits, `+` and `/`. */
  readonly user: string;
  readonly password: string;
  /** The SHA-256 of the certificate with which it encrypts. */
  readonly fingerprint: Uint8Array;
  /** What packets of Opus are called: the one who offers says it, the other says the same. */
  readonly payload: number;
  readonly places: readonly DirectPlace[];
}

/** Nothing of these is called before `connect` has returned. */
export interface DirectEvents {
  /**
   * Told some times a second while packets come, silent ones too: how loud they are, 0 .. 1 (the root mean square), and
   * how late they are heard, in milliseconds.
   */
  sound(level: number, delay: number): void;
  /** Nothing will come any more. */
  lost(): void;
}

/** One try to reach the other side. Nothing throws or rejects; where it cannot be, there is no end to tell of. */
export interface DirectConnection {
  /** Either this: what the other side is to be told. */
  offer(): Promise<DirectEnd | undefined>;
  /** The other side's word on that. */
  accept(answer: DirectEnd): void;
  /** Or this: what to tell a side that has offered. */
  answer(offer: DirectEnd): Promise<DirectEnd | undefined>;
  /** What comes is to be heard; at first it is not. */
  setAudible(isAudible: boolean): void;
  close(): void;
}

/** Begins one with a speaker, whose volume counts for it: what this person's microphone gives is sent. */
export type Connect = (speaker: string, events: DirectEvents) => DirectConnection;
