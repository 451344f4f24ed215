/**
 * One thing that a person does, or that happens to a phone, at a moment of a run. A run is a list of
 * them made before it starts, so that it can be repeated, and shortened by leaving some out: none
 * depends on another, and one that makes no sense any more (drawing on a closed page) does nothing.
 */
export interface Operation {
  /** Milliseconds from the start of the run, whole. */
  readonly at: number;
  readonly who: string;
  /** A name in the table of actions. */
  readonly what: string;
  /** Where the action takes its details from. */
  readonly seed: number;
}

/** `1234 ann draw 987654`: what a failing run prints and a named seed keeps. */
export function formatOperation({ at, who, what, seed }: Operation): string {
  return `${at} ${who} ${what} ${seed}`;
}

/** Throws where the text is no operation. */
export function parseOperation(text: string): Operation {
  const [, at, who, what, seed] = /^(\d+) (\S+) (\S+) (\d+)$/.exec(text.trim()) ?? [];
  if (at === undefined) throw new Error(`not an operation: ${text}`);
  return { at: Number(at), who: who!, what: what!, seed: Number(seed) };
}
