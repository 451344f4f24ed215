/** How much of random runs: the seed of the first one, how many at the most, and until when. */
export interface RunLimits {
  readonly seed: number;
  readonly runs: number;
  /** As `Date.now` counts. */
  readonly endsAt: number;
}

/** For `parseArgs`: what a person may say of it. */
export const RUN_OPTIONS = {
  seed: { type: "string", default: "1" },
  minutes: { type: "string" },
  runs: { type: "string" },
} as const;

/** Where neither the minutes nor the number of runs is said, it takes a minute. */
export function runLimits(said: {
  readonly seed: string;
  readonly minutes?: string | undefined;
  readonly runs?: string | undefined;
}): RunLimits {
  const runs = said.runs === undefined ? Infinity : Number(said.runs);
  const minutes = said.minutes === undefined ? (runs === Infinity ? 1 : Infinity) : Number(said.minutes);
  return { seed: Number(said.seed), runs, endsAt: Date.now() + minutes * 60_000 };
}
