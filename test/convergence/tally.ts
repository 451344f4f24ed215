import type { RunOptions } from "./run-options.ts";
import type { RunResult } from "./random-run.ts";
import { addTraffic, NO_TRAFFIC, repairOf } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";

/** Adds up what many runs took. */
export interface Tally {
  add(options: RunOptions, result: RunResult): void;
  /** A few lines of text. */
  report(): string;
}

export function createTally(): Tally {
  const groups = new Map<string, number[]>();
  const peers = new Map<number, number>();
  const sum = { runs: 0, failed: 0, operations: 0, strokes: 0, previews: 0, messages: 0, bytes: 0 };
  let traffic = NO_TRAFFIC;

  return {
    add(options, result) {
      sum.runs++;
      if (result.failures.length > 0) sum.failed++;
      sum.operations += result.operations;
      sum.strokes += result.strokes;
      sum.previews += result.previews;
      sum.messages += result.messages;
      sum.bytes += result.bytes;
      peers.set(options.peers, (peers.get(options.peers) ?? 0) + 1);
      if (options.peers === 2) traffic = addTraffic(traffic, result.traffic);
      if (result.convergedMs === undefined) return;
      const name = `${options.peers === 2 ? "2 people" : "more"}, ${
        options.faultsGoOn ? `faults go on (loss ${options.network.loss})` : "faults stop"
      }`;
      groups.set(name, [...(groups.get(name) ?? []), result.convergedMs]);
    },
    report: () =>
      [
        `${sum.runs} runs (${sum.failed} failed), ${sum.operations} operations, ${sum.strokes} strokes, ${sum.previews} previews seen, ${sum.messages} messages, ${sum.bytes} bytes`,
        `runs by number of people: ${[...peers]
          .sort(([a], [b]) => a - b)
          .map(([count, runs]) => `${count}: ${runs}`)
          .join(", ")}`,
        ...[...groups]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, times]) => `time to converge, ${name}: ${describeTimes(times)}`),
        `traffic of 2 people: ${describeTraffic(traffic)}`,
      ].join("\n"),
  };
}

/** How much of it repairs, and in what way. */
export function describeTraffic(traffic: Traffic): string {
  const times = (part: number): string => (part / traffic.live).toFixed(2);
  const { repeated, asked, answered, other } = traffic;
  return `repair ${times(repairOf(traffic))} times the live traffic (repeated ${times(repeated)}, asked ${times(asked)}, answered ${times(answered)}), other ${times(other)} times`;
}

/** `times` in milliseconds. */
export function describeTimes(times: readonly number[]): string {
  const seconds = (p: number): string => (percentile(times, p) / 1000).toFixed(2);
  return `median ${seconds(0.5)} s, 99th percentile ${seconds(0.99)} s, longest ${seconds(1)} s (${times.length} runs)`;
}

/** The smallest of `values` that a share `p` of them does not exceed. NaN where there are none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}
