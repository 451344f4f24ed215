import type { Clock } from "../env/clock.ts";

/** How much rubbish came from a contact. */
export interface Trust {
  /** Counts one more thing that no honest app sends; true where the contact is muted from now on. */
  offend(): boolean;
  isMuted(): boolean;
}

/** A broken channel may damage a message now and then; this many within the window is no accident. */
const MAX_OFFENCES = 20;
const WINDOW_MS = 30_000;

/** Who is muted stays so for the life of this page: listening again would only show the notice again. */
export function createTrust(clock: Clock): Trust {
  let offences: number[] = [];
  let muted = false;
  return {
    offend() {
      if (muted) return false;
      const now = clock.now();
      offences = [...offences.filter((at) => at > now - WINDOW_MS), now];
      muted = offences.length > MAX_OFFENCES;
      return muted;
    },
    isMuted: () => muted,
  };
}
