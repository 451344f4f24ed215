/** Says aloud what happens, to who does not see it: of much at once only the latest. */
export interface Announcer {
  say(text: string): void;
  close(): void;
}

/** Between two sentences: a screen reader has time to read one. */
const PAUSE_MS = 4000;

export function createAnnouncer({
  speak,
  now,
  after,
}: {
  readonly speak: (text: string) => void;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Calls back after so many milliseconds; returns how to take it back. */
  readonly after: (ms: number, task: () => void) => () => void;
}): Announcer {
  let last = -Infinity;
  let next: string | undefined;
  let cancel: (() => void) | undefined;

  const speakNext = (): void => {
    cancel = undefined;
    if (next === undefined) return;
    last = now();
    speak(next);
    next = undefined;
  };
  return {
    say(text) {
      next = text;
      cancel ??= after(Math.max(0, last + PAUSE_MS - now()), speakNext);
    },
    close() {
      cancel?.();
      next = undefined;
    },
  };
}
