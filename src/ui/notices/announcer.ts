/** Says aloud what happens, for people who do not see it. Of several things at once only the latest is said. */
export interface Announcer {
  /** `text` is asked for when its time has come; undefined: there is nothing to say after all. */
  say(text: () => string | undefined): void;
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
  let next: (() => string | undefined) | undefined;
  let cancel: (() => void) | undefined;

  const speakNext = (): void => {
    cancel = undefined;
    const text = next?.();
    next = undefined;
    if (text === undefined) return;
    last = now();
    speak(text);
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
