import type { Scheme, Strokes } from "./scheme.ts";

/** What one way to send and keep ink costs. Times are medians. */
export interface Figures {
  readonly set: string;
  readonly scheme: string;
  /** Characters of base64 that are sent while it is drawn, per captured sample. */
  readonly charsPerSample: number;
  readonly messagesPerSecond: number;
  /** Bytes of the document, per captured sample. */
  readonly v1: number | undefined;
  readonly v2: number | undefined;
  /** Bytes of what is stored, per captured sample. */
  readonly deflated: number;
  /** Microseconds per captured sample, from samples to messages and from messages to points. */
  readonly encode: number;
  readonly decode: number;
  /** Milliseconds from what is stored to a board, and to one all of whose points were read. */
  readonly open: number;
  readonly openAll: number;
  /** Megabytes that an open board takes. */
  readonly heap: number;
}

const ROUNDS = 3;
/** Between strokes. */
const PAUSE_MS = 300;

/** All of `strokes` are kept and opened; the first `live` of them are sent and read. */
export function measureScheme(scheme: Scheme, set: string, strokes: Strokes, live: number): Figures {
  const sent = strokes.slice(0, live);
  const sentSamples = countOf(sent);
  const seconds = sent.reduce((sum, each) => sum + each.at(-1)!.time - each[0]!.time + PAUSE_MS, 0) / 1000;
  const sending = timed(() => scheme.send(sent));
  const messages = sending.result;
  const receiving = timed(() => scheme.read(messages));
  if (receiving.result === 0) throw new Error(`${scheme.name}: nothing was read`);
  const chars = messages.reduce((sum, { length }) => sum + length, 0);

  const samples = countOf(strokes);
  const { v1, v2, stored } = scheme.keep(strokes);
  scheme.open(stored, true);
  const opening = timed(() => scheme.open(stored, false));
  const before = heapBytes();
  const reading = timed(() => scheme.open(stored, true));
  const heap = heapBytes() - before;
  // Until here it is in use.
  if (reading.result === undefined) throw new Error(`${scheme.name}: nothing was opened`);
  return {
    set,
    scheme: scheme.name,
    charsPerSample: chars / sentSamples,
    messagesPerSecond: messages.length / seconds,
    v1: v1 && v1 / samples,
    v2: v2 && v2 / samples,
    deflated: stored.length / samples,
    encode: (sending.ms * 1000) / sentSamples,
    decode: (receiving.ms * 1000) / sentSamples,
    open: opening.ms,
    openAll: reading.ms,
    heap: heap / 2 ** 20,
  };
}

function countOf(strokes: Strokes): number {
  return strokes.reduce((sum, { length }) => sum + length, 0);
}

/** The last result, and the median time of some rounds. */
function timed<T>(run: () => T): { result: T; ms: number } {
  const times: number[] = [];
  let result: T;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    result = run();
    times.push(performance.now() - from);
  }
  return { result: result!, ms: times.sort((a, b) => a - b)[ROUNDS >> 1]! };
}

function heapBytes(): number {
  if (!globalThis.gc) throw new Error("Run with node --expose-gc.");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
