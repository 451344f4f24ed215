import { LIMITS } from "../../board/document/limits.ts";
import type { Clock } from "../../env/clock.ts";

/** How much rubbish came from a contact. */
export interface Trust {
  /**
   * Counts one more thing that no app of this version sends; true where the contact is muted from now
   * on. `isNewer`: its app may mean something by it, so it takes more of them.
   */
  offend(isNewer: boolean): boolean;
  isMuted(): boolean;
}

/** A broken channel may damage a message now and then; this many within the window is no accident. */
const MAX_OFFENCES = LIMITS.offences.takes;
/** A newer app sends one with each of its updates, which are under nine a second. */
const MAX_OFFENCES_OF_NEWER = 300;
const WINDOW_MS = 30_000;

/** Who is muted stays so for the life of this page: listening again would only show the notice again. */
export function createTrust(clock: Clock): Trust {
  let offences: number[] = [];
  let muted = false;
  return {
    offend(isNewer) {
      if (muted) return false;
      const now = clock.now();
      offences = [...offences.filter((at) => at > now - WINDOW_MS), now];
      muted = offences.length > (isNewer ? MAX_OFFENCES_OF_NEWER : MAX_OFFENCES);
      return muted;
    },
    isMuted: () => muted,
  };
}
