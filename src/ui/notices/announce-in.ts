import type { Announcer } from "./announcer.ts";
import { createAnnouncer } from "./announcer.ts";

/** `region`: a live region; what is put there is read aloud. */
export function announceIn(region: HTMLElement): Announcer {
  return createAnnouncer({
    speak: (text) => (region.textContent = text),
    now: () => performance.now(),
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
  });
}
