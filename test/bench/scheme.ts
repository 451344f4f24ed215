import type { InkSample } from "../../src/ink/stroke.ts";

export type Strokes = readonly (readonly InkSample[])[];

/** What stays of drawn strokes. */
export interface Kept {
  /** Bytes of the Yjs document in its two formats; undefined where there is none. */
  readonly v1: number | undefined;
  readonly v2: number | undefined;
  /** What is stored, deflated. */
  readonly stored: Uint8Array;
}

/** A way to send and keep ink. */
export interface Scheme {
  readonly name: string;
  /** What is sent while it is drawn: base64, one text for each message. */
  send(strokes: Strokes): string[];
  keep(strokes: Strokes): Kept;
  /** Reads messages as they come in; how many points there are then. */
  read(messages: readonly string[]): number;
  /**
   * Opens what was stored; whatever must stay in memory for that. `all`: and reads every point, also
   * where points are read only when they are to be painted.
   */
  open(stored: Uint8Array, all: boolean): unknown;
}
