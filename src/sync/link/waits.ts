/*
 * How long to wait before asking, and before asking again, learned from what came: a network that keeps the order
 * of messages shows at once that one is lost, another one brings it a little later; and an answer is worth waiting
 * for as long as answers take. Rules: PROTOCOL.md, S4.
 */

export interface Waits {
  /** So long what is lacking may only be late, in milliseconds. */
  late(): number;
  /** So long an answer may be on its way. */
  answer(): number;
  /** What was lacking came unasked, so long after that was noticed. */
  wasLate(ms: number): void;
  /** It has to be asked for. */
  wasLost(): void;
  /** It came so long after it was asked for first; `isSure`: and it was asked for once only. */
  answered(ms: number, isSure: boolean): void;
}

const FIRST_LATE_MS = 80;
const LEAST_LATE_MS = 20;
const MOST_LATE_MS = 400;
/** For each that was lost indeed the wait becomes so much shorter. */
const LATE_DECAY = 0.9;

const FIRST_ANSWER_MS = 800;
const LEAST_ANSWER_MS = 250;
const MOST_ANSWER_MS = 4000;
/** As in TCP (RFC 6298): what answers take on an average, and four times what they differ from that. */
const [MEAN_SHARE, DEVIATION_SHARE, DEVIATIONS] = [1 / 8, 1 / 4, 4];
/** After so many in a row of which it is not known what they answer, these count as well: all may have become slow. */
const MANY_UNSURE = 8;

export function createWaits(): Waits {
  let late = FIRST_LATE_MS;
  let mean: number | undefined;
  let deviation = 0;
  let unsure = 0;

  return {
    late: () => late,
    answer() {
      if (mean === undefined) return FIRST_ANSWER_MS;
      return Math.min(MOST_ANSWER_MS, Math.max(LEAST_ANSWER_MS, mean + DEVIATIONS * deviation));
    },
    wasLate(ms) {
      late = Math.min(MOST_LATE_MS, Math.max(late, 2 * ms));
    },
    wasLost() {
      late = Math.max(LEAST_LATE_MS, late * LATE_DECAY);
    },
    answered(ms, isSure) {
      if (isSure) unsure = 0;
      else if (++unsure < MANY_UNSURE) return;
      if (mean === undefined) [mean, deviation] = [ms, ms / 4];
      else {
        deviation += (Math.abs(ms - mean) - deviation) * DEVIATION_SHARE;
        mean += (ms - mean) * MEAN_SHARE;
      }
    },
  };
}
