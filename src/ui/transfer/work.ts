/*
 * Work that takes long, done in short tasks: it tells how far it is, and ends when it is cancelled or another begins.
 */
import { delay } from "../../base/delay.ts";
import type { Notices } from "../notices/notices.ts";
import { pageClock } from "../widgets/page-clock.ts";
import type { Strings } from "../words/strings.ts";

export interface Work {
  /** What is awaited between two moments of it, with how much is done where that is known; false: it is cancelled. */
  readonly turn: (done?: number) => Promise<boolean>;
  /** It is cancelled. */
  isOver(): boolean;
}

/** So long is worked in one task, in milliseconds. */
const SLICE_MS = 12;
/** What is done sooner needs no words. */
const SOON_MS = 400;

export const WORK_NOTICE = "transfer";

export function workText({ transfer, percent }: Strings, done: number): string {
  return `${transfer.title}: ${percent(done)}`;
}

/** Each call begins a work, and ends the one before. */
export function createWorks(
  notices: Pick<Notices, "show" | "reword" | "dismiss">,
  strings: Strings,
): { begin(): Work; close(): void } {
  let latest = 0;

  const tell = (percent: number): void => {
    const text = workText(strings, percent);
    const answers = [{ label: strings.transfer.cancel, run: () => void latest++ }];
    if (!notices.reword(WORK_NOTICE, text)) notices.show({ kind: WORK_NOTICE, text, answers });
  };

  return {
    begin() {
      notices.dismiss(WORK_NOTICE);
      const own = ++latest;
      const start = pageClock.now();
      let task = start;
      let told = -1;
      const isOver = (): boolean => latest !== own;
      return {
        isOver,
        async turn(done = -1) {
          if (pageClock.now() - task < SLICE_MS) return !isOver();
          // Told aloud, too.
          const percent = Math.floor(done * 10) * 10;
          if (percent > told && pageClock.now() - start > SOON_MS && !isOver()) {
            tell(percent);
            told = percent;
          }
          await delay(pageClock, 0);
          task = pageClock.now();
          return !isOver();
        },
      };
    },
    close: () => void latest++,
  };
}
